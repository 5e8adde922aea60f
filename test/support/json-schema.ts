import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

/** Returns a test whether a schema of media/ accepts a value, as editors check it. */
export function schemaOf(name: string): (value: unknown) => boolean {
  const text = readFileSync(new URL(`../../media/${name}`, import.meta.url), 'utf8');
  const schema: unknown = JSON.parse(text);
  if (typeof schema !== 'object' || schema === null) {
    throw new Error(`${name} is no schema.`);
  }
  const validate = new Ajv({ allErrors: true }).compile(schema);
  return (value) => validate(value) === true;
}

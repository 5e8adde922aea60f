import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const ROOT = new URL('../../', import.meta.url);

/** Key → English text of package.nls.json. */
export const MANIFEST_TEXTS = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(new URL('package.nls.json', ROOT), 'utf8')));

/** package.json as VS Code reads it: with the English text in place of every `%key%`. Throws if a text is missing. */
export function readManifest(): unknown {
  return JSON.parse(
    readFileSync(new URL('package.json', ROOT), 'utf8'),
    (_name, value: unknown) => {
      const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
      if (key === undefined) {
        return value;
      }
      const text = MANIFEST_TEXTS[key];
      if (text === undefined) {
        throw new Error(`package.nls.json lacks "${key}".`);
      }
      return text;
    },
  );
}

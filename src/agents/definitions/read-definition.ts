import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { failure, type Result, success } from '../../shared/result.ts';
import type { DefinitionPlace } from './places.ts';

/** A subagent as its own file describes it. */
export interface Definition {
  readonly name: string;
  readonly description: string | null;
  /** One of Claude's models; `null`: none is named, or it is another program's. */
  readonly model: string | null;
  readonly instructions: string;
}

/** What is wrong with a definition; `line` is 1-based. */
export interface DefinitionProblem {
  readonly line: number;
  readonly message: string;
}

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;
/** A name stands in plans and goes into file names of nobody; it has to be one line that a person can type. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,79}$/u;
/** What may follow `--model`: nothing that could be read as another option. */
const MODEL = /^[A-Za-z0-9][\w.:@/[\]-]*$/;
/** UTF-16 units of instructions that go into a prompt. */
const MOST_INSTRUCTIONS = 60_000;

const text = z.nullish(z.string());
const schema = z.object({
  name: text,
  description: text,
  /** VS Code takes a list of models, the first that is there. */
  model: z.nullish(z.union([z.string(), z.array(z.string())])),
  mode: z.nullish(z.string()),
  kind: z.nullish(z.string()),
  disable: z.nullish(z.boolean()),
  disabled: z.nullish(z.boolean()),
});
type FrontMatter = z.infer<typeof schema>;

/**
 * Reads the text of a definition; `file` is the file's own name. The value is `null` where it defines nothing that could
 * be given a task: it is switched off, or it stands for a program elsewhere.
 */
export function readDefinition(
  content: string,
  file: string,
  place: Pick<DefinitionPlace, 'named' | 'model' | 'suffix'>,
): Result<Definition | null, DefinitionProblem> {
  const found = FRONT_MATTER.exec(content);
  if (found === null) {
    return wrong(1, 'It has no front matter between two lines of ---.');
  }
  const [whole, yaml = ''] = found;
  const read = readYaml(yaml);
  if (!read.ok) {
    return read;
  }
  const { name, description, model, disable, disabled, kind } = read.value;
  if (disable === true || disabled === true || kind === 'remote') {
    return success(null);
  }
  const called = place.named === 'file' ? file.slice(0, -place.suffix.length) : (name ?? '');
  if (!NAME.test(called)) {
    const line = lineOf('name', yaml);
    return place.named === 'file'
      ? wrong(1, 'Its file has a name that no task can use.')
      : wrong(line, name ? 'Its name is not one that a task can use.' : 'It has no name.');
  }
  const wanted = place.model && typeof model === 'string' && model !== 'inherit' ? model : null;
  if (wanted !== null && !MODEL.test(wanted)) {
    return wrong(
      lineOf('model', yaml),
      `Its model ${JSON.stringify(wanted)} is not a model's name.`,
    );
  }
  const instructions = content.slice(whole.length).trim().slice(0, MOST_INSTRUCTIONS);
  return success({ name: called, description: description ?? null, model: wanted, instructions });
}

function readYaml(yaml: string): Result<FrontMatter, DefinitionProblem> {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    return wrong(
      counter.linePos(broken.pos[0]).line + 1,
      `Its front matter is not YAML: ${broken.message}.`,
    );
  }
  // Aliases could make a small file a large one.
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 10 }) ?? {});
  if (parsed.success) {
    return success(parsed.data);
  }
  const key = String(parsed.error.issues[0]?.path[0] ?? '');
  return wrong(
    lineOf(key, yaml),
    `Its ${key === '' ? 'front matter' : key} has another form than expected.`,
  );
}

/** The line of a key of the front matter in the file; the first one where it is not there. */
function lineOf(key: string, yaml: string): number {
  const at = yaml.split('\n').findIndex((line) => line.startsWith(`${key}:`));
  return at === -1 ? 1 : at + 2;
}

function wrong(line: number, message: string): Result<never, DefinitionProblem> {
  return failure({ line, message });
}

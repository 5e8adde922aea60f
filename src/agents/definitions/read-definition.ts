import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { t } from '../../shared/messages.ts';
import { type Result, success } from '../../shared/result.ts';
import { isModelName } from './definition.ts';
import { checked, type Definition, type DefinitionProblem, wrong } from './definition.ts';
import type { DefinitionPlace } from './places.ts';
import { copilotTools, leftOn, restriction, splitTools } from './tool-lists.ts';

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

const text = z.nullish(z.string());
const schema = z.object({
  name: text,
  description: text,
  /** VS Code takes a list of models, the first that is there. */
  model: z.nullish(z.union([z.string(), z.array(z.string())])),
  /** OpenCode switches each on or off; the others name those that may be used. */
  tools: z.nullish(z.union([z.string(), z.array(z.string()), z.record(z.string(), z.boolean())])),
  permission: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
  kind: text,
  disable: z.nullish(z.boolean()),
  disabled: z.nullish(z.boolean()),
});
type FrontMatter = z.infer<typeof schema>;
type Place = Pick<DefinitionPlace, 'named' | 'program' | 'suffix'>;

/**
 * Reads the text of a Markdown definition; `file` is the file's own name. The value is `null` where it defines nothing that
 * could be given a task: it is switched off, or it stands for a program elsewhere.
 */
export function readDefinition(
  content: string,
  file: string,
  place: Place,
): Result<Definition | null, DefinitionProblem> {
  const found = FRONT_MATTER.exec(content);
  if (found === null) {
    return wrong(1, t('It has no front matter between two lines of ---.'));
  }
  const [whole, yaml = ''] = found;
  const read = readYaml(yaml);
  if (!read.ok) {
    return read;
  }
  const { name, description, disable, disabled, kind } = read.value;
  if (disable === true || disabled === true || kind === 'remote') {
    return success(null);
  }
  const fromFile = place.named === 'file';
  return checked({
    name: fromFile ? file.slice(0, -place.suffix.length) : (name ?? ''),
    description: description ?? null,
    model: modelOf(read.value, place),
    tools: toolsOf(read.value, place),
    instructions: content.slice(whole.length).trim(),
    lines: {
      name: fromFile ? 1 : lineOf('name', yaml),
      model: lineOf('model', yaml),
      tools: lineOf('tools', yaml),
    },
  });
}

/** VS Code names models as it shows them, `GPT-5 (copilot)`, which no command line takes: then none is named. */
function modelOf({ model }: FrontMatter, { program }: Place): string | null {
  const named = [model ?? []].flat();
  const [first = null] = program === 'copilot' ? named.filter(isModelName) : named;
  return first === 'inherit' ? null : first;
}

function toolsOf({ tools, permission }: FrontMatter, { program }: Place): readonly string[] | null {
  if (program === 'opencode') {
    const rules = typeof permission === 'object' && permission !== null ? permission : {};
    const isSwitched = typeof tools === 'object' && tools !== null && !Array.isArray(tools);
    return leftOn(isSwitched ? tools : {}, rules);
  }
  const named = typeof tools === 'string' ? splitTools(tools) : Array.isArray(tools) ? tools : null;
  const wanted = restriction(named?.map((tool) => tool.trim()) ?? null);
  return wanted !== null && program === 'copilot' ? copilotTools(wanted) : wanted;
}

function readYaml(yaml: string): Result<FrontMatter, DefinitionProblem> {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    return wrong(
      counter.linePos(broken.pos[0]).line + 1,
      t('Its front matter is not YAML: {0}.', broken.message),
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
    t('Its {0} has another form than expected.', key === '' ? 'front matter' : key),
  );
}

/** The line of a key of the front matter in the file; the first one where it is not there. */
function lineOf(key: string, yaml: string): number {
  const at = yaml.split('\n').findIndex((line) => line.startsWith(`${key}:`));
  return at === -1 ? 1 : at + 2;
}

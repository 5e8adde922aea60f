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
  /** VS Code accepts a list of models and uses the first one that exists. */
  model: z.nullish(z.union([z.string(), z.array(z.string())])),
  /** OpenCode switches each tool on or off; the other programs list the allowed tools. */
  tools: z.nullish(z.union([z.string(), z.array(z.string()), z.record(z.string(), z.boolean())])),
  permission: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
  kind: text,
  disable: z.nullish(z.boolean()),
  disabled: z.nullish(z.boolean()),
});
type FrontMatter = z.infer<typeof schema>;
type Place = Pick<DefinitionPlace, 'named' | 'program' | 'suffix'>;

/**
 * Reads the text of a Markdown definition; `file` is the file's name. The value is `null` if the definition cannot get tasks:
 * it is disabled, or it stands for a remote program.
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

/** VS Code writes display names such as `GPT-5 (copilot)`, which no command line accepts, so they are ignored. */
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
  // Aliases could expand a small file into a large value.
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

/** The line of a front matter key in the file; line 1 for a missing key. */
function lineOf(key: string, yaml: string): number {
  const at = yaml.split('\n').findIndex((line) => line.startsWith(`${key}:`));
  return at === -1 ? 1 : at + 2;
}

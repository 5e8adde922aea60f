import { parse, TomlError } from 'smol-toml';
import * as z from 'zod/mini';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { checked, type Definition, type DefinitionProblem, wrong } from './definition.ts';

const text = z.optional(z.string());
const roleSchema = z.object({
  name: text,
  description: text,
  developer_instructions: text,
  model: text,
  sandbox_mode: text,
});
const configSchema = z.object({
  agents: z.optional(
    // The table also has settings for all roles: `max_threads = 4`.
    z.record(z.string(), z.unknown()),
  ),
});
const declaredSchema = z.object({ config_file: z.string() });

/**
 * Reads a role of Codex: a TOML file that is a layer of its configuration. `declared`: the role's name in `config.toml`, for a
 * file without a name.
 *
 * Codex does not restrict tools by name but by the role's sandbox. The sandbox `read-only` becomes the role's only tool.
 */
export function readCodexRole(
  content: string,
  declared: string | null,
): Result<Definition, DefinitionProblem> {
  const read = readToml(content, roleSchema);
  if (!read.ok) {
    return read;
  }
  const { name, description, developer_instructions, model, sandbox_mode } = read.value;
  const instructions = developer_instructions?.trim() ?? '';
  if (instructions === '') {
    return wrong(lineOf('developer_instructions', content), t('It has no developer_instructions.'));
  }
  const own = name?.trim() ?? '';
  return checked({
    name: own === '' ? (declared ?? '') : own,
    description: description ?? null,
    model: model ?? null,
    tools: sandbox_mode === 'read-only' ? ['read-only'] : null,
    instructions,
    lines: {
      name: lineOf('name', content),
      model: lineOf('model', content),
      tools: lineOf('sandbox_mode', content),
    },
  });
}

/** A role of Codex's `config.toml`, with the path of its file as written there. */
export interface DeclaredRole {
  readonly name: string;
  readonly file: string;
}

/** The roles of `[agents.<name>]` in `config.toml` that have their own file. */
export function readCodexConfig(
  content: string,
): Result<readonly DeclaredRole[], DefinitionProblem> {
  const read = readToml(content, configSchema);
  return read.ok
    ? success(
        Object.entries(read.value.agents ?? {}).flatMap(([name, role]) => {
          const declared = declaredSchema.safeParse(role);
          return declared.success ? [{ name, file: declared.data.config_file }] : [];
        }),
      )
    : read;
}

function readToml<T>(content: string, schema: z.ZodMiniType<T>): Result<T, DefinitionProblem> {
  let table: unknown;
  try {
    table = parse(content);
  } catch (error) {
    if (!(error instanceof TomlError)) {
      throw error;
    }
    const [said = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return failure({ line: error.line, message: t('It is not TOML: {0}.', said) });
  }
  const parsed = schema.safeParse(table);
  if (parsed.success) {
    return success(parsed.data);
  }
  const key = String(parsed.error.issues[0]?.path[0] ?? '');
  return wrong(lineOf(key, content), t('Its {0} has another form than expected.', key));
}

/** The line of a key of the top-level table; line 1 for a missing key. */
function lineOf(key: string, content: string): number {
  const lines = content.split('\n');
  return (
    Math.max(
      0,
      lines.findIndex((line) => line.trimStart().startsWith(key)),
    ) + 1
  );
}

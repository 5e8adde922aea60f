import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { rejected } from '../../coordinator/run/failure/rejected.ts';
import { configFileSchema } from '../../coordinator/schema/config.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import type { RejectedFailure } from '../../shared/failure.ts';
import { CONFIG_FILE } from '../../shared/manifest.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';

/** Valid agent names. A name appears in plans, on command lines and in file names. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u;

/** Adds a custom agent to `parallel-groups.json`. The rest of the file keeps the user's text and formatting. */
export async function addAgent(
  workspaceRoot: string,
  name: string,
  command: readonly string[],
): Promise<Result<void, RejectedFailure>> {
  if (!NAME.test(name) || name === 'run' || isBuiltInAgent(name)) {
    const message = t('An agent cannot be called {0}.', JSON.stringify(name));
    const remedy = t(
      'Use letters, digits, "-", "_" and ".", and no name of a built-in agent, nor run.',
    );
    return failure(rejected('TASK_VALIDATION_FAILED', message, remedy));
  }
  const read = await readConfigText(workspaceRoot);
  if (!read.ok) {
    return read;
  }
  const { text, agents } = read.value;
  if (agents.includes(name)) {
    const message = t('The agent {0} is already registered in {1}.', name, CONFIG_FILE);
    const remedy = t('Unregister it first, or give yours another name.');
    return failure(rejected('AGENT_ALREADY_REGISTERED', message, remedy));
  }
  return change(workspaceRoot, text, name, { command });
}

/** Removes a custom agent from `parallel-groups.json`. The value is whether the file contained it. */
export async function removeAgent(
  workspaceRoot: string,
  name: string,
): Promise<Result<boolean, RejectedFailure>> {
  const read = await readConfigText(workspaceRoot);
  if (!read.ok || !read.value.agents.includes(name)) {
    return read.ok ? success(false) : read;
  }
  const written = await change(workspaceRoot, read.value.text, name, undefined);
  return written.ok ? success(true) : written;
}

async function readConfigText(
  workspaceRoot: string,
): Promise<Result<{ readonly text: string; readonly agents: readonly string[] }, RejectedFailure>> {
  let text: string;
  try {
    text = await readFile(join(workspaceRoot, CONFIG_FILE), 'utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT'
      ? success({ text: '{}\n', agents: [] })
      : failure(broken(t('{0} cannot be read.', CONFIG_FILE)));
  }
  const errors: ParseError[] = [];
  const parsed = configFileSchema.safeParse(parse(text, errors, { allowTrailingComma: true }));
  return errors.length > 0 || !parsed.success
    ? failure(broken(t('{0} has a mistake, so it was not changed. Mend it first.', CONFIG_FILE)))
    : success({ text, agents: Object.keys(parsed.data.agents ?? {}) });
}

async function change(
  workspaceRoot: string,
  text: string,
  name: string,
  value: { readonly command: readonly string[] } | undefined,
): Promise<Result<void, RejectedFailure>> {
  const [, indent = '  '] = /\n([ \t]+)"/.exec(text) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(text, ['agents', name], value, { formattingOptions });
  try {
    await writeFileAtomic(join(workspaceRoot, CONFIG_FILE), applyEdits(text, edits));
    return success(undefined);
  } catch (error) {
    return failure(broken(t('{0} cannot be written: {1}.', CONFIG_FILE, String(error))));
  }
}

function broken(message: string): RejectedFailure {
  return rejected('TASK_VALIDATION_FAILED', message);
}

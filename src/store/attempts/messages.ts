import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { listDirectory } from '../directories/list-directory.ts';
import { type DirectoryWatch, watchDirectory } from '../files/watch-directory.ts';
import { attemptFiles } from './attempt-directory.ts';

/** A person's message to an agent that is working. `by`: the sender's label; `at`: ms since the epoch. */
export interface AttemptMessage {
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

/** The longest accepted message, UTF-16 units. */
export const LONGEST_MESSAGE = 100_000;
const NAME = /^\d{15}-[0-9a-f]{8}\.json$/;

/**
 * Leaves a message for the runner of the attempt in `directory`, even if it has not started yet. Returns the message's
 * file; the runner removes it after it has passed the message to the agent. The failure is a sentence.
 */
export async function sendMessage(
  directory: string,
  message: AttemptMessage,
): Promise<Result<string, string>> {
  if (message.text.length > LONGEST_MESSAGE) {
    return failure(t('The message is too long. Put the text into a file, and name the file.'));
  }
  const { messages } = attemptFiles(directory);
  const name = `${String(message.at).padStart(15, '0')}-${randomBytes(4).toString('hex')}.json`;
  const path = join(messages, name);
  try {
    mkdirSync(messages, { recursive: true });
    await writeFileAtomic(path, `${JSON.stringify({ v: 1, ...message })}\n`);
    return success(path);
  } catch (error) {
    return failure(t('The message could not be left in {0}: {1}', messages, String(error)));
  }
}

/**
 * Delivers the messages for the attempt in `directory`, oldest first and each once, including those left before this
 * call. Only the attempt's runner calls it: delivered messages are removed. If the directory cannot be created, nothing is
 * delivered.
 */
export function followMessages(
  directory: string,
  listener: (message: AttemptMessage) => void,
): DirectoryWatch {
  const { messages } = attemptFiles(directory);
  try {
    mkdirSync(messages, { recursive: true });
  } catch {
    // The agent can work without messages.
  }
  const seen = new Set<string>();
  let disposed = false;
  const watch = watchDirectory(messages, async () => {
    const names = (await listDirectory(messages)).filter((each) => NAME.test(each)).sort();
    for (const name of names) {
      if (disposed || seen.has(name)) {
        continue;
      }
      seen.add(name);
      const message = readMessage(join(messages, name));
      if (message !== null) {
        listener(message);
      }
      remove(join(messages, name));
    }
  });
  return {
    refresh: () => watch.refresh(),
    dispose: () => {
      disposed = true;
      watch.dispose();
    },
  };
}

/** Synchronous: the agent may finish, and the runner exit, before an awaited removal completes. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // `seen` still prevents a second delivery.
  }
}

/** Validates by hand: loading the schemas takes a fifth of a runner's start. */
function readMessage(path: string): AttemptMessage | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isMessage(value) ? value : null;
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is AttemptMessage {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const isWords =
    'text' in value &&
    typeof value.text === 'string' &&
    value.text.trim() !== '' &&
    value.text.length <= LONGEST_MESSAGE;
  const isSigned = 'by' in value && typeof value.by === 'string';
  return isWords && isSigned && 'at' in value && typeof value.at === 'number';
}

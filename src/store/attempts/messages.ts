import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { listDirectory } from '../directories/list-directory.ts';
import { type DirectoryWatch, watchDirectory } from '../files/watch-directory.ts';
import { attemptFiles } from './attempt-directory.ts';

/** What a person has to say to an agent while it works. `by`: who, as a person knows it; `at`: ms since the epoch. */
export interface AttemptMessage {
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

/** The longest message that is passed on, UTF-16 units. */
export const LONGEST_MESSAGE = 100_000;
const NAME = /^\d{15}-[0-9a-f]{8}\.json$/;

/**
 * Leaves a message for the runner of the attempt in `directory`; it need not have started yet. Gives the message's file,
 * which the runner removes once the agent was told. The failure is a sentence.
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
 * Delivers what is left for the attempt in `directory`, oldest first and each once, also what was left before this call.
 * For its runner alone: what was delivered is removed. Where the directory cannot be made, nothing ever comes.
 */
export function followMessages(
  directory: string,
  listener: (message: AttemptMessage) => void,
): DirectoryWatch {
  const { messages } = attemptFiles(directory);
  try {
    mkdirSync(messages, { recursive: true });
  } catch {
    // The agent does its work all the same.
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
    poke: () => watch.poke(),
    dispose: () => {
      disposed = true;
      watch.dispose();
    },
  };
}

/** At once: the agent may be done with the message, and the runner gone, before anything that is awaited. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is told once all the same: its name is remembered.
  }
}

/** Written out: loading schemas would take a runner a fifth of its start. */
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

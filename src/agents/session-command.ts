import type { AdapterId } from '../coordinator/schema/attempt.ts';

/** A program's own user interface that takes up a session; the program comes first. */
export type SessionCommand = readonly [program: string, ...args: string[]];

/** Ids come from what programs print: nothing that could be read as an option, or as more than one word. */
const ID = /^[A-Za-z0-9][\w.-]{0,199}$/;

/**
 * How a program opens a session of its own for a person; `null`: it has none, or the id is no id. Its name where it is
 * looked for in `PATH`.
 */
export function sessionCommand(adapter: AdapterId, session: string): SessionCommand | null {
  if (!ID.test(session)) {
    return null;
  }
  switch (adapter) {
    case 'claude':
      return ['claude', '--resume', session];
    case 'codex':
      return ['codex', 'resume', session];
    case 'gemini':
      return ['gemini', '-r', session];
    case 'opencode':
      return ['opencode', '-s', session];
    case 'copilot':
      return ['copilot', `--resume=${session}`];
    case 'none':
      return null;
  }
}

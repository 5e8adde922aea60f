import type { RealClient } from '../clients/real-client.ts';
import type { ModelStep } from '../script.ts';

/** A case in which a client is recorded. */
export interface RecordedCase {
  readonly name: string;
  readonly steps: readonly ModelStep[];
  /** The steps of an earlier turn in the same session; without them the session is new. */
  readonly before?: readonly ModelStep[];
  /** Arguments of this case only. */
  readonly args?: readonly string[];
  /** Whether the client gets SIGINT once the model hangs. */
  readonly interrupted?: true;
}

/** Absolute paths in the folder in which a client works, and beside it. */
export interface Places {
  readonly workspace: string;
  readonly outside: string;
}

const done: ModelStep = { do: 'text', text: 'All done.' };

/** Returns the cases of a client, in order. */
export function casesOf({ id }: RealClient, { workspace, outside }: Places): RecordedCase[] {
  const write: ModelStep = { do: 'write', file: `${workspace}/a.txt`, text: 'a\n' };
  return [
    { name: 'ok', steps: [write, done] },
    { name: 'failing-tool', steps: [{ do: 'bash', command: 'false' }, done] },
    { name: 'resume', before: [write, done], steps: [{ ...write, text: 'b\n' }, done] },
    { name: '401', steps: [{ do: 'error', status: 401 }] },
    { name: '429', steps: [{ do: 'error', status: 429 }] },
    { name: 'denied', ...deniedTo(id, outside) },
    { name: 'dropped', steps: [write, { do: 'drop' }] },
    { name: 'cancel', steps: [write, { do: 'hang' }], interrupted: true },
  ];
}

/** Returns a step that the client denies: each client guards something else. */
function deniedTo(id: RealClient['id'], outside: string): Pick<RecordedCase, 'steps' | 'args'> {
  const file = `${outside}/secret.txt`;
  switch (id) {
    case 'claude':
    case 'gemini':
      return { steps: [{ do: 'bash', command: `mkdir ${file}` }, done] };
    case 'codex':
      return { steps: [{ do: 'bash', command: 'touch .git/secret.txt' }, done] };
    case 'opencode':
      return { steps: [{ do: 'write', file, text: 'a\n' }, done] };
    case 'copilot':
      // Otherwise it may write everything below the system's temporary folder.
      return { args: ['--disallow-temp-dir'], steps: [{ do: 'write', file, text: 'a\n' }, done] };
  }
}

import type { RealClient } from '../clients/real-client.ts';
import type { ModelStep } from '../script.ts';

/** Something that a client is recorded at. */
export interface RecordedCase {
  readonly name: string;
  readonly steps: readonly ModelStep[];
  /** What its session was told before; without it the session is new. */
  readonly before?: readonly ModelStep[];
  /** Arguments of this case alone. */
  readonly args?: readonly string[];
  /** Whether it is sent an INT once the model hangs. */
  readonly interrupted?: true;
}

/** Absolute paths in the folder that a client works in, and beside it. */
export interface Places {
  readonly workspace: string;
  readonly outside: string;
}

const done: ModelStep = { do: 'text', text: 'All done.' };

/** What a client is recorded at, in order. */
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

/** Each client guards something else. */
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
      // Else everything below the system's temporary folder is its own.
      return { args: ['--disallow-temp-dir'], steps: [{ do: 'write', file, text: 'a\n' }, done] };
  }
}

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
    { name: 'denied', ...DENIED[id](`${outside}/secret.txt`) },
    { name: 'dropped', steps: [write, { do: 'drop' }] },
    { name: 'cancel', steps: [write, { do: 'hang' }], interrupted: true },
  ];
}

type DeniedCase = Pick<RecordedCase, 'steps' | 'args'>;

const command = (text: string): DeniedCase => ({ steps: [{ do: 'bash', command: text }, done] });
const writing = (file: string): DeniedCase => ({
  steps: [{ do: 'write', file, text: 'a\n' }, done],
});

/**
 * What each client denies; `outside`: a file beside the workspace. Each guards something else. The compiler reports a
 * missing client.
 */
const DENIED: Readonly<Record<RealClient['id'], (outside: string) => DeniedCase>> = {
  claude: (outside) => command(`mkdir ${outside}`),
  codex: () => command('touch .git/secret.txt'),
  gemini: (outside) => command(`mkdir ${outside}`),
  opencode: (outside) => writing(outside),
  // Otherwise it may write everything below the system's temporary folder.
  copilot: (outside) => ({ args: ['--disallow-temp-dir'], ...writing(outside) }),
};

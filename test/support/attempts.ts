import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AttemptSpec, attemptSpecSchema } from '../../src/coordinator/schema/attempt.ts';
import { FORMAT } from '../../src/coordinator/schema/format.ts';
import { asRunId } from '../../src/shared/ids.ts';

/** The scriptable agent; the comment at its top explains its steps. */
export const FAKE_AGENT = fileURLToPath(new URL('fake-agent/fake-agent.mjs', import.meta.url));

/**
 * The run id of the attempts in this process's tests. Tests use it to find the processes that they end, so two test
 * files that run in parallel must not share it.
 */
export const RUN_ID = asRunId(`20260101T000000Z-${randomBytes(3).toString('hex')}`);

/** Returns a specification that runs `node -e 0` in `directory`, with the changes of a test. */
export function attemptSpec(directory: string, changes: Partial<AttemptSpec> = {}): AttemptSpec {
  return attemptSpecSchema.parse({
    v: FORMAT,
    run: RUN_ID,
    group: 'tasks.md#auth',
    job: 'task',
    task: 'tasks.md#T1',
    taskId: 'T1',
    title: 'Create the model',
    subagent: 'backend-architect',
    agent: 'claude',
    attempt: 1,
    maxAttempts: 3,
    epoch: 1,
    lockDirectory: join(directory, 'lock'),
    command: { kind: 'argv', argv: [process.execPath, '-e', '0'] },
    cwd: directory,
    env: {},
    adapter: 'none',
    stdin: 'closed',
    limits: { timeoutMs: 60_000, graceMs: 2000, maxLogBytes: 1_000_000 },
    ...changes,
  });
}

import assert from 'node:assert/strict';
import { useExtension } from '../../support/integration/extension.ts';
import { fakeAgent, script } from '../../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../../support/integration/runs.ts';
import { read, writeConfig } from '../../support/integration/workspace.ts';

const FILE = 'breaker.tasks.md';

describe('an agent that keeps failing', () => {
  const extension = useExtension();
  const open = (name: string, tasks: Readonly<Record<string, string>>): Promise<TestGroup> => {
    const items = Object.entries(tasks).map(
      ([title, line]) => `- [ ] ${title} [P:Group-${name}]\n  ${line}\n`,
    );
    return openGroup(extension.windowModel, FILE, name, items.join(''));
  };
  const configure = (cooldownSeconds: number): Promise<void> =>
    writeConfig({
      agent: 'shaky',
      agents: { shaky: { command: fakeAgent(), maxRetries: 1 } },
      breaker: { failures: 3, cooldownSeconds },
      retryDelayMs: 10,
      maxConcurrent: 1,
    });

  it('is left alone for a while, tried once, and used again when it works', async () => {
    await configure(4);
    const group = await open('recovers', {
      'T1 Crash twice': script('exit=7'),
      'T2 Crash once [Files: scratch/two.js]': script(
        'attempt=1:exit=7',
        'edit-silently=scratch/two.js',
      ),
      'T3 Work [Files: scratch/three.js]': script('edit-silently=scratch/three.js'),
    });
    await group.start();
    const waiting = await group.untilTask('T3', 'to wait for the breaker', ({ why }) =>
      Boolean(why?.includes('shaky')),
    );
    assert.equal(waiting.attempts, 0);
    const view = await group.ended();
    assert.equal(view.run?.exitCode, 1);
    const { results } = await group.metadata();
    assert.deepEqual(
      results.map(({ task_id, status, attempts }) => [task_id, status, attempts]),
      [
        ['T1', 'failed', 2],
        ['T2', 'completed', 2],
        ['T3', 'completed', 1],
      ],
    );
    const plan = await read(FILE);
    assert.deepEqual(plan.match(/- \[x\] T\d/g), ['- [x] T2', '- [x] T3']);
  });

  it('is given up for the rest of the run when it fails its trial too', async () => {
    await configure(0.5);
    const group = await open('stays', {
      'T1 Crash twice': script('exit=7'),
      'T2 Crash twice as well': script('exit=7'),
      'T3 Never start': script('edit-silently=scratch/never.js'),
    });
    await group.runToEnd();
    const never = group.task('T3');
    assert.equal(never.attempts, 0);
    const { failure } = never;
    assert.equal(failure?.reason === 'rejected' ? failure.code : null, 'NO_AVAILABLE_AGENT');
    assert.match(failure?.message ?? '', /shaky/);
  });
});

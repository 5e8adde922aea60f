import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runnerEventSchema } from '../../../src/coordinator/schema/attempt.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { fakeAgent, run, script } from '../../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../../support/integration/runs.ts';
import { read, write, writeConfig, writePlan } from '../../support/integration/workspace.ts';

const FILE = 'order.tasks.md';

describe('the order of a group’s tasks', () => {
  const extension = useExtension();
  const open = (name: string, text: string): Promise<TestGroup> =>
    openGroup(extension.windowModel, FILE, name, text);

  it('starts a task once its dependencies are done, and blocks those of a failed one', async () => {
    const group = await open(
      'waves',
      `- [ ] T1 [P:Group-waves] Dig
  ${run('print=dug')}
- [ ] T2 [P:Group-waves] Pour (depends on T1, T3)
  ${run('print=poured')}
- [ ] T3 [P:Group-waves] Mix
  ${run('print=mixed')}
- [ ] T4 [P:Group-waves] Break
  ${run('exit=4')}
- [ ] T5 [P:Group-waves] Polish (depends on T4)
  ${run('print=polished')}
- [ ] T6 [P:Group-waves] Sell (depends on T2, T5)
  ${run('print=sold')}
`,
    );
    assert.deepEqual(
      group.view().waves.map((wave) => wave.map((key) => key.replace(/.*#/, ''))),
      [['T1', 'T3', 'T4'], ['T2', 'T5'], ['T6']],
    );
    const view = await group.runToEnd();
    assert.equal(view.run?.exitCode, 1);
    const { results } = await group.metadata();
    assert.deepEqual(
      results.map(({ task_id, status, attempts, blocked_by }) => [
        task_id,
        status,
        attempts,
        blocked_by,
      ]),
      [
        ['T1', 'completed', 1, []],
        ['T2', 'completed', 1, []],
        ['T3', 'completed', 1, []],
        ['T4', 'failed', 1, []],
        ['T5', 'blocked', 0, ['T4']],
        ['T6', 'blocked', 0, ['T5']],
      ],
    );
    const [dig, pour, mix] = results;
    const started = Date.parse(pour?.started_at ?? '');
    assert.ok(started >= Date.parse(dig?.completed_at ?? ''));
    assert.ok(started >= Date.parse(mix?.completed_at ?? ''));
  });

  it('never runs more at once than the limit says, whoever they are', async () => {
    await writeConfig({
      maxConcurrent: 2,
      agent: 'scripted',
      agents: { scripted: { command: fakeAgent() } },
    });
    const work = (n: number): string =>
      n % 2 === 0
        ? script('wait-file=scratch/go', `edit-silently=scratch/${n}.js`)
        : run('wait-file=scratch/go');
    const tasks = [1, 2, 3, 4, 5].map(
      (n) => `- [ ] T${n} [P:Group-limit] Step ${n} [Files: scratch/${n}.js]\n  ${work(n)}\n`,
    );
    const group = await open('limit', tasks.join(''));
    await group.start();
    const busy = await group.until('two to run', ({ counts }) => counts.running === 2);
    // Which two: those that took longest in earlier runs of the workspace.
    assert.deepEqual(busy.tasks.map(({ appearance }) => appearance).sort(), [
      ...['queued', 'queued', 'queued'],
      ...['running', 'running'],
    ]);
    await write('scratch/go', '');
    const view = await group.ended();
    assert.equal(view.counts.completed, 5);
    const spans = await Promise.all(view.tasks.map(({ attemptDir }) => lifeOf(attemptDir ?? '')));
    assert.equal(mostAtOnce(spans), 2);
  });

  it('frees a task as soon as what it waits for elsewhere is done', async () => {
    const elsewhere = '- [ ] T9 Order the bricks\n';
    await writePlan('elsewhere.tasks.md', elsewhere);
    const group = await open(
      'freed',
      `- [ ] T1 [P:Group-freed] Wait
  ${run('wait-file=scratch/go')}
- [ ] T2 [P:Group-freed] Lay bricks (depends on elsewhere.tasks.md#T9)
  ${run('print=laid')}
`,
    );
    await group.start();
    await group.untilTask('T1', 'to run', ({ runnerPid }) => runnerPid !== null);
    assert.equal(group.task('T2').detail, 'blocked by elsewhere.tasks.md#T9 (pending)');
    await write('elsewhere.tasks.md', elsewhere.replace('[ ]', '[x]'));
    await group.untilTask('T2', 'to be proven', ({ status }) => status === 'completed');
    assert.equal(group.run().state, 'running');
    await write('scratch/go', '');
    const view = await group.ended();
    assert.equal(view.run?.exitCode, 0);
    assert.equal((await read(FILE)).match(/- \[x\]/g)?.length, 2);
  });

  it('leaves a task blocked that waits for something elsewhere to the end', async () => {
    await writePlan('elsewhere.tasks.md', '- [ ] T9 Order the bricks\n');
    const group = await open(
      'held',
      `- [ ] T1 [P:Group-held] Lay bricks (depends on elsewhere.tasks.md#T9)
  ${run('print=laid')}
- [ ] T2 [P:Group-held] Sweep
  ${run('print=swept')}
`,
    );
    const view = await group.runToEnd();
    assert.equal(view.run?.exitCode, 3);
    assert.equal(view.status, 'blocked');
    const { results } = await group.metadata();
    assert.deepEqual(
      results.map(({ status, attempts, blocked_by }) => [status, attempts, blocked_by]),
      [
        ['blocked', 0, ['elsewhere.tasks.md#T9']],
        ['completed', 1, []],
      ],
    );
  });

  it('runs tasks without a group one at a time, in the order of the plan', async () => {
    const tasks = [1, 2, 3].map((n) => `- [ ] T${n} Step ${n}\n  ${run(`print=${n}`)}\n`);
    const group = await open('_sequential', tasks.join(''));
    const view = await group.runToEnd();
    const spans = await Promise.all(view.tasks.map(({ attemptDir }) => lifeOf(attemptDir ?? '')));
    assert.equal(mostAtOnce(spans), 1);
    assert.deepEqual(
      spans.map(({ from }) => from),
      spans.map(({ from }) => from).sort((a, b) => a - b),
    );
  });
});

interface Span {
  readonly from: number;
  readonly to: number;
}

/** From when to when an attempt's program lived, as its own runner saw it. */
async function lifeOf(attemptDir: string): Promise<Span> {
  const text = await readFile(join(attemptDir, 'events.jsonl'), 'utf8');
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => runnerEventSchema.parse(JSON.parse(line)));
  const at = (type: string): number => events.find((event) => event.type === type)?.at ?? NaN;
  return { from: at('started'), to: at('ended') };
}

function mostAtOnce(spans: readonly Span[]): number {
  const at = (moment: number): number =>
    spans.filter(({ from, to }) => from <= moment && moment < to).length;
  return Math.max(...spans.map(({ from }) => at(from)));
}

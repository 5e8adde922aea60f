import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useExtension } from '../../support/integration/extension.ts';
import { command, fakeAgent, script } from '../../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../../support/integration/runs.ts';
import { read, write, writeConfig } from '../../support/integration/workspace.ts';

const FILE = 'agents.tasks.md';

describe('a custom agent from parallel-groups.json', () => {
  const extension = useExtension();
  /** One task a title, each carried out by an agent that does what stands behind it. */
  const open = (name: string, tasks: Readonly<Record<string, readonly string[]>>) => {
    const items = Object.entries(tasks).map(
      ([title, steps]) => `- [ ] ${title} [P:Group-${name}]\n  ${script(...steps)}\n`,
    );
    return openGroup(extension.windowModel, FILE, name, items.join(''));
  };

  beforeEach(async () => {
    await writeConfig({
      agent: 'scripted',
      agents: {
        scripted: { command: fakeAgent(), events: 'claude', maxRetries: 1 },
        plain: { command: fakeAgent(), maxRetries: 1 },
      },
      subagents: { plain: { agent: 'plain' } },
      retryDelayMs: 10,
      maxConcurrent: 8,
      // Each failure is looked at for itself.
      breaker: { failures: 100 },
    });
  });

  it('has done its task once its own word, its exit and a changed file say so', async () => {
    const group = await open('proven', {
      'T1 Tell what it does': ['init', 'edit=scratch/a.js', 'ok=Wrote a.js'],
      'T2 Tell nothing [Subagent: plain] [Files: scratch/b.js]': ['edit-silently=scratch/b.js'],
    });
    const view = await group.runToEnd();
    assert.equal(view.run?.exitCode, 0);
    assert.equal(group.task('T1').summary, 'Wrote a.js');
    const { results } = await group.metadata();
    const [told, silent] = results;
    assert.deepEqual(
      told?.evidence.map(({ kind, ok }) => [kind, ok]),
      [
        ['exit', true],
        ['result', true],
        ['permissions', true],
        ['diff', true],
        ['report', true],
      ],
    );
    assert.deepEqual(told.artifacts.files, ['scratch/a.js']);
    assert.deepEqual(
      silent?.evidence.map(({ kind, ok }) => [kind, ok]),
      [
        ['exit', true],
        ['diff', true],
      ],
    );
    assert.deepEqual(silent.artifacts.files, ['scratch/b.js']);
    assert.equal((await read(FILE)).match(/- \[x\]/g)?.length, 2);
  });

  it('has not done its task if no file changed, whatever it says', async () => {
    const group = await open('idle', {
      'T1 Say that it is done': ['init', 'says=All done!', 'ok=All done!'],
    });
    const before = await read(FILE);
    await group.runToEnd();
    const task = group.task('T1');
    assert.equal(task.failure?.reason, 'no_evidence');
    assert.equal(task.detail, 'It said it was done, but no file changed.');
    assert.equal(task.attempts, 1);
    assert.equal(await read(FILE), before);
    assert.equal((await group.metadata()).results[0]?.closed, false);
  });

  it('has its work proven by the test of its task, in a terminal of its own', async () => {
    const opened: string[] = [];
    const listening = vscode.window.onDidOpenTerminal(({ name }) => opened.push(name));
    const test = command('print=1..1', 'print=ok 1 - adds');
    const work = script('init', 'edit=scratch/a.js', 'ok');
    const group = await openGroup(
      extension.windowModel,
      FILE,
      'tested',
      `- [ ] T1 [P:Group-tested] Make a\n  ${work}\n\n  \`test: ${test}\`\n`,
    );
    await group.runToEnd();
    listening.dispose();
    assert.ok(opened.some((name) => name.startsWith('Test of T1 ')));
    const proof = group.task('T1').evidence.at(-1);
    assert.deepEqual([proof?.kind, proof?.ok], ['tests', true]);
    assert.match(proof?.detail ?? '', /: 1 test passed\.$/);
    assert.match(await read(FILE), /- \[x\] T1/);
  });

  it('shows its step, its tokens and its cost while it runs', async () => {
    const group = await open('live', {
      'T1 Work slowly': [
        'init',
        'read=tasks.md',
        'wait-file=scratch/1',
        'says=Half way',
        'ok=Done',
        'wait-file=scratch/2',
      ],
    });
    await group.start();
    const early = await group.untilTask('T1', 'to read', ({ step, usage }) =>
      Boolean(step?.startsWith('read') && usage),
    );
    assert.deepEqual([early.step, early.status], ['read tasks.md', 'in_progress']);
    assert.deepEqual([early.usage?.outputTokens, early.usage?.costUsd], [20, null]);
    assert.equal(early.detail, 'scripted · read tasks.md');

    await write('scratch/1', '');
    const late = await group.untilTask(
      'T1',
      'to have cost',
      ({ usage }) => typeof usage?.costUsd === 'number',
    );
    assert.equal(late.status, 'in_progress');
    assert.equal(late.step, 'Half way');
    assert.deepEqual([late.usage?.outputTokens, late.usage?.costUsd], [40, 0.02]);
    assert.deepEqual(group.run().usage, late.usage);
    await write('scratch/2', '');
    await group.ended();
    assert.deepEqual(group.task('T1').usage, late.usage);
  });

  it('is shown to need a person when it asks', async () => {
    const group = await open('asks', {
      'T1 Ask': ['init', 'asks=Red or blue?', 'wait-file=scratch/1'],
    });
    await group.start();
    const task = await group.untilTask(
      'T1',
      'to ask',
      ({ appearance }) => appearance === 'needs_you',
    );
    assert.equal(task.detail, 'asks: Red or blue?');
  });

  it('is tried again only where that can help', async () => {
    const group = await open('judged', {
      'T1 Not signed in': ['init', 'error=401', 'exit=1'],
      'T2 Be denied npm install': ['init', 'denied=npm install', 'edit=scratch/b.js', 'ok'],
      'T3 Reach a limit': ['init', 'gave-up=error_max_turns', 'exit=1'],
      'T4 Ask for the impossible': ['init', 'error=400', 'exit=1'],
      'T5 Say nothing at the end': ['init', 'says=I am going to …'],
      'T6 Break off': ['init', 'error=500', 'exit=1'],
    });
    await group.runToEnd();
    assert.deepEqual(fates(group), [
      ['T1', 'authentication', 1],
      ['T2', 'denied', 1],
      ['T3', 'invalid', 1],
      ['T4', 'invalid', 1],
      ['T5', 'protocol', 2],
      ['T6', 'dropped', 2],
    ]);
    assert.match(group.task('T2').detail, /npm install/);
  });

  it('waits longer before each further try', async () => {
    await writeConfig({
      agent: 'stubborn',
      agents: { stubborn: { command: fakeAgent(), events: 'claude', maxRetries: 2 } },
      retryDelayMs: 200,
    });
    const group = await open('backoff', {
      'T1 Succeed at last': [
        'init',
        'attempt=1:exit=0',
        'attempt=2:exit=0',
        'edit=scratch/a.js',
        'ok=At last',
      ],
    });
    const waits = new Map<number, number>();
    const recording = group.onTask('T1', ({ appearance, attempts, dueAt, endedAt }) => {
      if (appearance === 'backing_off') {
        waits.set(attempts, (dueAt ?? 0) - (endedAt ?? 0));
      }
    });
    await group.runToEnd();
    recording.dispose();
    const task = group.task('T1');
    assert.deepEqual([task.status, task.attempts, task.summary], ['completed', 3, 'At last']);
    assert.deepEqual([...waits.keys()], [1, 2]);
    const [first = 0, second = 0] = waits.values();
    assert.ok(first >= 200 && first <= 220, `${first} ms`);
    assert.ok(second >= 400 && second <= 440, `${second} ms`);
  });

  it('waits for its provider without using up a try', async () => {
    await writeConfig({
      agent: 'once',
      agents: { once: { command: fakeAgent(), events: 'claude', maxRetries: 0 } },
    });
    const group = await open('throttled', {
      'T1 Be throttled': [
        'init',
        'attempt=1:limited=1',
        'attempt=1:error=429',
        'attempt=1:exit=1',
        'edit=scratch/a.js',
        'ok',
      ],
    });
    const looks = new Set<string>();
    const recording = group.onTask('T1', ({ appearance }) => looks.add(appearance));
    await group.runToEnd();
    recording.dispose();
    assert.ok(looks.has('throttled'));
    assert.deepEqual([group.task('T1').status, group.task('T1').attempts], ['completed', 2]);
  });
});

function fates(group: TestGroup): unknown[] {
  return group.view().tasks.map(({ id, failure, attempts }) => [id, failure?.reason, attempts]);
}

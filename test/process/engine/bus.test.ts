import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topics } from '../../../src/coordinator/messages/topics.ts';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import { openEngine } from '../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const PLAN = '- [ ] T1 [P:Group-a] One\n  `run: exit 0`\n';

describe('MessageBus: what a run tells and asks', function () {
  this.timeout(30_000);
  let root: string;
  let workspace: Workspace;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(async () => {
    await workspace.release();
    removeDirectory(root);
  });

  async function run(): Promise<void> {
    const [group] = workspace.groups();
    assert.ok(group !== undefined);
    const started = await workspace.starter.run(group.key);
    assert.ok(started.ok);
    await started.value.done;
  }

  it('is every event from the first to the last, between its start and its end', async () => {
    workspace = await openEngine(root, PLAN);
    const told: string[] = [];
    const events: Topics['run.event'][] = [];
    workspace.bus.subscribe('run.started', 'test', ({ resumed }) =>
      told.push(resumed ? 'resumed' : 'started'),
    );
    workspace.bus.subscribe('run.event', 'test', (message) => {
      told.push('event');
      events.push(message);
    });
    const ended = new Promise<void>((resolve) => {
      workspace.bus.subscribe('run.ended', 'test', ({ state }) => {
        told.push(`ended ${String(state.ended?.exitCode)}`);
        resolve();
      });
    });
    await run();
    await ended;
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_, place) => place + 2),
    );
    assert.equal(events[0]?.event.type, 'phase.entered');
    assert.equal(events.at(-1)?.event.type, 'run.ended');
    assert.deepEqual([told[0], told.at(-1)], ['started', 'ended 0']);
  });

  it('changes nothing of the run when a listener throws', async () => {
    workspace = await openEngine(root, PLAN);
    const failures: string[] = [];
    let seen = 0;
    workspace.bus.subscribe('subscriber.failed', 'log', ({ subscriber }) =>
      failures.push(subscriber),
    );
    workspace.bus.subscribe('run.event', 'broken', () => {
      throw new Error('no');
    });
    workspace.bus.subscribe('run.event', 'sound', () => {
      seen += 1;
    });
    await run();
    assert.equal(workspace.groups()[0]?.status, 'completed');
    assert.ok(seen > 0);
    assert.deepEqual(failures, ['broken']);
  });

  it('is a question before anything runs, and nothing runs where nobody can answer', async () => {
    const asked: string[] = [];
    workspace = await openEngine(root, PLAN, {
      askApproval: ({ id }) => {
        asked.push(id);
        return Promise.reject(new Error('no dialog'));
      },
    });
    const [group] = workspace.groups();
    assert.ok(group !== undefined);
    const started = await workspace.starter.run(group.key);
    assert.equal(!started.ok && started.failure.reason, 'not_approved');
    assert.deepEqual(asked, ['a']);
  });

  it('is that the plan is another, once a person edited it', async () => {
    workspace = await openEngine(root, PLAN);
    const changed = new Promise<Topics['workspace.changed']['plan']>((resolve) => {
      workspace.bus.subscribe('workspace.changed', 'test', ({ plan }) => {
        if (plan !== null && workspace.plans.current().groups.length === 2) {
          resolve(plan);
        }
      });
    });
    writeFileSync(join(root, 'tasks.md'), `${PLAN}- [ ] T2 [P:Group-b] Two\n`);
    await workspace.refresh();
    await workspace.options.plans.refresh();
    assert.deepEqual(await changed, { edited: true });
  });
});

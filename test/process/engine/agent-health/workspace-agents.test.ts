import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActiveRun } from '../../../../src/engine/run/active-run.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { asGroupKey } from '../../../../src/shared/ids.ts';
import { FAKE_AGENT } from '../../../support/attempts.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { eventually } from '../../../support/eventually.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const GROUP = asGroupKey('tasks.md#a');
const LIMIT_MS = 60_000;
const task = (id: string, steps: string, more = '') =>
  `- [ ] ${id} [P:Group-a] Do ${id}${more}\n\n  fake: ${steps}\n\n`;
const WORKS = 'init ; edit=done-$.txt ; ok';

describe('The agents of a workspace', () => {
  let root: string;
  let open: Workspace[];
  beforeEach(() => {
    root = temporaryDirectory();
    open = [];
    configure({});
  });
  afterEach(async () => {
    for (const workspace of open) {
      await workspace.release();
    }
    removeDirectory(root);
  });

  function configure(more: object): void {
    const mine = { command: [process.execPath, FAKE_AGENT], events: 'claude', maxRetries: 0 };
    const config = { agent: 'mine', agents: { mine }, retryDelayMs: 1, ...more };
    const test = { command: ['true'] };
    writeFileSync(join(root, 'parallel-groups.json'), JSON.stringify({ ...config, test }));
  }

  async function openWith(plan: string): Promise<Workspace> {
    const workspace = await openEngine(root, plan);
    open.push(workspace);
    return workspace;
  }

  async function start(workspace: Workspace): Promise<ActiveRun> {
    const run = await workspace.starter.run(GROUP);
    assert.ok(run.ok, run.ok ? '' : run.failure.message);
    return run.value;
  }

  async function runToEnd(workspace: Workspace): Promise<ActiveRun> {
    const run = await start(workspace);
    await run.over;
    await workspace.agents.settled();
    return run;
  }

  const stateOf = async ({ agents }: Workspace, id = 'mine'): Promise<string | undefined> =>
    (await agents.view()).agents.find((each) => each.id === id)?.state.kind;
  const onDisk = (): string => {
    const file = join(root, '.parallel-groups/agents.json');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  /** How each task ended, with the code of a refusal. */
  const fates = ({ state }: ActiveRun): unknown[] =>
    state.order.map(({ planned, state: { kind, ...rest } }) => {
      const failure = 'failure' in rest ? rest.failure : null;
      return [planned.id, kind, failure?.reason === 'rejected' ? failure.code : failure?.reason];
    });

  it('lifecycle: are those that a person names, asked anew for their versions where these are others', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows cannot start scripts by their first line');
    }
    const program = (version: string): string => {
      const file = join(root, `codex-${version}`);
      writeFileSync(file, `#!/bin/sh\necho codex-cli ${version}\n`, { mode: 0o755 });
      return file;
    };
    let codex = program('0.169.0');
    const overrides = () => ({ agentPaths: { codex } });
    const workspace = await openEngine(root, '', { overrides });
    open.push(workspace);
    const shown = async () => {
      const { agents } = await workspace.agents.view();
      const found = agents.find(({ id }) => id === 'codex');
      return [found?.state.kind, found?.version, found?.untested === null, found?.from];
    };
    assert.deepEqual(await shown(), ['available', '0.169.0', true, 'settings']);
    codex = program('9.0.0');
    await workspace.refresh();
    assert.deepEqual(await shown(), ['available', '9.0.0', false, 'settings']);
  });

  it('lifecycle: are known once it is open, its subagents with them', async () => {
    const { agents } = await (await openWith('')).agents.view();
    const found = agents.find(({ id }) => id === 'mine');
    assert.deepEqual([found?.from, found?.state.kind], ['parallel-groups.json', 'available']);
    assert.deepEqual(found?.place, { file: 'parallel-groups.json', line: 1 });
  });

  it('task dispatch: carry a task out, whose result is kept', async function () {
    this.timeout(LIMIT_MS);
    const run = await runToEnd(await openWith(task('T1', WORKS)));
    assert.deepEqual(fates(run), [['T1', 'completed', undefined]]);
    const { planned, outcome } = run.state.order[0] ?? {};
    assert.equal(outcome?.failure, null);
    assert.deepEqual([planned?.type, planned?.role, planned?.code], ['coding', 'drafter', null]);
  });

  it('task dispatch: keep the result of a task that failed as failed', async function () {
    this.timeout(LIMIT_MS);
    const run = await runToEnd(await openWith(task('T1', 'init ; error=400 ; exit=1')));
    assert.deepEqual(fates(run), [['T1', 'failed', 'invalid']]);
  });

  it('task dispatch: fail a task that names nobody with its code, and do the others', async function () {
    this.timeout(LIMIT_MS);
    const plan = task('T1', WORKS, ' [Subagent: nobody]') + task('T2', WORKS);
    const run = await runToEnd(await openWith(plan));
    assert.deepEqual(fates(run), [
      ['T1', 'failed', 'NO_AGENT_TYPE'],
      ['T2', 'completed', undefined],
    ]);
  });

  it('task dispatch: are not asked where the policy forbids it', async function () {
    this.timeout(LIMIT_MS);
    configure({ policies: { allowedAgents: ['claude'] } });
    const workspace = await openWith(task('T1', WORKS));
    assert.deepEqual(fates(await runToEnd(workspace)), [['T1', 'failed', 'POLICY_VIOLATION']]);
    assert.equal(await stateOf(workspace), 'not_allowed');
  });

  it('task dispatch: are not asked again once they were not signed in, until a person says so', async function () {
    this.timeout(LIMIT_MS);
    const workspace = await openWith(
      task('T1', 'init ; attempt=1:error=401 ; attempt=1:exit=1 ; edit=a.txt ; ok'),
    );
    assert.deepEqual(fates(await runToEnd(workspace)), [['T1', 'failed', 'authentication']]);
    assert.equal(await stateOf(workspace), 'not_signed_in');
    assert.match(onDisk(), /"notSignedIn": \{\s*"mine"/);
    assert.deepEqual(fates(await runToEnd(workspace)), [['T1', 'failed', 'NO_AVAILABLE_AGENT']]);

    assert.equal(await workspace.agents.checkAgain('mine'), null);
    assert.equal(await stateOf(workspace), 'available');
    assert.doesNotMatch(onDisk(), /"notSignedIn": \{\s*"mine"/);
  });

  it('task dispatch: have their state on disk when their breaker opens, for the next process too', async function () {
    this.timeout(LIMIT_MS);
    configure({ breaker: { failures: 2, cooldownSeconds: 600 }, maxConcurrent: 1 });
    const fails = 'init ; says=I …';
    const first = await openWith(task('T1', fails) + task('T2', fails));
    const run = await runToEnd(first);
    assert.deepEqual(fates(run), [
      ['T1', 'failed', 'protocol'],
      ['T2', 'failed', 'protocol'],
    ]);
    assert.equal(await stateOf(first), 'breaker_open');
    assert.match(onDisk(), /"breakers": \{\s*"mine"/);
    await first.release();

    const second = await openWith(task('T1', WORKS));
    assert.equal(await stateOf(second), 'breaker_open');
    assert.deepEqual(fates(await runToEnd(second)), [['T1', 'failed', 'NO_AVAILABLE_AGENT']]);
    assert.equal(await second.agents.resetBreaker('mine'), null);
    assert.deepEqual(fates(await runToEnd(second)), [['T1', 'completed', undefined]]);
  });

  it('registration: are taken out while they work: what they do is stopped, until registered again', async function () {
    this.timeout(LIMIT_MS);
    const workspace = await openWith(
      task('T1', 'init ; touch=started ; hang') + task('T2', WORKS, ' (depends on T1)'),
    );
    const run = await start(workspace);
    await eventually('the agent to be at work', () => existsSync(join(root, 'started')));
    assert.equal(workspace.agents.running('mine'), 1);
    assert.equal(await workspace.agents.unregister('mine'), null);
    await run.over;
    assert.deepEqual(
      fates(run).map((fate) => (Array.isArray(fate) ? fate.slice(0, 2) : fate)),
      [
        ['T1', 'cancelled'],
        ['T2', 'cancelled'],
      ],
    );
    assert.equal(await stateOf(workspace), 'unregistered');
    assert.match(onDisk(), /"unregistered": \[\s*"mine"/);

    assert.equal(await workspace.agents.registerAgain('mine'), null);
    assert.equal(await stateOf(workspace), 'available');
    assert.match((await workspace.agents.registerAgain('mine')) ?? '', /registered already/);
    assert.match((await workspace.agents.unregister('nobody')) ?? '', /no agent called nobody/);
  });

  it('registration: forget what was learnt of an agent that is started otherwise now', async function () {
    this.timeout(LIMIT_MS);
    const workspace = await openWith(task('T1', 'init ; error=401 ; exit=1'));
    await runToEnd(workspace);
    assert.equal(await stateOf(workspace), 'not_signed_in');
    const mine = { command: [process.execPath, FAKE_AGENT], events: 'claude', env: { KEY: 'new' } };
    configure({ agents: { mine } });
    await workspace.refresh();
    assert.equal(await stateOf(workspace), 'available');
  });

  it('have the instructions of a definition in their prompt, and its kind of work in the plan', async function () {
    this.timeout(LIMIT_MS);
    mkdirSync(join(root, '.claude/agents'), { recursive: true });
    const text = '---\nname: critic\n---\nLook for what is missing.\n';
    writeFileSync(join(root, '.claude/agents/critic.md'), text);
    configure({ subagents: { critic: { type: 'review' } } });
    const run = await runToEnd(await openWith(task('T1', WORKS, ' [Subagent: review]')));
    const [record] = run.state.order;
    assert.ok(record !== undefined);
    assert.deepEqual(
      [record.planned.subagent, record.planned.type],
      ['security-auditor', 'review'],
    );
    const named = await runToEnd(await openWith(task('T2', WORKS, ' [Subagent: critic]')));
    const [second] = named.state.order;
    assert.ok(second !== undefined);
    const prompt = readFileSync(join(named.attemptDirectory(second), 'prompt.md'), 'utf8');
    assert.match(prompt, /Look for what is missing\./);
    assert.equal(second.planned.role, 'validator');
  });
});

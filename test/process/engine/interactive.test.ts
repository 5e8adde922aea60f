import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptLaunch, Launcher } from '../../../src/engine/contract/ports.ts';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import { Emitter } from '../../../src/shared/emitter.ts';
import { asGroupKey, asTaskKey } from '../../../src/shared/ids.ts';
import { success } from '../../../src/shared/result.ts';
import type { TaskView } from '../../../src/shared/view-models/group-views.ts';
import { openEngine } from '../../support/engine-workspace.ts';
import { eventually } from '../../support/eventually.ts';
import { RUNNER } from '../../support/runner.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

/** Of util-linux: gives a program a real terminal. */
const SCRIPT = 'script';
const GROUP = asGroupKey('tasks.md#a');
const TASK = asTaskKey('tasks.md#T1');
const PLAN = '- [ ] T1 [P:Group-a] [Interactive] Do it\n';
/** A user interface: it needs a terminal, does what a person types, and ends as it likes. */
const OWN_INTERFACE =
  'test -t 0 && test -t 1 && echo "prompt: $1" && read typed && echo "$typed" > made.txt; ' +
  `printf '%s\\n' '{"hook_event_name":"SessionStart","session_id":"s-7"}' '{"hook_event_name":"Stop","last_assistant_message":"Made it."}' >> "$PARALLEL_GROUPS_HOOKS"; exit 3`;

/** Gives every attempt a terminal in which somebody types `line`. */
function terminals(line: string): Launcher & { readonly screen: () => string } {
  const hints = new Emitter<string>();
  let screen = '';
  const launch = ({ directory, hashes }: AttemptLaunch): void => {
    const command = `exec "${process.execPath}" "${RUNNER}" "${directory}" ${hashes.specHash} ${hashes.promptHash}`;
    const child = spawn(SCRIPT, ['-qfec', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      if (chunk.includes('prompt: ')) {
        child.stdin.write(`${line}\n`);
      }
    });
    child.once('close', () => {
      hints.fire(directory);
    });
  };
  return {
    screen: () => screen,
    onHint: hints.subscribe,
    launch: (attempt) => {
      launch(attempt);
      return Promise.resolve(success(undefined));
    },
  };
}

describe('an interactive task', function () {
  this.timeout(60_000);
  let root: string;
  let workspace: Workspace | null = null;

  before(function () {
    const hasScript = spawnSync(SCRIPT, ['--version']).status === 0;
    if (process.platform !== 'linux' || !hasScript) {
      skip(this, 'needs script(1) of Linux');
    }
  });
  beforeEach(() => {
    root = temporaryDirectory();
    const agent = {
      command: ['false'],
      interactive: ['sh', '-c', OWN_INTERFACE, 'ui', 'Read {promptFile}.'],
    };
    const config = { agent: 'ui', agents: { ui: agent }, contextRefresh: { command: ['true'] } };
    writeFileSync(join(root, 'parallel-groups.json'), JSON.stringify(config));
  });
  afterEach(async () => {
    await workspace?.release();
    workspace = null;
    removeDirectory(root);
  });

  const view = (): TaskView | undefined => workspace?.groups()[0]?.tasks[0];
  const waitsForPerson = (): Promise<void> =>
    eventually('it waits for a person', () => view()?.asksProof === true);

  it('has a terminal of its own, and is proven when a person says so', async () => {
    const launcher = terminals('hello');
    workspace = await openEngine(root, PLAN, { launcher });
    const asked: unknown[] = [];
    workspace.bus.respond('judgement.ask', ({ id, files, facts }) => {
      asked.push({ id, files, facts });
      return Promise.resolve({ proven: true, by: 'the test' });
    });
    const run = await workspace.starter.run(GROUP);
    assert.ok(run.ok);
    await run.value.done;
    assert.match(launcher.screen(), /The agent has this terminal now/);
    assert.match(launcher.screen(), /prompt: Read .*prompt\.md\./);
    assert.equal(readFileSync(join(root, 'made.txt'), 'utf8'), 'hello\n');
    assert.deepEqual(asked, [
      {
        id: 'T1',
        files: ['made.txt'],
        facts: ['✗ It ended with exit code 3.', '✓ 1 file changed: made.txt.'],
      },
    ]);
    assert.equal(run.value.state.tasks.get(TASK)?.outcome?.sessionId, 's-7');
    const said = view()?.evidence.at(-1);
    assert.equal(said?.kind, 'person');
    assert.match(said.detail, /^the test said proven, \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/);
    assert.match(readFileSync(join(root, 'tasks.md'), 'utf8'), /- \[x\] T1/);
  });

  it('waits for a person’s word, who can say that it is not proven', async () => {
    workspace = await openEngine(root, PLAN, { launcher: terminals('hello') });
    const run = await workspace.starter.run(GROUP);
    assert.ok(run.ok);
    await waitsForPerson();
    assert.equal(view()?.appearance, 'needs_you');
    assert.equal(view()?.detail, 'waits for you: proven, or not?');
    const word = { proven: false, by: 'the test' };
    assert.equal(await workspace.control.judge(GROUP, TASK, word), null);
    await run.value.done;
    assert.equal(view()?.status, 'failed');
    assert.match(view()?.failure?.message ?? '', /^the test said not proven/);
    assert.match(readFileSync(join(root, 'tasks.md'), 'utf8'), /- \[ \] T1/);
    const late = await workspace.control.judge(GROUP, TASK, { ...word, proven: true });
    assert.equal(late, 'This task is not waiting for a review.');
  });

  it('that waits for a word ends with its run when that is stopped', async () => {
    workspace = await openEngine(root, PLAN, { launcher: terminals('hello') });
    const run = await workspace.starter.run(GROUP);
    assert.ok(run.ok);
    await waitsForPerson();
    await workspace.control.stop(GROUP);
    await run.value.done;
    assert.equal(view()?.status, 'cancelled');
  });

  it('is refused, with what to do, where there is no terminal', async () => {
    workspace = await openEngine(root, PLAN);
    const run = await workspace.starter.run(GROUP);
    assert.ok(run.ok);
    await run.value.done;
    assert.equal(existsSync(join(root, 'made.txt')), false);
    assert.equal(view()?.failure?.reason, 'not_started');
    assert.match(view()?.failure?.message ?? '', /needs a terminal, and there is none here/);
  });
});

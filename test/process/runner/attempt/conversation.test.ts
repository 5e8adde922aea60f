import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sendMessage } from '../../../../src/store/attempts/messages.ts';
import { eventually } from '../../../support/eventually.ts';
import {
  eventsOf,
  outcomeOf,
  type Prepared,
  prepareFake,
  run,
  RUNNER,
  startRunner,
} from '../../../support/runner.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

/** Of util-linux: gives a program a real terminal. */
const SCRIPT = 'script';
const ESCAPE = String.fromCharCode(27);
const CTRL_C = String.fromCharCode(3);
const BACKSPACE = String.fromCharCode(127);
const CONVERSES = { adapter: 'claude', stdin: 'conversation' } as const;

async function steps(launch: Prepared): Promise<string[]> {
  const events = await eventsOf(launch);
  return events.flatMap((event) => (event.type === 'step' ? [`${event.kind} ${event.text}`] : []));
}

async function saysHello(launch: Prepared): Promise<void> {
  await eventually('it has begun', async () => (await steps(launch)).includes('says heard: hello'));
}

async function leave(launch: Prepared, text: string): Promise<string> {
  const sent = await sendMessage(launch.dir, { text, by: 'test', at: Date.now() });
  assert.ok(sent.ok);
  return sent.value;
}

describe('a conversation', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  it('begins with the prompt, and ends with the agent’s turn', async () => {
    const script = ['init', 'hear', 'ok=done', 'hear'];
    const launch = await prepareFake(root, script, CONVERSES, 'hello\nyou');
    assert.equal(await run(launch), 0);
    assert.deepEqual(await steps(launch), ['says heard: hello you', 'says heard the end']);
  });

  it('passes on what is left in the attempt’s directory, as a step, and removes it', async () => {
    const script = ['init', 'hear', 'hear', 'ok'];
    const launch = await prepareFake(root, script, CONVERSES, 'hello');
    const runner = startRunner(launch);
    await saysHello(launch);
    const file = await leave(launch, 'use "tabs"\nplease');
    assert.equal(await runner.exit, 0);
    assert.equal(existsSync(file), false);
    assert.deepEqual((await steps(launch)).slice(1), [
      'hears use "tabs"\nplease',
      'says heard: use "tabs" please',
    ]);
    assert.match(runner.printed(), /│ 0:0\d {2}hears {2}use "tabs"/);
  });

  it('takes what was left before it began, after the prompt', async () => {
    const launch = await prepareFake(root, ['init', 'hear', 'hear', 'ok'], CONVERSES, 'hello');
    await leave(launch, 'first');
    assert.equal(await run(launch), 0);
    const said = (await steps(launch)).filter((step) => step.startsWith('says'));
    assert.deepEqual(said, ['says heard: hello', 'says heard: first']);
  });

  it('goes on with a turn for what was said in the middle of one', async () => {
    const go = join(root, 'go');
    const script = ['init', 'hear', `wait-file=${go}`, 'ok=one', 'hear', 'ok=two', 'hear'];
    const launch = await prepareFake(root, script, CONVERSES, 'hello');
    const runner = startRunner(launch);
    await saysHello(launch);
    await leave(launch, 'and this');
    await eventually('it was told', async () => (await steps(launch)).includes('hears and this'));
    await run(await prepareFake(root, [`touch=${go}`]));
    assert.equal(await runner.exit, 0);
    assert.equal((await outcomeOf(launch)).summary, 'two');
    assert.equal((await steps(launch)).at(-1), 'says heard the end');
  });

  it('with a program whose input has ended says that the message was not delivered', async () => {
    const go = join(root, 'go');
    const script = ['init', 'hear', 'ok', 'hear', `wait-file=${go}`];
    const launch = await prepareFake(root, script, CONVERSES, 'hello');
    const runner = startRunner(launch);
    // A message that comes between the end of the turn and the end of the input still opens a turn.
    await eventually('its input has ended', async () =>
      (await steps(launch)).includes('says heard the end'),
    );
    await leave(launch, 'late');
    await eventually('it says so', async () =>
      (await steps(launch)).some((step) => step.includes('no longer accepts messages: late')),
    );
    await run(await prepareFake(root, [`touch=${go}`]));
    assert.equal(await runner.exit, 0);
    assert.deepEqual(readdirSync(join(launch.dir, 'messages')), []);
  });

  describe('in a terminal', () => {
    before(function () {
      const hasScript = spawnSync(SCRIPT, ['--version']).status === 0;
      if (process.platform !== 'linux' || !hasScript) {
        skip(this, 'needs script(1) of Linux');
      }
    });

    function startInTerminal(launch: Prepared): {
      readonly screen: () => string;
      readonly type: (keys: string) => void;
      readonly exit: Promise<number | null>;
    } {
      const { dir, specHash, promptHash } = launch;
      const command = `stty cols 60 rows 20; exec "${process.execPath}" "${RUNNER}" "${dir}" ${specHash} ${promptHash}`;
      const child = spawn(SCRIPT, ['-qfec', command, '/dev/null'], {
        env: { ...process.env, TERM: 'xterm' },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      let screen = '';
      child.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
      const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
      return { screen: () => screen, type: (keys) => child.stdin.write(keys), exit };
    }

    it('takes a line that is typed and mended, and shows it once, as a step', async () => {
      const launch = await prepareFake(root, ['init', 'hear', 'hear', 'ok'], CONVERSES, 'hello');
      const terminal = startInTerminal(launch);
      await saysHello(launch);
      assert.match(terminal.screen(), /› .*Type here to tell the agent something/);
      terminal.type(`use spaaces${BACKSPACE.repeat(5)}`);
      await eventually('it is drawn', () => terminal.screen().endsWith(`› use sp\r${ESCAPE}[8C`));
      terminal.type('aces\r');
      assert.equal(await terminal.exit, 0);
      const told = (await steps(launch)).slice(1);
      assert.deepEqual(told, ['hears use spaces', 'says heard: use spaces']);
      assert.match(terminal.screen(), /hears.* use spaces\r\n/);
    });

    it('stops at Ctrl-C, also in the middle of a line', async () => {
      const launch = await prepareFake(root, ['init', 'hear', 'hang'], CONVERSES, 'hello');
      const terminal = startInTerminal(launch);
      await saysHello(launch);
      terminal.type(`half a li${CTRL_C}`);
      assert.equal(await terminal.exit, 130);
      assert.equal((await outcomeOf(launch)).failure?.reason, 'cancelled');
    });

    it('does not end while somebody is typing', async () => {
      const go = join(root, 'go');
      const script = ['init', 'hear', `wait-file=${go}`, 'ok=one', 'hear', 'ok=two'];
      const launch = await prepareFake(root, script, CONVERSES, 'hello');
      const terminal = startInTerminal(launch);
      await saysHello(launch);
      terminal.type('one mo');
      await eventually('it is drawn', () => terminal.screen().includes('› one mo'));
      await run(await prepareFake(root, [`touch=${go}`]));
      await eventually('the turn is over', async () =>
        (await eventsOf(launch)).some(({ type }) => type === 'usage'),
      );
      terminal.type('re thing\r');
      assert.equal(await terminal.exit, 0);
      assert.equal((await outcomeOf(launch)).summary, 'two');
    });
  });
});

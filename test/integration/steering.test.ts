import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/shared/manifest.ts';
import type { TaskView } from '../../src/shared/view-models/group-views.ts';
import { readRunnerEvents } from '../../src/store/attempts/event-reader.ts';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent } from '../support/integration/fake.ts';
import { openGroup } from '../support/integration/runs.ts';
import { inWorkspace, writeConfig } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

/** What a person said to the agent of a task's newest attempt, in order. */
async function told({ attemptDir }: TaskView): Promise<string[]> {
  const read = await readRunnerEvents(attemptDir ?? '', 0);
  assert.ok(read.ok);
  return read.value.events.flatMap(({ event }) =>
    event.type === 'step' && event.kind === 'hears' ? [event.text] : [],
  );
}

function terminalOf(id: string): vscode.Terminal {
  const terminal = vscode.window.terminals.find(({ name }) => name.startsWith(`${id} `));
  assert.ok(terminal, `There is no terminal of ${id}.`);
  return terminal;
}

describe('a person who steers', () => {
  const extension = useExtension();

  it('says something to an agent at work, in its terminal and by a nudge', async () => {
    const steps = ['init', 'hear', 'hear', 'hear', 'edit=scratch/heard.txt', 'ok'];
    const talker = {
      command: fakeAgent(...steps),
      events: 'claude',
      stdin: 'conversation',
    } as const;
    await writeConfig({ agents: { talker }, agent: 'talker' });
    const group = await openGroup(
      extension.windowModel,
      'talk.tasks.md',
      'talk',
      '- [ ] T1 [P:Group-talk] Listen\n',
    );
    await group.start();
    const works = await group.untilTask('T1', 'to have read its prompt', ({ step }) =>
      (step ?? '').startsWith('heard: '),
    );
    assert.equal(works.canNudge, true);
    terminalOf('T1').sendText('use tabs');
    await group.untilTask('T1', 'to have heard it', ({ step }) => step === 'heard: use tabs');
    await vscode.commands.executeCommand(COMMANDS.nudgeTask, { task: works.key, text: 'and more' });
    await group.ended();
    assert.equal(group.task('T1').status, 'completed');
    assert.deepEqual(await told(group.task('T1')), ['use tabs', 'and more']);
  });

  it('works with an agent in its own interface, looks at the changes, and has the last word', async () => {
    const own = `process.stdin.once('data', (line) => { require('fs').mkdirSync('scratch', { recursive: true }); require('fs').writeFileSync('scratch/own.txt', String(line)); process.exit(0); })`;
    const ui = { command: ['false'], interactive: ['node', '-e', own] };
    await writeConfig({ agents: { ui }, agent: 'ui' });
    const group = await openGroup(
      extension.windowModel,
      'own.tasks.md',
      'own',
      '- [ ] T1 [P:Group-own] [Interactive] Work together\n',
    );
    const questions: string[] = [];
    extension.answerWith((message, _detail, answers) => {
      questions.push(`${message} ${answers.join(' | ')}`);
      const [first] = answers;
      // The first time, a person wants to see what it is about.
      const looks = questions.filter((each) => each.includes('proven?')).length === 1;
      return Promise.resolve(looks && answers.includes('Show Changes') ? 'Show Changes' : first);
    });
    await group.start();
    await group.untilTask('T1', 'to run', ({ runnerPid }) => runnerPid !== null);
    await eventually('its interface to take what is typed', async () => {
      if (group.task('T1').runnerPid !== null) {
        terminalOf('T1').sendText('mine');
      }
      return readFile(inWorkspace('scratch/own.txt'), 'utf8').then(
        (text) => text.startsWith('mine'),
        () => false,
      );
    });
    await group.ended();
    const task = group.task('T1');
    assert.equal(task.status, 'completed');
    assert.equal(task.evidence.at(-1)?.kind, 'person');
    assert.match(task.evidence.at(-1)?.detail ?? '', /^a person in VS Code said proven, /);
    const asked = questions.filter((each) => each.includes('proven?'));
    assert.equal(asked.length, 2);
    assert.match(
      asked[0] ?? '',
      /^own: is T1 Work together proven\? 1 file changed\. Proven \| Not Proven \| Show Changes$/,
    );
    const tabs = vscode.window.tabGroups.all.flatMap((each) => each.tabs.map(({ label }) => label));
    assert.ok(
      tabs.some((label) => label.startsWith('Changes of T1')),
      tabs.join(', '),
    );
  });
});

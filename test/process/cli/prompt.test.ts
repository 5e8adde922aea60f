import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { errorIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const answer = z.object({
  version: z.literal(1),
  task: z.object({ key: z.string(), id: z.string(), title: z.string() }),
  group: z.string(),
  run: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  subagent: z.string(),
  model: z.nullable(z.string()),
  tools: z.nullable(z.object({ names: z.array(z.string()), enforced: z.boolean() })),
  command: z.nullable(z.object({ kind: z.string(), argv: z.array(z.string()) })),
  refusal: z.nullable(z.string()),
  prompt: z.nullable(z.string()),
});
const CONFIG = {
  agent: 'mine',
  agents: { mine: { command: [process.execPath, '{promptFile}'] } },
  subagents: { writer: { instructions: 'Write well.', tools: ['pen'] } },
};

describe('parallel-groups prompt', function () {
  this.timeout(120_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({
      'parallel-groups.json': JSON.stringify(CONFIG),
      'tasks.md':
        '- [ ] T1 [P:Group-a] Write\u001b[31m it [Subagent: writer]\n- [ ] T2 [P:Group-b] More\n',
      'other.tasks.md': '- [ ] T2 [P:Group-c] Other\n',
    });
  });
  afterEach(() => workspace.dispose());

  it('says who would be launched, how, and with exactly which prompt, and launches nothing', async () => {
    const { exit, json } = await workspace.json('prompt', '--task', 'T1');
    assert.equal(exit, 0);
    const { task, agent, subagent, model, tools, command, run, prompt } = answer.parse(json);
    assert.deepEqual([task.key, agent, subagent, model], ['tasks.md#T1', 'mine', 'writer', null]);
    assert.deepEqual(tools, { names: ['pen'], enforced: false });
    assert.deepEqual(command, { kind: 'argv', argv: [process.execPath, '{promptFile}'] });
    assert.equal(run, null);
    assert.match(prompt ?? '', /^You are the subagent "writer".*\n\nWrite well\.\n\nOf your tools/);
    assert.ok(prompt?.includes('> Write\u001b[31m it\n'));
    assert.equal(workspace.read('.parallel-groups/runs'), '');
  });

  it('shows the same to a person, without what would steer the terminal', async () => {
    const { exit, stdout } = await workspace.run('prompt', '--task', 't1', '--group-id', 'a');
    assert.equal(exit, 0);
    assert.match(stdout, /^# Prompt of T1 Write.*\n\n- Agent: `mine`\n- Subagent: `writer`\n/);
    assert.match(stdout, /\n---\n\nYou are the subagent "writer"/);
    assert.ok(!stdout.includes('\u001b'));
  });

  it('refuses a task that is not there, is ambiguous, or that is not named', async () => {
    const reason = async (task: string) =>
      errorIn(await workspace.json('prompt', '--task', task)).error.reason;
    assert.equal(await reason('T9'), 'unknown_task');
    assert.equal(await reason('T2'), 'ambiguous_task');
    const named = await workspace.json('prompt', '--task', 'T2', '--group-id', 'c');
    assert.equal(answer.parse(named.json).task.key, 'other.tasks.md#T2');
    assert.equal((await workspace.run('prompt')).exit, 2);
  });
});

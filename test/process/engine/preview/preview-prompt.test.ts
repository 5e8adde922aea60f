import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describePreview } from '../../../../src/engine/preview/describe-preview.ts';
import {
  previewPrompt,
  type PromptPreview,
} from '../../../../src/engine/preview/preview-prompt.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { asGroupKey, asTaskKey } from '../../../../src/shared/ids.ts';
import {
  attemptDirectory,
  attemptFiles,
} from '../../../../src/store/attempts/attempt-directory.ts';
import { runDirectory } from '../../../../src/store/directories/run-directory.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { eventually } from '../../../support/eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const PLAN = `---
requirements: Every endpoint has a test
---

- [ ] T1 [P:Group-a] Write \`src/login.ts\` [Subagent: writer] [Skills: tdd]
  Mind the clock.
  - Acceptance: it logs in
- [ ] T2 [P:Group-a] Review it [Subagent: auditor] (depends on T1)
- [x] T3 [P:Group-a] Done before
- [ ] T4 [P:Group-b] Say so
  \`run: echo "a  b"\`
`;
/** Works until it is told to stop, or its folder is gone. */
const AGENT = [
  '-e',
  "const there = require('fs').existsSync; setInterval(() => (there('go') || !there('tasks.md')) && process.exit(0), 20)",
];
const CONFIG = {
  agent: 'worker',
  agents: { worker: { command: [process.execPath, ...AGENT], stdin: 'prompt' } },
  subagents: {
    writer: { instructions: 'Write well.', expectsChanges: false },
    auditor: { agent: 'missing', instructions: 'Look.' },
  },
};
const [GROUP, T1] = [asGroupKey('tasks.md#a'), asTaskKey('tasks.md#T1')];
const SUMMARY = /## State of the workspace before this group started\n\n(?:>.*\n)+\n/;

describe('The preview of a prompt', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace;
  beforeEach(async () => {
    root = temporaryDirectory();
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('parallel-groups.json', JSON.stringify(CONFIG));
    write('.claude/skills/tdd/SKILL.md', 'Red first.');
    workspace = await openEngine(root, PLAN);
  });
  afterEach(async () => {
    writeFileSync(join(root, 'go'), '');
    await workspace.release();
    removeDirectory(root);
  });

  async function preview(id: string): Promise<PromptPreview> {
    const found = await previewPrompt(workspace, asTaskKey(`tasks.md#${id}`));
    assert.ok(found.ok, JSON.stringify(found));
    return found.value;
  }

  it('is what a real run then tells the agent, byte for byte; the context summary is added', async () => {
    const before = await preview('T1');
    const started = await workspace.starter.run(GROUP);
    assert.ok(started.ok, JSON.stringify(started));
    const directory = runDirectory(root, started.value.state.plan.run);
    const { prompt: file } = attemptFiles(attemptDirectory(directory, T1, 1));
    await eventually('T1 runs', () => {
      const task = started.value.state.tasks.get(T1);
      return existsSync(file) && task?.state.kind === 'running' && task.state.stage === 'claimed';
    });
    const told = readFileSync(file, 'utf8');
    assert.match(told, SUMMARY);
    assert.equal(before.prompt, told.replace(SUMMARY, ''));
    const during = await preview('T1');
    assert.equal(during.prompt, told);
    assert.deepEqual([before.run, during.run], [null, started.value.state.plan.run]);
    writeFileSync(join(root, 'go'), '');
    await started.value.over;
  });

  it('has role, blackboard, task, files, acceptance, skills and result in this order', async () => {
    const { prompt, agent, subagent } = await preview('T1');
    assert.deepEqual([agent, subagent], ['worker', 'writer']);
    const order = [
      'You are the subagent "writer"',
      'Write well.',
      '## Requirements\n\n- Every endpoint has a test',
      '## Task',
      '> Mind the clock.',
      '## Files that the task names\n\n- src/login.ts',
      '## Acceptance criteria',
      '> - Acceptance: it logs in',
      '## Skill: tdd\n\nRed first.',
      '## Rules',
      '## Result',
    ].map((part) => (prompt ?? '').indexOf(part));
    assert.ok(
      order.every((place, index) => place > (order[index - 1] ?? -1)),
      prompt ?? '',
    );
  });

  it('launches nothing and leaves nothing behind', async () => {
    await preview('T1');
    assert.equal(workspace.runs.newestOf(GROUP), null);
    const state = join(root, '.parallel-groups');
    assert.deepEqual(
      existsSync(state) ? readdirSync(state).filter((name) => name === 'runs') : [],
      [],
    );
  });

  it('says why nobody can carry a task out, and what they would be told', async () => {
    const { agent, refusal, command, prompt } = await preview('T2');
    assert.deepEqual([agent, command], [null, null]);
    assert.match(refusal ?? '', /missing/);
    assert.match(prompt ?? '', /You are the subagent "auditor"/);
  });

  it('has no prompt where a task is a command, and is none where it is done', async () => {
    const { prompt, command } = await preview('T4');
    assert.equal(prompt, null);
    assert.deepEqual(command, { kind: 'shell', line: 'echo "a  b"' });
    const done = await previewPrompt(workspace, asTaskKey('tasks.md#T3'));
    assert.ok(!done.ok);
    assert.match(done.failure, /^T3 is .* in its plan/);
    const gone = await previewPrompt(workspace, asTaskKey('tasks.md#T9'));
    assert.match(gone.ok ? '' : gone.failure, /not in the plan any more/);
  });
});

describe('The document of a preview', () => {
  const base: PromptPreview = {
    task: { key: T1, id: 'T1', title: 'Write it' },
    group: GROUP,
    run: null,
    subagent: 'writer',
    agent: 'claude',
    refusal: null,
    model: 'haiku',
    tools: { names: ['Read', 'Bash(git log:*)'], of: 'claude', enforced: true },
    command: { kind: 'argv', argv: ['claude', '-p', '--model', 'haiku', 'a b'] },
    prompt: 'You are.\n',
  };

  it('is headed by who would be launched and how, with the prompt as it is below a line', () => {
    const text = describePreview(base);
    const [head = '', body] = text.split('\n---\n\n');
    assert.equal(body, 'You are.\n');
    assert.match(head, /^# Prompt of T1 Write it\n\n- Agent: `claude`\n- Subagent: `writer`\n/);
    assert.match(
      head,
      /- Model: `haiku`\n- Tools: `Read`, `Bash\(git log:\*\)` \(its command line/,
    );
    assert.match(head, /- Command: `claude -p --model haiku "a b"`/);
    assert.match(head, /Nothing was launched/);
  });

  /** What differs, and what is then said. */
  const table: readonly (readonly [Partial<PromptPreview>, RegExp])[] = [
    [{ model: null, tools: null }, /Model: its own default\n- Tools: all that it has/],
    [
      { agent: 'codex', tools: { names: ['Read'], of: 'claude', enforced: false } },
      /`Read`, by the names that claude has for them \(only asked for in the prompt/,
    ],
    [{ tools: { names: [], of: 'claude', enforced: true } }, /Tools: none \(its command line/],
    [
      { agent: null, command: null, refusal: 'codex is missing.' },
      /Agent: none\. codex is missing\./,
    ],
    [{ run: 'r1' }, /its next attempt in the run that is under way/],
    [{ agent: 'run', prompt: null }, /Agent: none\n- Subagent.*\n- Command[^]*It reads no prompt/],
    [{ task: { key: T1, id: 'T1', title: 'a\n# b\u202e' } }, /^# Prompt of T1 a # b\\u\{202e\}\n/],
    [{ model: 'a`b' }, /Model: `` a`b ``/],
  ];
  for (const [changes, words] of table) {
    it(`says ${String(words)}`, () => {
      assert.match(describePreview({ ...base, ...changes }), words);
    });
  }
});

import assert from 'node:assert/strict';
import {
  dependencyWords,
  groupWords,
  taskWords,
  unknownWords,
} from '../../../../../src/views/editor/hovers/hover-words.ts';
import { groupView, taskView } from '../../../../support/webview/views.ts';

const first = taskView('T1', { title: 'Create the model', appearance: 'completed' });
const second = taskView('T2', { title: 'Create the view', appearance: 'waiting' });

describe('the hover of a group marker', () => {
  it('tells the members, their subagents and states, their order, and where they may meet', () => {
    const group = groupView([first, second], {
      detail: '1/2',
      waves: [[first.key], [second.key]],
      problems: [
        { severity: 'warning', code: 'shared-file', message: 'Both name a.ts.', place: null },
        { severity: 'error', code: 'unknown-dependency', message: 'Not this.', place: null },
      ],
    });
    assert.deepEqual(groupWords(group), [
      '**auth** · 1/2',
      '- T1 Create the model — backend\\-architect, completed\n- T2 Create the view — backend\\-architect, waiting',
      'Order: T1 → T2',
      '⚠ Both name a\\.ts\\.',
    ]);
  });

  it('names no subagent for a task that runs a command of its own', () => {
    const [, members] = groupWords(groupView([taskView('T1', { run: 'npm test' })]));
    assert.match(members ?? '', /^- T1 .* — its own command, /);
  });

  it('names no order where all run at once', () => {
    const words = groupWords(groupView([first, second], { waves: [[first.key, second.key]] }));
    assert.equal(words.length, 2);
  });

  it('counts what nobody would read', () => {
    const tasks = Array.from({ length: 40 }, (_, index) => taskView(`T${index}`));
    const [, members = ''] = groupWords(groupView(tasks));
    assert.equal(members.split('\n').length, 13);
    assert.match(members, /- 28 more tasks$/);
  });
});

describe('the hover of a task', () => {
  it('tells its state, its subagent and why, what holds it back, and what it depends on', () => {
    const task = taskView('T3', {
      title: 'Sign in',
      appearance: 'blocked',
      detail: 'blocked by T2 (failed)',
      blockedBy: [{ key: second.key, id: 'T2', status: 'failed' }],
      dependencies: [
        { key: first.key, id: 'T1', status: 'completed' },
        { key: second.key, id: 'T2', status: 'in_progress' },
      ],
    });
    assert.deepEqual(taskWords(task), [
      '**T3 Sign in**',
      'Blocked · blocked by T2 \\(failed\\)',
      'Subagent backend\\-architect, detected from its words',
      'Held back by T2 (failed)',
      'Depends on T1 (completed), T2 (in progress)',
    ]);
  });

  it('tells the command of a task that runs one, and no subagent', () => {
    const words = taskWords(taskView('T1', { run: 'npm run build' }));
    assert.deepEqual(words.slice(2), ['Runs npm run build']);
  });

  it('reads nothing of its text as Markdown, HTML or a link', () => {
    const title = '<b>x</b> [a](command:x) https://example.org me@example.org `y` *z*';
    const [headline] = taskWords(taskView('T1', { title }));
    assert.equal(
      headline,
      '**T1 \\<b\\>x\\</b\\> \\[a\\]\\(command:x\\) https\\://example\\.org me\\@example\\.org \\`y\\` \\*z\\***',
    );
  });
});

describe('the hover of a dependency', () => {
  it('tells the task that it names, its state and its place', () => {
    assert.deepEqual(dependencyWords(second), [
      '**T2 Create the view**',
      'Waiting · backend\\-architect',
      'tasks\\.md:12',
    ]);
  });

  it('says so where it names none, or one of several', () => {
    assert.deepEqual(unknownWords('T9', false), ['No task has the id “T9”.']);
    assert.deepEqual(unknownWords('T9', true), [
      'Several plans have a task “T9”. Write it as *file*\\#T9.',
    ]);
  });
});

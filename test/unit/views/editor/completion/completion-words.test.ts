import assert from 'node:assert/strict';
import { asSourceId } from '../../../../../src/shared/ids.ts';
import {
  dependencyChoices,
  groupChoices,
} from '../../../../../src/views/editor/completion/completion-words.ts';
import { outlined, planOf } from '../../../../support/views/plan-text.ts';

const TASKS = `# Plan
- [ ] T1 [P:Group-auth] Create the model
- [ ] T2 [P:Group-AUTH] Create the view (depends on T1)
- [ ] T3 [P:Group-infra] Set up the server
`;
const OTHER = '- [ ] T1 [P:Group-docs] Write the manual\n- [ ] T9 [P:Group-auth] Draw\n';
const source = asSourceId('tasks.md');
const plan = planOf({ 'tasks.md': TASKS, 'other/todo.md': OTHER });
const own = outlined('tasks.md', TASKS);

describe('the groups that a marker may name', () => {
  it('are those of the document, then those of other plans', () => {
    const { items } = groupChoices(plan, own, undefined, source);
    assert.deepEqual(
      items.map(({ text, detail }) => [text, detail]),
      [
        ['[P:Group-auth]', '2 tasks'],
        ['[P:Group-infra]', '1 task'],
        ['[P:Group-docs]', 'of other/todo.md'],
      ],
    );
  });

  it('are those that the document has now, saved or not', () => {
    const now = outlined('tasks.md', '- [ ] T1 [P:Group-new] Create\n');
    const { items } = groupChoices(planOf({ 'tasks.md': TASKS }), now, undefined, source);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['new'],
    );
  });

  it('are not the half of a name that is being typed', () => {
    const typing = outlined('tasks.md', `${TASKS}- [ ] T4 [P:Group-in]\n`);
    const { items } = groupChoices(plan, typing, typing.tasks[3], source);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['auth', 'infra', 'docs'],
    );
  });
});

describe('the tasks that a task may depend on', () => {
  it('are those of its plan by id, then those of others by key, without itself and what it has', () => {
    const { items, complete } = dependencyChoices(plan, own, own.tasks[1], source, '');
    assert.equal(complete, true);
    assert.deepEqual(
      items.map(({ text, detail }) => [text, detail]),
      [
        ['T3', 'Set up the server'],
        ['other/todo.md#T1', 'Write the manual'],
        ['other/todo.md#T9', 'Draw'],
      ],
    );
  });

  it('still have the one that is being typed', () => {
    const { items } = dependencyChoices(plan, own, own.tasks[1], source, 'T1');
    assert.ok(items.some(({ text }) => text === 'T1'));
  });

  it('are narrowed by what is typed where there are thousands', () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `- [ ] T${index} Task`);
    const many = outlined('tasks.md', lines.join('\n'));
    const { items, complete } = dependencyChoices(planOf({}), many, undefined, source, 'T299');
    assert.equal(complete, false);
    assert.deepEqual(
      items.map(({ text }) => text),
      ['T299', ...Array.from({ length: 10 }, (_, digit) => `T299${digit}`)],
    );
  });
});

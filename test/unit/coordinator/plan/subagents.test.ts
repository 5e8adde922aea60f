import assert from 'node:assert/strict';
import { DEFAULT_SUBAGENT, subagentChooser } from '../../../../src/coordinator/plan/subagents.ts';

const choose = (title: string, configured = {}, description = '') =>
  subagentChooser(configured)({ subagent: null, title, description });

describe('the subagent of a task', () => {
  it('is the one that its source names', () => {
    const chosen = subagentChooser({})({ subagent: 'mine', title: 'React API', description: '' });
    assert.deepEqual(chosen, { subagent: 'mine', reason: 'metadata' });
  });

  const detected: readonly (readonly [title: string, subagent: string | null])[] = [
    ['Add the API', 'backend-architect'],
    ['Server start', 'backend-architect'],
    ['A React component', 'frontend-developer'],
    ['Polish the UI', 'frontend-developer'],
    ['Raise coverage with pytest', 'test-automator'],
    ['Security audit', 'security-auditor'],
    ['Write the auth-flow', 'security-auditor'],
    ['Schema migration', 'database-architect'],
    ['Database', 'backend-architect'],
    ['Database migration', 'database-architect'],
    ['API test', 'backend-architect'],
    ['api API api test coverage', 'test-automator'],
    ['Build the guide', null],
    ['rapid testing of components', null],
    ['user_api', null],
    ['', null],
  ];
  for (const [title, subagent] of detected) {
    it(`for “${title}” is ${subagent ?? 'the default'}`, () => {
      assert.deepEqual(
        choose(title),
        subagent === null
          ? { subagent: DEFAULT_SUBAGENT, reason: 'default' }
          : { subagent, reason: 'detected' },
      );
    });
  }

  it('is detected in the description as well', () => {
    assert.equal(choose('Do it', {}, 'with React').subagent, 'frontend-developer');
  });

  it('may be a configured one, before the table in a tie', () => {
    const configured = { 'api-person': { keywords: ['API', 'end to end', 'C++'] } };
    assert.equal(choose('The API', configured).subagent, 'api-person');
    assert.equal(choose('An end  to end check', configured).subagent, 'api-person');
    assert.equal(choose('Port to C++.', configured).subagent, 'api-person');
    assert.equal(choose('API of the server', configured).subagent, 'backend-architect');
    assert.equal(choose('Blend to endure', configured).reason, 'default');
  });

  it('has the configured keywords instead of the table’s where the names are equal', () => {
    const configured = { 'frontend-developer': { keywords: ['svelte'] }, silent: {} };
    assert.equal(choose('A svelte page', configured).subagent, 'frontend-developer');
    assert.equal(choose('A React page', configured).reason, 'default');
  });
});

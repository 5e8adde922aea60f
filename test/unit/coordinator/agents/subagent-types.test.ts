import assert from 'node:assert/strict';
import {
  roleOfSubagent,
  typeOfSubagent,
} from '../../../../src/coordinator/agents/subagent-types.ts';

describe('The type of a subagent', () => {
  for (const [name, type] of [
    ['backend-architect', 'coding'],
    ['frontend-developer', 'coding'],
    ['database-architect', 'coding'],
    ['test-automator', 'test'],
    ['security-auditor', 'review'],
    ['release-captain', 'coding'],
  ] as const) {
    it(`is ${type} for ${name}`, () => {
      assert.equal(typeOfSubagent({ subagents: {} }, name), type);
    });
  }

  it('is what the configuration says, whatever the name suggests', () => {
    const subagents = { 'test-automator': { type: 'monitor' } } as const;
    assert.equal(typeOfSubagent({ subagents }, 'test-automator'), 'monitor');
  });

  it('is not taken from what every object has', () => {
    assert.equal(typeOfSubagent({ subagents: {} }, 'constructor'), 'coding');
  });
});

describe('The role of a subagent', () => {
  for (const [name, role] of [
    ['backend-architect', 'drafter'],
    ['test-automator', 'validator'],
    ['security-auditor', 'validator'],
    ['release-captain', 'drafter'],
  ] as const) {
    it(`is ${role} for ${name}`, () => {
      assert.equal(roleOfSubagent({ subagents: {} }, name), role);
    });
  }

  it('follows the type that is configured, unless a role is', () => {
    const subagents = {
      watcher: { type: 'monitor' },
      critic: { type: 'review', role: 'judge' },
    } as const;
    assert.equal(roleOfSubagent({ subagents }, 'watcher'), 'validator');
    assert.equal(roleOfSubagent({ subagents }, 'critic'), 'judge');
  });
});

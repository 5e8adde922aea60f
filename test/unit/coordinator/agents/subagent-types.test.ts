import assert from 'node:assert/strict';
import {
  changesExpectedOf,
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

describe('Whether files are expected to change', () => {
  for (const [name, expected] of [
    ['backend-architect', true],
    ['test-automator', true],
    ['security-auditor', false],
    ['code-reviewer', false],
    ['Schema_Validator', false],
    ['reviewer', false],
    ['preview-designer', true],
    ['reviewer-tools', true],
  ] as const) {
    it(`is ${expected ? 'so' : 'not so'} for ${name}`, () => {
      assert.equal(changesExpectedOf({ subagents: {} }, name), expected);
    });
  }

  const configured = [
    ['which reviews', { type: 'review' }, false],
    ['which validates', { role: 'validator' }, false],
    ['which reviews and mends', { type: 'review', expectsChanges: true }, true],
    ['which codes, and need not', { type: 'coding', expectsChanges: false }, false],
    ['which monitors', { type: 'monitor' }, true],
  ] as const;
  for (const [title, subagent, expected] of configured) {
    it(`is as the configuration says of one ${title}`, () => {
      assert.equal(changesExpectedOf({ subagents: { own: subagent } }, 'own'), expected);
    });
  }

  it('is so for a reviewer by name that the configuration has code', () => {
    const subagents = { 'code-reviewer': { type: 'coding' } } as const;
    assert.equal(changesExpectedOf({ subagents }, 'code-reviewer'), true);
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

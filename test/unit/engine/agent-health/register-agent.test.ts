import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addAgent, removeAgent } from '../../../../src/engine/agent-health/register-agent.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('parallel-groups.json, when an agent is registered', () => {
  let root: string;
  let file: string;
  beforeEach(() => {
    root = temporaryDirectory();
    file = join(root, 'parallel-groups.json');
  });
  afterEach(() => removeDirectory(root));
  const text = (): string => readFileSync(file, 'utf8');

  it('is made where there is none', async () => {
    assert.equal((await addAgent(root, 'mine', ['mine', '--file', '{promptFile}'])).ok, true);
    assert.deepEqual(JSON.parse(text()), {
      agents: { mine: { command: ['mine', '--file', '{promptFile}'] } },
    });
  });

  it('keeps comments, order and indentation, and is as before once the agent is taken out', async () => {
    const before =
      '{\n\t// Few.\n\t"maxConcurrent": 2,\n\t"agents": {\n\t\t"a": {\n\t\t\t"command": [\n\t\t\t\t"a"\n\t\t\t]\n\t\t}\n\t},\n\t"agent": "a" // Ours.\n}\n';
    writeFileSync(file, before);
    assert.equal((await addAgent(root, 'b', ['b'])).ok, true);
    assert.match(text(), /\t\t"b": \{\n\t\t\t"command": \[\n\t\t\t\t"b"\n/);
    assert.match(text(), /\/\/ Few\.[\s\S]*\/\/ Ours\./);
    assert.deepEqual(await removeAgent(root, 'b'), { ok: true, value: true });
    assert.equal(text(), before);
  });

  it('registration: refuses a duplicate, and stays as it is', async () => {
    await addAgent(root, 'mine', ['first']);
    const before = text();
    const again = await addAgent(root, 'mine', ['second']);
    assert.equal(again.ok ? null : again.failure.code, 'AGENT_ALREADY_REGISTERED');
    assert.equal(text(), before);
  });

  for (const name of ['run', 'claude', 'copilot', '', '../x', 'a b', '-x']) {
    it(`takes no agent called ${JSON.stringify(name)}`, async () => {
      const added = await addAgent(root, name, ['x']);
      assert.equal(added.ok ? null : added.failure.code, 'TASK_VALIDATION_FAILED');
      assert.equal(existsSync(file), false);
    });
  }

  it('is not changed where it has a mistake', async () => {
    writeFileSync(file, '{ "agents": ');
    const added = await addAgent(root, 'mine', ['x']);
    assert.match(added.ok ? '' : added.failure.message, /has a mistake/);
    assert.equal(text(), '{ "agents": ');
  });

  it('has nothing to take out where the agent is not in it', async () => {
    assert.deepEqual(await removeAgent(root, 'mine'), { ok: true, value: false });
    assert.equal(existsSync(file), false);
  });
});

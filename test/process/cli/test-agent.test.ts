import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

const answer = z.object({
  agent: z.string(),
  passed: z.boolean(),
  command: z.array(z.string()),
  duration_ms: z.number(),
  usage: z.nullable(z.object({ output_tokens: z.number() })),
  failure: z.nullable(z.object({ reason: z.string(), message: z.string() })),
  exit_code: z.number(),
});
const fake = (...steps: string[]): object => ({
  command: [process.execPath, FAKE_AGENT, 'init', ...steps],
  events: 'claude',
});

describe('parallel-groups agents test', function () {
  this.timeout(120_000);
  let workspace: CliWorkspace;
  before(() => {
    const agents = {
      works: fake('says=I write it.', 'write=proof.txt:Parallel Groups was here.', 'ok'),
      signedout: fake('error=401'),
      waits: fake('says=I wait.', 'hang'),
    };
    workspace = new CliWorkspace({ 'parallel-groups.json': JSON.stringify({ agents }) });
  });
  after(() => workspace.dispose());

  it('runs no command of the workspace that is not approved', async () => {
    const refused = await workspace.json('agents', 'test', 'works');
    assert.equal(refused.exit, 2);
    assert.match(refused.stdout, /not_approved/);
    assert.equal((await workspace.run('agents', 'test', 'nobody')).exit, 2);
  });

  it('shows the command, then what the agent does, then that it works', async () => {
    const { exit, stdout, stderr } = await workspace.run('agents', 'test', 'works', '--yes');
    assert.equal(exit, 0, stderr);
    assert.match(
      stderr,
      /^Testing works in .*parallel-groups-self-test-.*\n {2}\S+ \S+fake-agent.mjs/,
    );
    assert.match(stderr, /\n {2}I write it\.\n/);
    assert.match(
      stdout,
      /^works works: it wrote proof\.txt \(\d+\.\d s, 130 tokens, \$0\.01\)\.$/m,
    );
  });

  it('says why an agent failed, also to programs, and remembers that it is not signed in', async () => {
    const { exit, json } = await workspace.json('agents', 'test', 'signedout', '--yes');
    assert.equal(exit, 1);
    const { passed, failure, command } = answer.parse(json);
    assert.equal(passed, false);
    assert.equal(failure?.reason, 'authentication');
    assert.equal(command[1], FAKE_AGENT);
    assert.match((await workspace.run('agents')).stdout, /signedout +not signed in/);
  });

  it('stops at Ctrl-C', async () => {
    const started = await workspace.start('agents', 'test', 'waits', '--yes');
    await eventually('the agent to be at work', () => started.stderr().includes('I wait.'));
    started.child.kill('SIGINT');
    const { exit, stdout } = await started.done;
    assert.equal(exit, 130);
    assert.equal(stdout, 'The test of waits was stopped.\n');
  });
});

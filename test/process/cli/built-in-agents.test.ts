import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const FAKE_CODEX = fileURLToPath(
  new URL('../../support/fake-agent/fake-codex.mjs', import.meta.url),
);
const metadata = z.object({
  results: z.array(
    z.object({
      task_id: z.string(),
      ok: z.boolean(),
      agent: z.nullable(z.string()),
      attempts: z.number(),
      usage: z.nullable(
        z.object({ cost_usd: z.nullable(z.number()), cost_estimated: z.optional(z.boolean()) }),
      ),
    }),
  ),
  warnings: z.array(z.string()),
});
const listed = z.object({
  agents: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      version: z.nullable(z.string()),
      untested: z.nullable(z.string()),
      sign_in: z.nullable(z.object({ seen: z.nullable(z.string()), how: z.string() })),
    }),
  ),
});

const PLAN = `
- [ ] T1 [P:Group-a] [fallback: codex] Write it, codex: 1
  fake: init ; error=401 ; exit=1
- [ ] T2 [P:Group-a] [Subagent: gemini] [fallback: opencode, codex] Write more, codex: 2
- [ ] T3 [P:Group-a] [Subagent: claude] Write what is left
  fake: init ; edit=three.txt ; ok
`;
const CONFIG = {
  prices: { codex: { inputPerMTok: 100, outputPerMTok: 1000 } },
  test: { command: ['true'] },
};

describe('the built-in agents, by their names alone', function () {
  this.timeout(120_000);
  let programs: string;
  let workspace: CliWorkspace;
  before(function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows cannot start scripts by their first line');
    }
    programs = temporaryDirectory();
    program('claude', FAKE_AGENT);
    program('codex', FAKE_CODEX);
    const home = join(programs, 'home');
    mkdirSync(home);
    workspace = new CliWorkspace(
      { 'tasks.md': PLAN, 'parallel-groups.json': JSON.stringify(CONFIG) },
      // Programs of the machine that this runs on are not to be found.
      { HOME: home, PATH: [programs, '/usr/bin', '/bin'].join(delimiter), CODEX_API_KEY: 'none' },
    );
  });
  after(() => {
    workspace.dispose();
    removeDirectory(programs);
  });

  function program(name: string, script: string): void {
    const file = join(programs, name);
    writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    chmodSync(file, 0o755);
  }

  it('are listed with their versions, whether those were tested, and where a sign-in was seen', async () => {
    const { agents } = listed.parse((await workspace.json('agents')).json);
    const known = new Map(agents.map((agent) => [agent.id, agent]));
    assert.deepEqual(
      ['claude', 'codex', 'gemini', 'opencode', 'copilot'].map((id) => known.get(id)?.state),
      ['available', 'available', 'not_installed', 'not_installed', 'not_installed'],
    );
    assert.deepEqual(
      [known.get('claude')?.version, known.get('claude')?.untested],
      ['2.1.0', null],
    );
    assert.match(known.get('codex')?.untested ?? '', /Codex 7\.0\.1 has not been tested/);
    assert.equal(known.get('codex')?.sign_in?.seen, 'CODEX_API_KEY');
    assert.match(known.get('gemini')?.sign_in?.how ?? '', /GEMINI_API_KEY/);
  });

  it('carry tasks out, each in the place of another that cannot: signed out, or not installed', async () => {
    const run = await workspace.json('execute', '--group-id', 'a', '--yes');
    const { results, warnings } = metadata.parse(run.json);
    const words = run.stderr + JSON.stringify(results);
    assert.deepEqual(
      results.map(({ task_id, ok, agent, attempts }) => [task_id, ok, agent, attempts]),
      [
        ['T1', true, 'codex', 2],
        ['T2', true, 'codex', 1],
        ['T3', true, 'claude', 1],
      ],
      words,
    );
    assert.match(warnings.join('\n'), /T2: Gemini CLI \(gemini\) was not found\. Install it with/);
    assert.match(warnings.join('\n'), /T2: OpenCode \(opencode\) was not found/);
    assert.equal(
      warnings.filter((each) => each.includes('Codex 7.0.1 has not been tested')).length,
      1,
    );
    assert.equal(warnings.filter((each) => each.includes('has not been tested')).length, 1);
  });

  it('have their cost estimated where they count tokens alone, and say so', async () => {
    const { results } = metadata.parse((await workspace.json('status', '--group-id', 'a')).json);
    assert.deepEqual(
      results.map(({ usage }) => [usage?.cost_usd?.toFixed(2), usage?.cost_estimated ?? false]),
      [
        ['0.20', true],
        ['0.20', true],
        [results[2]?.usage?.cost_usd?.toFixed(2), false],
      ],
    );
  });
});

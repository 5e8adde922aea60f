import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suiteSpecSchema } from '../../../../src/coordinator/schema/run-spec.ts';
import {
  type RefreshOptions,
  resolveRefresh,
} from '../../../../src/verification/summary/resolve-refresh.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the context refresh before a run', () => {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    mkdirSync(join(directory, 'workspace'));
    mkdirSync(join(directory, 'home'));
  });
  afterEach(() => removeDirectory(directory));

  const builtIn = { kind: 'argv', argv: ['node', 'runner.js', '--summary'] } as const;
  const plan = (options: Partial<RefreshOptions>) =>
    resolveRefresh({
      workspaceRoot: join(directory, 'workspace'),
      home: join(directory, 'home'),
      configured: null,
      timeoutMs: 120_000,
      claudePath: null,
      builtIn: { ...builtIn, argv: [...builtIn.argv] },
      ...options,
    });
  const defineSummary = (place: 'workspace' | 'home') => {
    const folder = join(directory, place, '.claude', 'commands', 'flow');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'summary.md'), '');
  };

  it('is what a person configured, before everything else', async () => {
    defineSummary('workspace');
    assert.deepEqual(await plan({ configured: ['make', 'context'], claudePath: '/bin/claude' }), {
      command: { kind: 'argv', argv: ['make', 'context'] },
      timeoutMs: 120_000,
      label: 'make context',
      parser: 'none',
    });
  });

  for (const place of ['workspace', 'home'] as const) {
    it(`is Claude's summary where that is defined in the ${place}`, async () => {
      defineSummary(place);
      const { command, parser } = await plan({ claudePath: '/bin/claude' });
      assert.deepEqual(command, { kind: 'argv', argv: ['/bin/claude', '-p', '/flow:summary'] });
      assert.equal(parser, 'none');
    });
  }

  it('is our own summary where Claude is not installed', async () => {
    defineSummary('workspace');
    assert.deepEqual((await plan({})).command, builtIn);
  });

  it('is our own summary where Claude has no such command', async () => {
    const refresh = await plan({ claudePath: '/bin/claude' });
    assert.deepEqual([refresh.command, refresh.parser], [builtIn, 'built-in']);
    assert.deepEqual(suiteSpecSchema.parse(refresh), refresh);
  });
});

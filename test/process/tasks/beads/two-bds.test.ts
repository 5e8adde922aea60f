import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BeadsPlan } from '../../../../src/tasks/beads/beads-plan.ts';
import { databaseState } from '../../../../src/tasks/beads/database-state.ts';
import { useEmptyHome } from '../../../support/beads/home.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const run = promisify(execFile);
/** Paths of a bd 1.0.5 and of a bd 1.3.0; `bd-versions.test.ts` has what they print, for a machine with one of them. */
const { PARALLEL_GROUPS_BD_1_0: older = '', PARALLEL_GROUPS_BD_1_3: newer = '' } = process.env;

describe('two real versions of bd', function () {
  this.timeout(120_000);
  let root: string;
  let restore: () => void;
  before(function () {
    if (older === '' || newer === '') {
      skip(
        this,
        'PARALLEL_GROUPS_BD_1_0 and PARALLEL_GROUPS_BD_1_3 do not name a bd 1.0.5 and a bd 1.3.0',
      );
    }
  });
  beforeEach(() => {
    root = temporaryDirectory();
    restore = useEmptyHome(root);
  });
  afterEach(() => {
    restore();
    removeDirectory(root);
  });

  const open = (workspaceRoot: string, bd: string) =>
    new BeadsPlan({ workspaceRoot, place: '.beads', mayRun: () => true, bd });
  const made = async (bd: string): Promise<string> => {
    const cwd = join(root, 'workspace');
    mkdirSync(cwd);
    await run('git', ['init', '--quiet'], { cwd });
    const quietly = ['--quiet', '--non-interactive', '--skip-agents', '--skip-hooks'];
    await run(bd, ['init', '--prefix', 'bd', ...quietly], { cwd });
    await run(bd, ['create', 'One', '--id', 'bd-1'], { cwd });
    return cwd;
  };
  const problems = async (plan: BeadsPlan): Promise<readonly string[]> =>
    ((await plan.read())?.problems ?? []).map(({ code, message }) => `${code}: ${message}`);

  it('the newer one does not migrate the older one’s database, and reads it after bd migrate', async () => {
    const cwd = await made(older);
    const { signature } = await databaseState(join(cwd, '.beads'));
    const plan = open(cwd, newer);
    const [problem] = await problems(plan);
    assert.match(
      problem ?? '',
      /^beads-too-new: bd 1\.3\.0 is too new for the database of bd 1\.0\.5: .* 49, .* 66\./,
    );
    const added = await plan.add(['Two'], null);
    assert.ok(!added.ok);
    assert.equal((await databaseState(join(cwd, '.beads'))).signature, signature);
    assert.deepEqual(await problems(open(cwd, older)), []);
    await run(newer, ['migrate'], { cwd });
    const read = await plan.read();
    assert.deepEqual([read?.tasks.map(({ id }) => id), read?.problems], [['bd-1'], []]);
  });

  it('the older one opens the newer one’s database, with a warning, even after it noted itself', async () => {
    const cwd = await made(newer);
    const plan = open(cwd, older);
    const warning = /^beads-too-old: bd 1\.0\.5 is older than bd 1\.3\.0, /;
    assert.match((await problems(plan))[0] ?? '', warning);
    assert.match((await problems(open(cwd, older)))[0] ?? '', warning);
    assert.deepEqual(await problems(open(cwd, newer)), []);
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { BeadsPlan } from '../../../../src/tasks/beads/beads-plan.ts';
import { type FakeBd, fakeBd } from '../../../support/beads/fake-bd.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

/** The error of bd 1.3.0 for a database of bd 1.0.5, as recorded. */
const DATABASE_IS_OLDER =
  'Error: failed to open database: schema version mismatch: database is at v49, binary expects v66, and the read-only open cannot migrate it; run any bd write command in that workspace to migrate, or set BD_IGNORE_SCHEMA_SKEW=1 to read anyway (queries touching newer schema may fail)';
/** The error of bd 1.2.2 for a database of bd 1.2.1, from its release notes, in the format of its source code. */
const BD_IS_OLDER = {
  error:
    'schema version mismatch: database is at v65, binary knows up to v53 (12 migrations ahead)',
  hint: 'BD_IGNORE_SCHEMA_SKEW=1 bd <command>  or  bd --ignore-schema-skew <command>',
  schema_skew: { current_version: 65, required_version: 53, delta: 12 },
  schema_version: 1,
};
/** The output of `bd migrate --inspect` of bd 1.0.5 for a database of bd 1.3.0, as recorded. */
const INSPECTED_BY_OLDER = `
Migration Inspection
====================
Schema Version: 1.3.0
Issue Count: 1
Registered Migrations: 0

Warnings:
  ⚠ schema version mismatch (current: 1.3.0, expected: 1.0.5)
`;
const ONE = `{ id: 'bd-1', title: 'One' }`;

describe('a bd of another version than its database', function () {
  this.timeout(60_000);
  let root: string;
  let fake: FakeBd;
  let plan: BeadsPlan;

  before(function () {
    if (process.platform === 'win32') {
      skip(this, 'the program in the place of bd is a script, which Windows does not start');
    }
  });
  beforeEach(() => {
    root = temporaryDirectory();
    fake = fakeBd(root, `print([${ONE}]);`);
    mkdirSync(join(root, '.beads', 'embeddeddolt', 'bd', '.dolt', 'noms'), { recursive: true });
    writeFileSync(join(root, '.beads', 'metadata.json'), '{"dolt_mode":"embedded"}');
    plan = new BeadsPlan({
      workspaceRoot: root,
      place: '.beads',
      mayRun: () => true,
      bd: fake.path,
    });
  });
  afterEach(() => removeDirectory(root));

  const usedBy = (version: string) =>
    writeFileSync(join(root, '.beads', '.local_version'), `${version}\n`);
  /** Refuses every call that opens the database. */
  const refuses = (version: string, text: string) =>
    fake.become(`
      if (args[0] === 'version') print({ version: '${version}', schema_version: 1 });
      else { console.error(${JSON.stringify(text)}); process.exit(1); }`);
  const read = async () => {
    const { tasks, problems } = (await plan.read()) ?? { tasks: [], problems: [] };
    return {
      ids: tasks.map(({ id }) => id),
      problems: problems.map(({ severity, code }) => `${severity} ${code}`),
      message: problems[0]?.message ?? '',
    };
  };
  const claim = () =>
    plan.write({ source: asSourceId('.beads'), id: 'bd-1', fingerprint: 'one' }, 'in_progress');

  it('names both versions and the remedy where the database is older', async () => {
    usedBy('1.0.5');
    refuses('1.3.0', DATABASE_IS_OLDER);
    assert.deepEqual(await read(), {
      ids: [],
      problems: ['error beads-too-new'],
      message:
        'bd 1.3.0 is too new for the database of bd 1.0.5: the schema of the database has version 49, and this bd needs 66. The issues in .beads are not shown. Run “bd migrate” in its folder, after which an older bd can no longer use the database, or set parallelGroups.bdPath to the older bd.',
    });
  });

  it('names both versions and the remedy where bd is older', async () => {
    usedBy('1.2.1');
    refuses('1.2.2', JSON.stringify(BD_IS_OLDER));
    const now = await read();
    assert.deepEqual(now.problems, ['error beads-too-old']);
    assert.match(
      now.message,
      /^bd 1\.2\.2 is too old for the database of bd 1\.2\.1: .* has version 65, and this bd knows versions up to 53\. .*Update beads, or set parallelGroups\.bdPath to a newer bd/,
    );
  });

  it('names what is known where bd does not say its version', async () => {
    fake.become(`console.error(${JSON.stringify(DATABASE_IS_OLDER)}); process.exit(1);`);
    assert.match((await read()).message, /^bd is too new for the database: /);
  });

  it('keeps the last answer, and neither claims nor creates: that would migrate the database', async () => {
    await plan.read();
    usedBy('1.0.5');
    refuses('1.3.0', DATABASE_IS_OLDER);
    const now = await read();
    assert.deepEqual([now.ids, now.problems], [['bd-1'], ['error beads-too-new']]);
    const claimed = await claim();
    assert.ok(!claimed.ok);
    assert.equal(claimed.failure.reason, 'unwritable');
    assert.match(
      claimed.failure.message,
      /^“bd-1” was not claimed\. bd is too new for the database: .* Run “bd migrate”/,
    );
    const added = await plan.add(['Fix a'], null);
    assert.ok(!added.ok);
    assert.match(added.failure, /^Nothing was added\. bd is too new .* Run “bd migrate”/);
    assert.ok(!fake.calls().some((call) => ['update', 'create'].includes(call)));
  });

  it('opens an embedded database read-only to read it', async () => {
    fake.become(`
      if (args[0] === 'list' && !args.includes('--readonly')) process.exit(1);
      print([${ONE}]);`);
    assert.deepEqual(await read(), { ids: ['bd-1'], problems: [], message: '' });
  });

  it('warns where an older bd opens the database all the same, and asks once for each bd', async () => {
    usedBy('1.3.0');
    fake.become(`
      if (args[0] === 'migrate') process.stdout.write(${JSON.stringify(INSPECTED_BY_OLDER)});
      else print([${ONE}]);`);
    const message =
      'bd 1.0.5 is older than bd 1.3.0, which made or migrated this database: changes to its issues can fail. Update beads, or set parallelGroups.bdPath to a newer bd (`bd version` says which one runs), then refresh.';
    const warned = { ids: ['bd-1'], problems: ['warning beads-too-old'], message };
    assert.deepEqual(await read(), warned);
    assert.deepEqual(await read(), warned);
    assert.deepEqual(fake.calls(), ['list', 'migrate', 'list']);
    fake.become(`print([${ONE}]);`);
    usedBy('1.3.1');
    assert.deepEqual(await read(), { ids: ['bd-1'], problems: [], message: '' });
  });

  it('leaves alone which issue a person touched last', async () => {
    const touched = join(root, '.beads', 'last-touched');
    writeFileSync(touched, 'bd-7\n');
    fake.become(`
      if (args[0] === 'update') writeFileSync('.beads/last-touched', 'bd-1\\n');
      print([${ONE}]);`);
    assert.ok((await claim()).ok);
    assert.equal(readFileSync(touched, 'utf8'), 'bd-7\n');
  });
});

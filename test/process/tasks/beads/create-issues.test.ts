import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { BeadsPlan } from '../../../../src/tasks/beads/beads-plan.ts';
import { type FakeBd, fakeBd } from '../../../support/beads/fake-bd.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

/** Makes bd-1, bd-2, … of what it is told, and refuses a title that says so. */
const CREATES = `
const file = process.argv[1] + '.made';
const made = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const title = args.at(-1).replace('--title=', '');
if (title === 'refused') {
  print({ error: 'the database is read-only' });
  process.exit(1);
}
const label = args.find((arg) => arg.startsWith('--labels=')) ?? null;
made.push({ command: args[0], label, title });
writeFileSync(file, JSON.stringify(made));
print({ id: 'bd-' + made.length, title });
`;

describe('tasks that are added to beads', () => {
  let root: string;
  let fake: FakeBd;
  beforeEach(() => {
    root = temporaryDirectory();
    fake = fakeBd(root, CREATES);
  });
  afterEach(() => removeDirectory(root));

  const open = (mayRun = true): BeadsPlan =>
    new BeadsPlan({ workspaceRoot: root, place: '.beads', mayRun: () => mayRun, bd: fake.path });
  const made = async (): Promise<unknown> => {
    return JSON.parse(await readFile(`${fake.path}.made`, 'utf8'));
  };

  it('are made by bd create, with the label of their group, whatever they are called', async () => {
    const added = await open().add(['Fix a', '--force'], 'login');
    assert.deepEqual(added, { ok: true, value: ['bd-1', 'bd-2'] });
    const shared = { command: 'create', label: '--labels=parallel:login' };
    assert.deepEqual(await made(), [
      { ...shared, title: 'Fix a' },
      { ...shared, title: '--force' },
    ]);
  });

  it('have no label where their group has none', async () => {
    await open().add(['Fix a'], null);
    assert.deepEqual(await made(), [{ command: 'create', label: null, title: 'Fix a' }]);
  });

  it('say which were made before one was refused', async () => {
    const added = await open().add(['Fix a', 'refused', 'Fix b'], null);
    assert.match(added.ok ? '' : added.failure, /“refused” was not added\. .*read-only.* bd-1\.$/);
  });

  it('are none where bd may not be started', async () => {
    const added = await open(false).add(['Fix a'], null);
    assert.match(added.ok ? '' : added.failure, /Restricted Mode.*Trust this folder/);
    assert.deepEqual(fake.calls(), []);
  });
});

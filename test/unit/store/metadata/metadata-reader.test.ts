import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listMetadata, readMetadata } from '../../../../src/store/metadata/metadata-reader.ts';
import { must } from '../../../support/store/journals.ts';
import { groupMetadata } from '../../../support/store/metadata.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

/** As the tool writes it that the schema comes from. */
const FOREIGN = {
  group_id: 'infra',
  group_name: 'Group infra',
  phase: 'completed',
  tasks: ['t1'],
  created_at: '2025-01-01T00:00:00',
  status: 'completed',
  results: [{ task_id: 't1', status: 'completed', output: { custom: true } }],
  errors: [],
  something_else: 1,
};

describe('reading metadata', () => {
  let workspace: string;
  beforeEach(() => (workspace = temporaryDirectory()));
  afterEach(() => removeDirectory(workspace));

  function put(path: string, content: unknown): string {
    const file = join(workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  it('of a group that has none gives none', async () => {
    assert.equal(must(await readMetadata(workspace)), null);
    assert.deepEqual(await listMetadata(workspace), { listed: [], problems: [] });
  });

  it('lists ours, then other tools’ with all they say, which are not to be changed', async () => {
    const b = put('.parallel-groups/groups/b/metadata.json', groupMetadata({ group_id: 'b' }));
    const a = put('.parallel-groups/groups/a/metadata.json', groupMetadata({ group_id: 'a' }));
    const theirs = put('.flow/maestro/parallel_groups/infra/metadata.json', FOREIGN);
    const { listed, problems } = await listMetadata(workspace);
    assert.deepEqual(
      listed.map(({ file, readOnly }) => [file, readOnly]),
      [
        [a, false],
        [b, false],
        [theirs, true],
      ],
    );
    assert.deepEqual(listed[2]?.metadata, FOREIGN);
    assert.deepEqual(problems, []);
  });

  it('names what cannot be understood, and lists the others', async () => {
    const bad = put('.parallel-groups/groups/a/metadata.json', '{"group_id":');
    const odd = put('.parallel-groups/groups/b/metadata.json', { ...FOREIGN, tasks: 'all' });
    put('.parallel-groups/groups/c/metadata.json', groupMetadata());
    const { listed, problems } = await listMetadata(workspace);
    assert.equal(listed.length, 1);
    assert.equal(problems.length, 2);
    assert.ok(problems[0]?.startsWith(`${bad} is not JSON`));
    assert.ok(problems[1]?.includes(`${odd} has another form than expected (tasks`), problems[1]);
  });
});

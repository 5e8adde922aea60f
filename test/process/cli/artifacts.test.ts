import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const shown = z.looseObject({
  report: z.string(),
  results: z.array(
    z.looseObject({
      task_id: z.string(),
      summary: z.nullable(z.string()),
      artifacts: z.looseObject({
        files: z.optional(z.array(z.string())),
        directory: z.optional(z.string()),
      }),
    }),
  ),
});

/** Appends its task to a shared file, makes one of its own, and leaves a result that names good and bad paths. */
const WRITER = `
  import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
  const id = process.argv[2];
  appendFileSync('shared.txt', id + '\\n');
  mkdirSync('src', { recursive: true });
  writeFileSync('src/' + id + '.txt', 'made by ' + id + '\\n');
  if (id === 'T1') {
    writeFileSync(process.argv[3].replace('result.json', 'notes.txt'), 'beside the result');
    symlinkSync('/etc/hostname', 'src/link');
    writeFileSync(process.argv[3], JSON.stringify({
      summary: 'Made a | file.',
      artifacts: {
        file: 'src/T1.txt', note: { path: 'notes.txt' }, words: 'npm test',
        out: '../outside.txt', link: 'src/link', ours: '.parallel-groups/.gitignore',
      },
    }));
  }`;

describe('what a run of agents made', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  let run: z.infer<typeof shown>;
  before(async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        '- [ ] T1 [P:Group-a] Write\n- [ ] T2 [P:Group-a] (depends on T1) Write more\n- [ ] T3 [P:Group-a] (depends on T2) Nothing\n  `run: true`\n',
      'shared.txt': 'start\n',
      'writer.mjs': WRITER,
      'parallel-groups.json': JSON.stringify({
        agent: 'writer',
        agents: { writer: { command: ['node', 'writer.mjs', '{taskId}', '{resultFile}'] } },
      }),
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.deepEqual(fates(metadataIn(finished)), {
      T1: 'completed',
      T2: 'completed',
      T3: 'completed',
    });
    run = shown.parse(finished.json);
  });
  after(() => {
    workspace.dispose();
  });
  const directoryOf = (id: string): string | null =>
    run.results.find(({ task_id }) => task_id === id)?.artifacts.directory ?? null;
  const read = (id: string, file: string): string => {
    const directory = directoryOf(id);
    assert.ok(directory !== null);
    return readFileSync(join(directory, file), 'utf8');
  };

  it('is collected where --json says, for tasks that made something and for no others', () => {
    assert.ok(directoryOf('T1'));
    assert.ok(directoryOf('T2'));
    assert.equal(directoryOf('T3'), null);
    assert.deepEqual(run.results[1]?.artifacts.files, ['shared.txt', 'src/T2.txt']);
  });

  it('has a patch of tracked and of new files, as they were when the task was proven', () => {
    const patch = read('T1', 'changes.patch');
    assert.match(patch, /^\+\+\+ b\/src\/T1\.txt$/m);
    assert.match(patch, /^\+made by T1$/m);
    assert.match(patch, /^ start\n\+T1$/m);
    assert.doesNotMatch(patch, /\+T2/);
  });

  it('has a patch that git can apply to what was there before', () => {
    const directory = directoryOf('T1');
    assert.ok(directory !== null);
    const clone = join(workspace.root, '..', 'clone');
    execFileSync('git', ['clone', '--quiet', workspace.root, clone]);
    execFileSync('git', ['apply', join(directory, 'changes.patch')], { cwd: clone });
    assert.equal(readFileSync(join(clone, 'src', 'T1.txt'), 'utf8'), 'made by T1\n');
    assert.equal(readFileSync(join(clone, 'shared.txt'), 'utf8'), 'start\nT1\n');
  });

  it('says of a file that several tasks changed that they did', () => {
    assert.match(read('T2', 'notes.md'), /^- shared\.txt was changed by T1 too;/m);
    assert.match(read('T1', 'changes.patch'), /^- shared\.txt was changed by T2 too;/m);
  });

  it('has copies of the files that its result names, from the workspace and the attempt', () => {
    assert.equal(read('T1', 'files/src/T1.txt'), 'made by T1\n');
    assert.equal(read('T1', 'files/notes.txt'), 'beside the result');
    assert.match(read('T1', 'result.json'), /"words": "npm test"/);
  });

  it('leaves out what leads elsewhere, and says so', () => {
    const notes = read('T1', 'notes.md');
    assert.match(notes, /^- \.\.\/outside\.txt was not copied: it leads out of the workspace\.$/m);
    assert.match(
      notes,
      /^- src\/link was not copied: it leads to a place that is not for results/m,
    );
    assert.match(notes, /^- \.parallel-groups\/\.gitignore was not copied/m);
    const directory = directoryOf('T1') ?? '';
    assert.equal(existsSync(join(directory, 'files', 'src', 'link')), false);
    assert.equal(existsSync(join(directory, 'files', '.parallel-groups')), false);
  });

  it('is told in a report, with links that lead to it', () => {
    const report = readFileSync(run.report, 'utf8');
    assert.match(report, /^# a: completed$/m);
    assert.match(report, /^\| T1 Write \| completed \| writer \| 1 \| .* \| \d \|$/m);
    assert.match(report, /^> Made a \\\| file\.$/m);
    for (const [, link = ''] of report.matchAll(/\]\(<(.*)>\)/g)) {
      assert.ok(existsSync(join(run.report, '..', decodeURI(link))), link);
    }
    assert.match(report, /changes\.patch/);
  });
});

import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { findReport } from '../../../../src/engine/artifacts/find-report.ts';
import { writeNotes } from '../../../../src/engine/artifacts/notes.ts';
import { reportFile, taskArtifacts } from '../../../../src/store/artifacts/artifact-directory.ts';
import { acquireLock } from '../../../../src/store/lock/group-lock.ts';
import { ownIdentity } from '../../../../src/system/processes/process-identity.ts';
import { keyOf, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const story: readonly RunEventBody[] = [
  { type: 'attempt.requested', task: keyOf('T1'), attempt: 1, choice: 0 },
];

describe('the report of a run that is over', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(() => removeDirectory(root));
  const run = recordedRun(runPlan(['T1']), story);
  const directories = (): readonly [string, string] => [join(root, 'run'), join(root, 'group')];

  it('is the one that was written', async () => {
    const [runDirectory, group] = directories();
    await mkdir(join(runDirectory, 'artifacts'), { recursive: true });
    await writeFile(reportFile(runDirectory), 'as it was written');
    assert.equal(await findReport(run, runDirectory, group), reportFile(runDirectory));
    assert.equal(readFileSync(reportFile(runDirectory), 'utf8'), 'as it was written');
  });

  it('is waited for while somebody holds the run and writes it', async () => {
    const [runDirectory, group] = directories();
    await mkdir(group, { recursive: true });
    const request = { identity: await ownIdentity(), label: 'test', at: 0, takeFrom: null };
    const lock = await acquireLock(group, request);
    assert.ok(lock.ok);
    const found = findReport(run, runDirectory, group);
    await mkdir(join(runDirectory, 'artifacts'), { recursive: true });
    assert.equal(existsSync(reportFile(runDirectory)), false);
    await writeFile(reportFile(runDirectory), 'just in time');
    assert.equal(readFileSync(await found, 'utf8'), 'just in time');
    lock.value.release();
  });

  it('is written by whoever looks for it, with the notes of its tasks, where its process was killed before', async () => {
    const [runDirectory, group] = directories();
    await writeNotes(taskArtifacts(runDirectory, keyOf('T1')), ['../outside.txt was not copied.']);
    const text = readFileSync(await findReport(run, runDirectory, group), 'utf8');
    assert.match(text, /T1/);
    assert.match(text, /outside\.txt was not copied/);
  });
});

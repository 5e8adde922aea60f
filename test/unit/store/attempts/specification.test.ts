import { strict as assert } from 'node:assert';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asTaskKey } from '../../../../src/shared/ids.ts';
import {
  attemptDirectory,
  attemptFiles,
} from '../../../../src/store/attempts/attempt-directory.ts';
import {
  NO_PROMPT,
  prepareAttempt,
  readSpec,
} from '../../../../src/store/attempts/specification.ts';
import { sha256Hex } from '../../../../src/system/hash.ts';
import { attemptSpec } from '../../../support/attempts.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('an attempt’s specification', () => {
  let root: string;
  let directory: string;
  beforeEach(() => {
    root = temporaryDirectory();
    directory = attemptDirectory(root, asTaskKey('tasks.md#T1'), 1);
  });
  afterEach(() => removeDirectory(root));

  it('is read back as it was prepared, with its prompt', async () => {
    const spec = attemptSpec(root);
    const hashes = await prepareAttempt(directory, spec, 'Do it: ünïcode\r\n');
    const read = readSpec(directory, hashes);
    assert.deepEqual(read, { ok: true, value: { spec, prompt: 'Do it: ünïcode\r\n' } });
  });

  it('has no prompt where none was prepared', async () => {
    const hashes = await prepareAttempt(directory, attemptSpec(root), null);
    assert.equal(hashes.promptHash, NO_PROMPT);
    const read = readSpec(directory, hashes);
    assert.equal(read.ok && read.value.prompt, null);
  });

  it('is refused when a byte of it was changed', async () => {
    const hashes = await prepareAttempt(directory, attemptSpec(root), 'prompt');
    appendFileSync(attemptFiles(directory).spec, ' ');
    const read = readSpec(directory, hashes);
    assert.match(read.ok ? '' : read.failure, /attempt\.json was changed after it was approved/);
  });

  it('is refused when the prompt was changed', async () => {
    const hashes = await prepareAttempt(directory, attemptSpec(root), 'prompt');
    writeFileSync(attemptFiles(directory).prompt, 'Prompt');
    const read = readSpec(directory, hashes);
    assert.match(read.ok ? '' : read.failure, /prompt\.md was changed/);
  });

  it('is refused when it has the right hash but not the right shape', async () => {
    const text = JSON.stringify({ ...attemptSpec(root), attempt: 0 });
    await prepareAttempt(directory, attemptSpec(root), null);
    writeFileSync(attemptFiles(directory).spec, text);
    const read = readSpec(directory, { specHash: sha256Hex(text), promptHash: NO_PROMPT });
    assert.match(read.ok ? '' : read.failure, /not an attempt that this version understands/);
  });

  it('is refused when it is not there', () => {
    const read = readSpec(join(root, 'nowhere'), { specHash: 'x', promptHash: NO_PROMPT });
    assert.match(read.ok ? '' : read.failure, /cannot be read/);
  });

  it('keeps attempts of different tasks and checks apart', () => {
    const directories = [
      attemptDirectory(root, asTaskKey('tasks.md#T1'), 1),
      attemptDirectory(root, asTaskKey('tasks.md#t1'), 1),
      attemptDirectory(root, asTaskKey('tasks.md#T1'), 2),
      attemptDirectory(root, 'tests', 1),
    ].map((each) => each.toLowerCase());
    assert.equal(new Set(directories).size, 4);
  });
});

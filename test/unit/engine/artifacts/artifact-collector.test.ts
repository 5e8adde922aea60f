import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { ArtifactCollector } from '../../../../src/engine/artifacts/artifact-collector.ts';
import { reportFile, taskArtifacts } from '../../../../src/store/artifacts/artifact-directory.ts';
import { keyOf, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';
import { agentResult } from '../../../support/coordinator/results.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const left = agentResult({ artifacts: { secret: '../outside.txt' } });
const story: readonly RunEventBody[] = [
  { type: 'attempt.requested', task: keyOf('T1'), attempt: 1, choice: 0 },
  { type: 'result.received', task: keyOf('T1'), attempt: 1, result: left },
];

describe('what a run made, collected', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(() => removeDirectory(root));
  const keeper = (run: RunState, mine = true): ArtifactCollector =>
    new ArtifactCollector({
      run,
      runDirectory: join(root, 'run'),
      workspaceRoot: root,
      lock: { isStillMine: () => Promise.resolve(mine) },
    });

  it('keeps what was found out before another coordinator took the run up', async () => {
    const run = recordedRun(runPlan(['T1']), story);
    const record = run.tasks.get(keyOf('T1'));
    assert.ok(record);
    await keeper(run).proven(record, []);
    await keeper(recordedRun(runPlan(['T1']), story)).finish();
    const note = '../outside.txt was not copied: it leads out of the workspace.';
    const directory = taskArtifacts(join(root, 'run'), keyOf('T1'));
    assert.equal(readFileSync(join(directory, 'notes.md'), 'utf8'), `- ${note}\n`);
    assert.match(readFileSync(reportFile(join(root, 'run')), 'utf8'), /was not copied/);
  });

  it('is left alone once another coordinator has the run', async () => {
    await keeper(recordedRun(runPlan(['T1']), story), false).finish();
    assert.equal(existsSync(join(root, 'run')), false);
  });

  it('has a report and nothing else where tasks left nothing', async () => {
    const run = recordedRun(runPlan(['T1']), story.slice(0, 1));
    await keeper(run).finish();
    assert.ok(existsSync(reportFile(join(root, 'run'))));
    assert.equal(existsSync(taskArtifacts(join(root, 'run'), keyOf('T1'))), false);
  });
});

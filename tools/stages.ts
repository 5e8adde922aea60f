// Runs the steps of `npm test` and of `.ci/run`, and prints what came of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, type Outcome, runStep, type Step } from './step.ts';
import { addUp } from './summary.ts';
import type { Totals } from './totals.ts';

/**
 * The steps of one lane run one after another. The lanes of a stage run in parallel, so that no core is idle. The
 * stages run one after another.
 */
export type Lane = readonly Step[];

/** Runs the steps, prints one line for each below `heading`, and returns their totals. */
export async function runStages(
  stages: readonly (readonly Lane[])[],
  heading: string,
): Promise<Totals> {
  const outcomes: Outcome[] = [];
  const folder = await mkdtemp(path.join(tmpdir(), 'pg'));
  try {
    for (const stage of stages) {
      outcomes.push(...(await runStage(stage, folder)));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n━━ ${heading} ${'━'.repeat(60 - heading.length)}`);
  for (const outcome of outcomes) {
    console.log(describe(outcome));
  }
  return addUp(outcomes);
}

/** Returns the outcomes in the order of the lanes. The output of lanes in parallel is shown at the end of each step. */
async function runStage(stage: readonly Lane[], folder: string): Promise<readonly Outcome[]> {
  const alone = stage.length === 1;
  const lanes = stage.map(async (lane) => {
    const outcomes: Outcome[] = [];
    for (const step of lane) {
      if (!alone) {
        console.log(`… ${step.title}`);
      }
      outcomes.push(await runStep(step, { folder, output: alone ? 'as it comes' : 'at its end' }));
    }
    return outcomes;
  });
  return (await Promise.all(lanes)).flat();
}

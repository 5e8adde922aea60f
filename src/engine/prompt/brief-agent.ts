import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { SuiteJob } from '../../coordinator/schema/events.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { attemptDirectory, attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { contextDirectory } from '../../store/directories/run-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { composePrompt } from './compose-prompt.ts';
import { type Briefing, writeView } from './role-view.ts';

/** The file with the group's facts for the built-in context refresh. */
export function summaryFactsFile(runDirectory: string): string {
  return join(contextDirectory(runDirectory), 'facts.json');
}

/** Writes the facts for the built-in context refresh. */
export async function writeRunContext(runDirectory: string, run: RunState): Promise<void> {
  const directory = contextDirectory(runDirectory);
  await mkdir(directory, { recursive: true });
  const tasks = run.order.map(({ planned, state }) => ({
    id: planned.id,
    title: planned.title,
    status: state.kind,
    detail: planned.subagent,
  }));
  await writeFileAtomic(
    summaryFactsFile(runDirectory),
    JSON.stringify({ group: run.plan.groupId, tasks }),
  );
}

const MOST_TEST_OUTPUT_BYTES = 4 * 1024 * 1024;

export interface BriefingOptions {
  readonly runDirectory: string;
  readonly workspaceRoot: string;
  readonly config: Config;
  readonly plan: Plan;
}

/** Writes the instructions for a task's next attempt, from the current blackboard. */
export async function briefAgent(
  record: TaskRecord,
  run: RunState,
  options: BriefingOptions,
): Promise<Briefing> {
  const { file, view } = await writeView(options.runDirectory, run, record);
  const summary = await summaryOf(options.runDirectory, run);
  return {
    contextFile: file,
    prompt: await composePrompt(record, run, { ...options, summary }, view),
  };
}

/** The output of a run's context refresh; may be empty. */
export function summaryOf(runDirectory: string, run: RunState): Promise<string> {
  return outputOf(runDirectory, 'refresh', run.suites.refresh.attempt);
}

/** When an attempt was launched, ms since the epoch. If unknown, the end of time, so that no file counts as its own. */
export async function startOf(directory: string): Promise<number> {
  try {
    return (await stat(attemptFiles(directory).spec)).mtimeMs;
  } catch {
    return Infinity;
  }
}

/** The output of a check; may be empty. */
export async function outputOf(
  runDirectory: string,
  job: SuiteJob,
  attempt: number,
): Promise<string> {
  if (attempt === 0) {
    return '';
  }
  try {
    const bytes = await readFile(attemptFiles(attemptDirectory(runDirectory, job, attempt)).output);
    return bytes.subarray(-MOST_TEST_OUTPUT_BYTES).toString('utf8');
  } catch {
    return '';
  }
}

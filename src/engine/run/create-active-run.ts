import type { RunState } from '../../coordinator/run/state/state.ts';
import type { PlannedTask } from '../../coordinator/schema/run-spec.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { blackboardFile } from '../../store/directories/run-directory.ts';
import { type JournalWriter } from '../../store/journal/journal-writer.ts';
import { type GroupLock } from '../../store/lock/group-lock.ts';
import { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { RunContext } from '../contract/run-environment.ts';
import { guardRun } from '../guards/guard-run.ts';
import { briefAgent } from '../prompt/brief-agent.ts';
import { EvidenceCollector } from '../proof/collect-evidence.ts';
import { readTests } from '../proof/read-tests.ts';
import { ActiveRun } from './active-run.ts';

/** Creates the run that this process coordinates, with its driver and effects. */
export function createActiveRun(
  context: RunContext,
  groupDirectory: string,
  directory: string,
  lock: GroupLock,
  journal: JournalWriter,
  state: RunState,
): ActiveRun {
  const { workspaceRoot, clock, bus, launcher, writeStatus } = context;
  const { run, group, groupId, kind } = state.plan;
  const driver = new AttemptDriver({
    run,
    group,
    groupId,
    kind,
    epoch: lock.epoch,
    runDirectory: directory,
    lockDirectory: lock.directory,
    workspaceRoot,
    launcher,
    clock,
  });
  const planFiles = context.plan().sources.map(({ file }) => file);
  return new ActiveRun({
    state,
    lock,
    journal,
    driver,
    workspaceRoot,
    runDirectory: directory,
    groupDirectory,
    clock,
    bus,
    guard: (guarded) => guardRun(guarded, context),
    effects: {
      evidence: new EvidenceCollector(workspaceRoot, planFiles, ({ planned }) =>
        wordsOf(planned, context.plan()),
      ),
      judgeTests: (job, attempt, outcome) =>
        job === 'refresh'
          ? Promise.resolve(null)
          : readTests(state, { runDirectory: directory, workspaceRoot }, job, attempt, outcome),
      blackboardFile: blackboardFile(directory),
      brief: (record) =>
        briefAgent(record, state, {
          runDirectory: directory,
          workspaceRoot,
          config: context.config(),
          plan: context.plan(),
        }),
      writeStatus,
      random: Math.random,
    },
  });
}

/** The text of a task as its source has it; if its place in the plan now holds another task, only the frozen text. */
function wordsOf({ key, title, fingerprint }: PlannedTask, plan: Plan): string {
  const task = plan.tasks.get(key);
  return task?.fingerprint === fingerprint ? `${title}\n${task.description}` : title;
}

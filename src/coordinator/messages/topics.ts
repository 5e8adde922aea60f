import type { GroupKey, RunId, TaskKey } from '../../shared/ids.ts';
import type { RunState } from '../run/state/state.ts';
import type { MissingApproval } from '../schema/approval.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { Plan } from '../schema/task.ts';
import type { SubscriberFailure } from './subscriber.ts';

/** Which run a message is about. `state` is the run's own and goes on changing: to be looked at when told, not kept. */
interface OfRun {
  readonly group: GroupKey;
  readonly run: RunId;
  readonly state: RunState;
}

/** What the coordinator tells of itself while it works: topic → message. Times are ms since the epoch. */
export interface Topics {
  /** This process coordinates the run from now on; `resumed`: another one, or an earlier process, did before. */
  readonly 'run.started': OfRun & { readonly resumed: boolean };
  /** Something happened to a run that this process coordinates, and is part of its state. */
  readonly 'run.event': OfRun & {
    readonly seq: number;
    readonly at: number;
    readonly event: RunEventBody;
  };
  /** A run of ours is over and everything of it is on disk. */
  readonly 'run.ended': OfRun;
  /** A policy of a run of ours spoke; this is part of `run.event` too. */
  readonly 'policy.reported': OfRun & Extract<RunEventBody, { type: 'policy.reported' }>;
  /** The tasks are others. `edited`: by a person or an agent, not by a status that we wrote ourselves. */
  readonly 'plan.changed': { readonly plan: Plan; readonly edited: boolean };
  /** Any view may look different, also because of runs that other processes coordinate. */
  readonly 'workspace.changed': { readonly root: string };
  /** A subscriber threw, or fell too far behind: once for each. */
  readonly 'subscriber.failed': SubscriberFailure;
}

/** A task that a person has to allow before it starts. */
export interface TaskQuestion {
  readonly group: GroupKey;
  readonly groupId: string;
  readonly task: TaskKey;
  readonly id: string;
  readonly title: string;
  /** Its command line, or its subagent and agent. */
  readonly how: string;
}

/** What the coordinator asks of those who have a person in front of them: question → answer. */
export interface Questions {
  /** Whether these commands of the workspace may run, now and from now on. */
  readonly 'approval.ask': {
    readonly ask: {
      readonly group: { readonly id: string };
      readonly missing: readonly MissingApproval[];
      /** Whether nothing is new of it, and a person is asked because they want to be asked before every run. */
      readonly everyRun: boolean;
    };
    readonly answer: boolean;
  };
  /** Whether a task is proven that a person worked on themselves; `null`: the question was closed, and may be answered elsewhere. */
  readonly 'judgement.ask': {
    readonly ask: Omit<TaskQuestion, 'how'> & {
      /** What there is to judge by, a sentence each. */
      readonly facts: readonly string[];
      /** What was changed, relative to the workspace. */
      readonly files: readonly string[];
    };
    readonly answer: { readonly proven: boolean; readonly by: string } | null;
  };
  /** Whether a task may start; `null`: the question was closed, and may still be answered elsewhere. */
  readonly 'approval.task': {
    readonly ask: TaskQuestion;
    readonly answer: { readonly allowed: boolean; readonly by: string } | null;
  };
}

import type { GroupKey, RunId, TaskKey } from '../../shared/ids.ts';
import type { RunState } from '../run/state/state.ts';
import type { MissingApproval } from '../schema/approval.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { SubscriberFailure } from './message-bus.ts';

/** The run that a message is about. `state` is the run's own and keeps changing: read it during the notification, do not keep it. */
interface OfRun {
  readonly group: GroupKey;
  readonly run: RunId;
  readonly state: RunState;
}

/** Facts that the coordinator publishes: topic → message. Times are ms since the epoch. */
export interface Topics {
  /** This process coordinates the run from here on. `resumed`: another or an earlier process did before. */
  readonly 'run.started': OfRun & { readonly resumed: boolean };
  /** An event of a run that this process coordinates; its state already includes it. */
  readonly 'run.event': OfRun & {
    readonly seq: number;
    readonly at: number;
    readonly event: RunEventBody;
  };
  /** A run of this process has ended and all its files are written. */
  readonly 'run.ended': OfRun;
  /** A policy of such a run reported a warning or a violation; `run.event` carries it too. */
  readonly 'policy.reported': OfRun & Extract<RunEventBody, { type: 'policy.reported' }>;
  /** Views may show something else, also because of runs that other processes coordinate. */
  readonly 'workspace.changed': {
    readonly root: string;
    /** The only group that changed; `null`: any may have. */
    readonly group: GroupKey | null;
    /** Set where the plan changed. `edited`: by a person or an agent, not by a status that this process wrote. */
    readonly plan: { readonly edited: boolean } | null;
  };
  /** A listener threw: published once per subscription. */
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

/** Questions that need a person: question → answer. */
export interface Questions {
  /** Whether these commands of the workspace may run, in this run and in later ones. */
  readonly 'approval.ask': {
    readonly ask: {
      readonly group: { readonly id: string };
      readonly missing: readonly MissingApproval[];
      /** Nothing is new: a person wants to be asked before every run. */
      readonly everyRun: boolean;
    };
    readonly answer: boolean;
  };
  /** Whether an interactive task is proven; `null`: the question was closed and may be answered elsewhere. */
  readonly 'judgement.ask': {
    readonly ask: Omit<TaskQuestion, 'how'> & {
      /** The evidence, one sentence each. */
      readonly facts: readonly string[];
      /** Changed files, relative to the workspace. */
      readonly files: readonly string[];
    };
    readonly answer: { readonly proven: boolean; readonly by: string } | null;
  };
  /** Whether a task may start; `null`: the question was closed and may be answered elsewhere. */
  readonly 'approval.task': {
    readonly ask: TaskQuestion;
    readonly answer: { readonly allowed: boolean; readonly by: string } | null;
  };
}

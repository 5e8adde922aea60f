import assert from 'node:assert/strict';
import { createCoordinatorBus } from '../../../../src/coordinator/messages/coordinator-bus.ts';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { AgentHealthStore } from '../../../../src/engine/agent-health/agent-health-store.ts';
import { AgentHealthTracker } from '../../../../src/engine/agent-health/agent-health-tracker.ts';
import { asRunId } from '../../../../src/shared/ids.ts';
import { readAgentHealth } from '../../../../src/store/projections/agent-health.ts';
import { type FAILURES, outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const COOLDOWN = 60_000;

describe('What is learnt of agents from their runs', () => {
  let root: string;
  let notes: AgentHealthStore;
  let watch: AgentHealthTracker;
  let told: RunEventBody[];
  let toldToItself: RunEventBody[];
  const bus = createCoordinatorBus();

  beforeEach(() => {
    root = temporaryDirectory();
    told = [];
    toldToItself = [];
    notes = new AgentHealthStore(root, () => undefined);
    const other = launchedRun(runPlan(['T9'], { run: asRunId('20260101T000000Z-ffffff') })).run;
    const tell = (newsOf: (run: RunState) => readonly RunEventBody[]): void => {
      told.push(...newsOf(other));
      toldToItself.push(...newsOf(rehearsal.run));
    };
    watch = new AgentHealthTracker({
      bus,
      runs: { post: tell },
      health: notes,
      launchOf: () => 'as now',
    });
  });
  afterEach(async () => {
    watch.dispose();
    await notes.settled();
    removeDirectory(root);
  });

  let rehearsal: Rehearsal;
  /** A run of so many tasks of Claude, one at a time, which tells the bus of its attempts' ends. */
  function begin(count: number): void {
    const agents = [agentPlan('claude', { maxRetries: 0, provider: 'anthropic' })];
    const tasks = Array.from({ length: count }, (_, n) => plannedTask(`T${n + 1}`, { agents }));
    rehearsal = launchedRun(runPlan(tasks, { maxConcurrent: 1 }));
    const { run: state } = rehearsal;
    const { run, group } = state.plan;
    bus.publish('run.started', { run, group, state, resumed: false });
  }
  function ends(id: string, reason: keyof typeof FAILURES | null): void {
    rehearsal.ends(id, reason ?? 'denied');
    const { run: state } = rehearsal;
    const { run, group } = state.plan;
    const event: RunEventBody = {
      type: 'attempt.ended',
      task: keyOf(id),
      attempt: 1,
      offset: 0,
      jitter: 0,
      outcome: outcome(reason),
    };
    bus.publish('run.event', { run, group, state, seq: 1, at: START, event });
  }

  it('task dispatch: an agent that was not signed in is noted on disk, and forgotten after a success', async () => {
    begin(2);
    ends('T1', 'authentication');
    await notes.settled();
    const noted = { claude: { at: START, message: 'Not signed in.', launch: 'as now' } };
    assert.deepEqual((await readAgentHealth(root)).notSignedIn, noted);
    ends('T2', null);
    await notes.settled();
    assert.deepEqual((await readAgentHealth(root)).notSignedIn, {});
  });

  it('task dispatch: failures in a row open a breaker on disk and in the other runs', async () => {
    begin(4);
    for (const id of ['T1', 'T2', 'T3']) {
      ends(id, 'exit');
    }
    await notes.settled();
    const until = START + COOLDOWN;
    assert.deepEqual((await readAgentHealth(root)).breakers, {
      claude: { until, launch: 'as now' },
    });
    assert.deepEqual(told, [{ type: 'breaker.synced', agent: 'claude', until }]);
    assert.deepEqual(toldToItself, []);
  });

  it('throttling is told to the other runs of the provider', () => {
    begin(2);
    ends('T1', 'throttled');
    assert.deepEqual(told, [
      { type: 'provider.throttled_elsewhere', provider: 'anthropic', until: START + 20_000 },
    ]);
    assert.deepEqual(toldToItself, []);
  });

  it('lifecycle: nothing is learnt any more once it was stopped', async () => {
    begin(1);
    watch.dispose();
    ends('T1', 'authentication');
    await notes.settled();
    assert.deepEqual((await readAgentHealth(root)).notSignedIn, {});
  });
});

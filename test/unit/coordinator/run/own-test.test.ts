import assert from 'node:assert/strict';
import { decide } from '../../../../src/coordinator/run/decide.ts';
import { replay } from '../../../../src/coordinator/run/evolve.ts';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { Evidence } from '../../../../src/shared/view-models/group-views.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { checkPlan, keyOf, runPlan } from '../../../support/coordinator/plans.ts';

const task = keyOf('T1');
const ref = { task, attempt: 1 };
const REQUESTED: readonly RunEventBody[] = [
  { type: 'attempt.requested', ...ref, choice: 0 },
  { type: 'attempt.ended', ...ref, offset: 0, outcome: outcome(), jitter: 0 },
  { type: 'evidence.requested', ...ref },
];
const checked = (...evidence: Evidence[]): RunEventBody => ({
  type: 'evidence.checked',
  ...ref,
  evidence,
  files: [],
});
const STOPPED: Evidence = { kind: 'tests', ok: false, detail: 'It was stopped.\nline' };

function planOf(isTested: boolean, runTimeoutMs: number | null = null): RunSpec {
  const plan = runPlan(['T1', 'T2'], { limits: { taskTimeoutMs: null, runTimeoutMs } });
  return {
    ...plan,
    tasks: plan.tasks.map((each) => ({ ...each, test: isTested ? checkPlan('npm test') : null })),
  };
}

/** The state after these events, a second apart. */
function after(plan: RunSpec, ...events: readonly RunEventBody[]): RunState {
  const all: RunEventBody[] = [{ type: 'run.started', plan }, ...events];
  const state = replay(
    all.map((event, index) => ({ v: FORMAT, seq: index + 1, at: 1000 * index, event })),
  );
  assert.ok(state !== null);
  return state;
}

const stateOf = (run: RunState) => run.tasks.get(task)?.state;

describe('a task whose own test runs', () => {
  const cancel: RunEventBody = { type: 'cancel.requested', task, by: 'test' };

  it('is stopped as an attempt is, once', () => {
    const run = after(planOf(true), ...REQUESTED, cancel);
    const { action } = decide(run);
    assert.deepEqual(action, { type: 'attempt.cancel.requested', ...ref });
    const stopping = after(planOf(true), ...REQUESTED, cancel, action);
    assert.deepEqual(stateOf(stopping), { kind: 'verifying', stage: 'stopping' });
    assert.notEqual(decide(stopping).action?.type, 'attempt.cancel.requested');
  });

  it('is cancelled where its test was stopped, and proven where it had passed', () => {
    const events = [...REQUESTED, cancel, { type: 'attempt.cancel.requested', ...ref } as const];
    const passed: Evidence = { kind: 'tests', ok: true, detail: 'It passed.' };
    assert.equal(stateOf(after(planOf(true), ...events, checked(STOPPED)))?.kind, 'cancelled');
    assert.equal(stateOf(after(planOf(true), ...events, checked(passed)))?.kind, 'completed');
  });

  it('is stopped when the run has taken all its time, and failed by that', () => {
    const wake: RunEventBody = { type: 'wake' };
    const late = after(planOf(true, 3500), ...REQUESTED, wake);
    const { action } = decide(late);
    assert.deepEqual(action, { type: 'attempt.cancel.requested', ...ref, why: 'limit' });
    const over = stateOf(after(planOf(true, 3500), ...REQUESTED, wake, action, checked(STOPPED)));
    assert.equal(over?.kind === 'failed' && over.failure.reason, 'timeout');
  });

  it('is not stopped where it has no test: looking takes no time', () => {
    const run = after(planOf(false), ...REQUESTED, cancel);
    assert.notEqual(decide(run).action?.type, 'attempt.cancel.requested');
  });
});

describe('a task that its evidence speaks against', () => {
  const failureAfter = (missing: Evidence) => {
    const state = stateOf(after(planOf(true), ...REQUESTED, checked(missing)));
    assert.ok(state?.kind === 'failed');
    return state.failure;
  };

  it('says so in one sentence, without the output below it', () => {
    const { reason, message } = failureAfter({ ...STOPPED, detail: 'Its test failed.\n1 !== 2' });
    assert.deepEqual({ reason, message }, { reason: 'no_evidence', message: 'Its test failed.' });
  });

  it('is for a person to allow where it was denied', () => {
    const denied = failureAfter({ kind: 'permissions', ok: false, detail: 'It was denied x.' });
    assert.equal(denied.reason, 'denied');
  });
});

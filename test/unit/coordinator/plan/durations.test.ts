import { strict as assert } from 'node:assert';
import {
  type Durations,
  durationsSchema,
  estimate,
  learn,
  NOTHING_LEARNED,
} from '../../../../src/coordinator/plan/durations.ts';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun } from '../../../support/coordinator/rehearsal.ts';

/** A run whose one task, done by `agent`, took so long. */
function ran(id: string, durationMs: number, agent = 'claude'): RunState {
  const task = plannedTask(id, { agents: [agentPlan(agent)] });
  const run = launchedRun(runPlan([task, 'Failing']));
  const end = { offset: 1, outcome: { ...outcome(null), durationMs }, jitter: 0 };
  run.happens({ type: 'attempt.ended', task: keyOf(id), attempt: 1, ...end });
  return run.proves(id).ends('Failing', 'invalid').run;
}

const about = (
  id: string,
  agent: string | undefined = 'claude',
): Parameters<typeof estimate>[1] => ({
  source: 'tasks.md',
  fingerprint: `do ${id}`,
  subagent: 'backend-architect',
  agent,
});

describe('what runs teach of durations', () => {
  it('is at first as long as the task took, then moves towards what is new', () => {
    const once = learn(NOTHING_LEARNED, ran('T1', 1000));
    assert.equal(estimate(once, about('T1')), 1000);
    assert.equal(estimate(learn(once, ran('T1', 2000)), about('T1')), 1300);
  });

  it('is nothing of attempts that failed', () => {
    const known = learn(NOTHING_LEARNED, ran('T1', 1000));
    assert.deepEqual(Object.keys(known.tasks), ['["tasks.md","do T1"]']);
  });

  it('goes from the task to its subagent and agent, its agent, everything, and 1 at last', () => {
    const known: Durations = {
      v: 1,
      tasks: { '["tasks.md","do T1"]': { ms: 5, at: 1 } },
      pairs: {
        '["backend-architect","claude"]': { ms: 10, agent: 'claude', at: 1 },
        '["test-automator","claude"]': { ms: 20, agent: 'claude', at: 1 },
        '["test-automator","codex"]': { ms: 60, agent: 'codex', at: 1 },
      },
    };
    const rows: readonly (readonly [Parameters<typeof estimate>[1], number])[] = [
      [about('T1'), 5],
      [about('T2'), 10],
      [{ ...about('T2'), subagent: 'other' }, 15],
      [{ ...about('T2'), agent: 'gemini' }, 30],
      [{ ...about('T1'), source: 'other.md', agent: undefined }, 30],
    ];
    for (const [task, expected] of rows) {
      assert.equal(estimate(known, task), expected);
    }
    assert.equal(estimate(NOTHING_LEARNED, about('T1')), 1);
  });

  it('forgets the oldest where there is too much', () => {
    const tasks = Object.fromEntries(
      Array.from({ length: 5000 }, (_, nth) => [`old ${nth}`, { ms: 1, at: nth }]),
    );
    const known = learn({ ...NOTHING_LEARNED, tasks }, ran('T1', 1000));
    assert.equal(Object.keys(known.tasks).length, 5000);
    assert.equal(known.tasks['old 0'], undefined);
    assert.equal(estimate(known, about('T1')), 1000);
  });

  it('knows nothing of what every object has, and takes no other numbers than times', () => {
    assert.equal(estimate(NOTHING_LEARNED, { ...about('T1'), fingerprint: 'constructor' }), 1);
    const wrong = { v: 1, tasks: { a: { ms: -1, at: 0 } }, pairs: {} };
    assert.equal(durationsSchema.safeParse(wrong).success, false);
  });
});

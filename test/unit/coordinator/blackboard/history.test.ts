import { strict as assert } from 'node:assert';
import { blackboardOf, viewOf } from '../../../../src/coordinator/blackboard/blackboard.ts';
import { historyOf } from '../../../../src/coordinator/blackboard/history.ts';
import type { AgentResult, RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun, RUN_START } from '../../../support/coordinator/recorded-run.ts';
import { agentResult, board } from '../../../support/coordinator/results.ts';

const launched = (id: string, attempt = 1): RunEventBody => ({
  type: 'attempt.requested',
  task: keyOf(id),
  attempt,
  choice: 0,
});
const left = (id: string, attempt: number, result: Partial<AgentResult>): RunEventBody => ({
  type: 'result.received',
  task: keyOf(id),
  attempt,
  result: agentResult(result),
});
const crashed = (id: string, attempt: number): RunEventBody => ({
  type: 'attempt.ended',
  task: keyOf(id),
  attempt,
  offset: 1,
  outcome: outcome('dropped'),
  jitter: 0,
});
const plan = runPlan(['T1', plannedTask('T2', { role: 'validator' })], {
  blackboard: board({ constraints: ['stack: TypeScript'] }),
  retryDelayMs: 0,
});

describe('the history of the blackboard', () => {
  it('names for every change its author, its time and what became of it', () => {
    const run = recordedRun(plan, [
      launched('T1'),
      launched('T2'),
      left('T2', 1, { findings: ['no test'], decisions: ['use mocha'] }),
      left('T1', 1, { decisions: ['use node:test'] }),
    ]);
    const at = (second: number): string => new Date(RUN_START + second * 1000).toISOString();
    const t1 = { task: 'T1', attempt: 1, subagent: 'backend-architect', role: 'drafter' };
    const t2 = { ...t1, task: 'T2', role: 'validator' };
    assert.deepEqual(
      historyOf(run).map(({ at, by, field, value, effect }) => ({ at, by, field, value, effect })),
      [
        { at: at(0), by: null, field: 'constraints', value: 'stack: TypeScript', effect: 'added' },
        { at: at(3), by: t2, field: 'decisions', value: 'use mocha', effect: 'refused' },
        { at: at(3), by: t2, field: 'findings', value: 'no test', effect: 'added' },
        { at: at(4), by: t1, field: 'decisions', value: 'use node:test', effect: 'added' },
      ],
    );
  });

  it('keeps what a retry put away, which counts no more', () => {
    const first = agentResult({ decisions: ['use XML'] });
    const run = recordedRun(plan, [
      launched('T1'),
      left('T1', 1, first),
      crashed('T1', 1),
      { type: 'wake' },
      { type: 'wake' },
      { type: 'wake' },
      launched('T1', 2),
    ]);
    assert.deepEqual(blackboardOf(run).board.decisions, []);
    const last = historyOf(run).at(-1);
    assert.deepEqual([last?.effect, last?.value], ['put_away', first]);
  });

  it('counts what an attempt left once, though it is recordedRun twice', () => {
    const again = left('T1', 1, { decisions: ['use JSON'] });
    const run = recordedRun(plan, [
      launched('T1'),
      again,
      again,
      left('T1', 1, { decisions: ['no'] }),
    ]);
    assert.deepEqual(blackboardOf(run).board.decisions, ['use JSON']);
    assert.equal(historyOf(run).length, 2);
  });

  it('does not know results of attempts that never were, nor of tasks of other runs', () => {
    const run = recordedRun(plan, [
      left('T1', 1, { decisions: ['early'] }),
      launched('T1'),
      left('T1', 2, { decisions: ['ahead'] }),
      left('T9', 1, { decisions: ['foreign'] }),
    ]);
    assert.deepEqual(blackboardOf(run).board.decisions, []);
    assert.equal(historyOf(run).length, 1);
  });

  it('is the same after a replay of the journal', () => {
    const events = [launched('T1'), left('T1', 1, { artifacts: { api: { version: 1 } } })];
    const [run, replayed] = [recordedRun(plan, events), recordedRun(plan, events)];
    assert.deepEqual(historyOf(replayed), historyOf(run));
    assert.deepEqual(blackboardOf(replayed), blackboardOf(run));
  });

  it('shows the next task what the one before left, as far as its role may see it', () => {
    const run = recordedRun(plan, [
      launched('T1'),
      left('T1', 1, { decisions: ['use JSON'], artifacts: { api: 'docs/api.md' } }),
    ]);
    const record = run.tasks.get(keyOf('T2'));
    assert.ok(record);
    const { decisions, artifacts, findings } = viewOf(run, record);
    assert.deepEqual(decisions, ['use JSON']);
    assert.deepEqual(artifacts, { api: 'docs/api.md' });
    assert.equal(findings, undefined);
  });

  it('keeps the units of a map apart: none is recordedRun what another left', () => {
    const map = { ...plan, kind: 'map' as const };
    const run = recordedRun(map, [launched('T1'), left('T1', 1, { decisions: ['use JSON'] })]);
    const record = run.tasks.get(keyOf('T2'));
    assert.ok(record);
    assert.deepEqual(viewOf(run, record).decisions, []);
    assert.deepEqual(viewOf(run, record).constraints, ['stack: TypeScript']);
  });
});

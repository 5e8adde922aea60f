import { strict as assert } from 'node:assert';
import { projectMetadata } from '../../../../src/coordinator/projections/project-metadata.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { groupMetadataSchema } from '../../../../src/coordinator/schema/metadata.ts';
import { outcome, testsResult } from '../../../support/coordinator/outcomes.ts';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';

const NO_FILES = { of: () => ({ logs: [], directory: null }), report: null };

const launched = (id: string): RunEventBody => ({
  type: 'attempt.requested',
  task: keyOf(id),
  attempt: 1,
  choice: 0,
});
const ended = (id: string, failure: Parameters<typeof outcome>[0]): RunEventBody => ({
  type: 'attempt.ended',
  task: keyOf(id),
  attempt: 1,
  offset: 1,
  outcome: outcome(failure),
  jitter: 0,
});
const proven = (id: string): RunEventBody => ({
  type: 'evidence.checked',
  task: keyOf(id),
  attempt: 1,
  evidence: [{ kind: 'result', ok: true, detail: 'It said so.' }],
  files: ['src/a.ts'],
});

const plan = runPlan([
  'T10',
  'T2',
  plannedTask('T3', { after: ['T10'] }),
  plannedTask('T4', { excluded: '[x]' }),
]);
const story: readonly RunEventBody[] = [
  { type: 'phase.entered', phase: 'pre_execution' },
  { type: 'check.requested', job: 'refresh', attempt: 1 },
  { type: 'check.ended', job: 'refresh', attempt: 1, offset: 1, outcome: outcome(), tests: null },
  { type: 'phase.entered', phase: 'concurrent_execution' },
  launched('T10'),
  launched('T2'),
  ended('T10', 'denied'),
  ended('T2', null),
  proven('T2'),
  { type: 'phase.entered', phase: 'post_execution' },
  { type: 'check.requested', job: 'tests', attempt: 1 },
  {
    type: 'check.ended',
    job: 'tests',
    attempt: 1,
    offset: 1,
    outcome: outcome('exit'),
    tests: { ...testsResult('failed'), failures: [{ name: 'login  works', message: 'no' }] },
  },
  { type: 'run.ended', status: 'failed', exitCode: 1 },
];

describe('the metadata of a run', () => {
  const metadata = projectMetadata(recordedRun(plan, story), {
    of: ({ planned }) => ({ logs: [`${planned.id}.log`], directory: null }),
    report: null,
  });

  it('has every key of the schema that other tools read', () => {
    assert.ok(groupMetadataSchema.safeParse(metadata).success);
    const { results, ...rest } = metadata;
    assert.deepEqual(
      [rest.group_id, rest.group_name, rest.phase, rest.status, rest.pre_group_refresh_completed],
      ['auth', 'Parallel Group auth', 'post_execution', 'failed', true],
    );
    assert.deepEqual(rest.tasks, ['T10', 'T2', 'T3']);
    assert.match(rest.started_at ?? '', /^\d{4}-\d\d-\d\dT/);
    assert.match(rest.completed_at ?? '', /^\d{4}-\d\d-\d\dT/);
    const [first] = results;
    assert.deepEqual(
      [first?.subagent, first?.skills_applied, first?.status],
      ['backend-architect', [], 'completed'],
    );
  });

  it('lists results in the natural order of ids, whatever ended first', () => {
    assert.deepEqual(
      metadata.results.map(({ task_id: id, status }) => [id, status]),
      [
        ['T2', 'completed'],
        ['T3', 'blocked'],
        ['T10', 'failed'],
      ],
    );
  });

  it('sums up what was counted, without tasks that were not ours', () => {
    assert.deepEqual(metadata.summary, {
      total: 3,
      ok: 1,
      failed: 1,
      blocked: 1,
      cancelled: 0,
      units: ['T2', 'T3', 'T10'],
    });
    assert.equal(metadata.exit_code, 1);
  });

  it('names what blocks, what failed, what proves, and where the output is', () => {
    const [second, third, tenth] = metadata.results;
    assert.ok(second && third && tenth);
    assert.deepEqual(third.blocked_by, ['T10']);
    assert.equal(tenth.error, 'It was denied Bash.');
    assert.deepEqual(
      second.evidence.map(({ detail }) => detail),
      ['It said so.'],
    );
    assert.deepEqual(second.artifacts, { files: ['src/a.ts'] });
    assert.deepEqual([second.log, second.closed], ['T2.log', false]);
  });

  it('proposes a task for every failure that the suite did not have before', () => {
    assert.deepEqual(metadata.proposed_tasks, ['- [ ] Fix the failing test: login works']);
    assert.equal(metadata.tests?.status, 'failed');
    assert.ok(metadata.errors.some((error) => error.startsWith('T10: ')));
  });

  it('does not propose what failed before the run too', () => {
    const baseline: RunEventBody = {
      type: 'check.ended',
      job: 'baseline',
      attempt: 1,
      offset: 1,
      outcome: outcome('exit'),
      tests: { ...testsResult('failed'), failures: [{ name: 'login  works', message: 'no' }] },
    };
    const asked: RunEventBody = { type: 'check.requested', job: 'baseline', attempt: 1 };
    const run = recordedRun(plan, [asked, baseline, ...story]);
    assert.deepEqual(projectMetadata(run, NO_FILES).proposed_tasks, []);
    assert.equal(projectMetadata(run, NO_FILES).tests?.failures[0]?.failed_before, true);
    const passed = { ...baseline, tests: testsResult('passed') };
    const fresh = projectMetadata(recordedRun(plan, [asked, passed, ...story]), NO_FILES);
    assert.equal(fresh.tests?.failures[0]?.failed_before, false);
    assert.equal(metadata.tests?.failures[0]?.failed_before, undefined);
  });

  it('says that nothing was proven by tests where there is no test command', () => {
    const over: RunEventBody = { type: 'run.ended', status: 'completed', exitCode: 0 };
    const run = recordedRun(runPlan(['T1'], { tests: null }), [over]);
    assert.equal(projectMetadata(run, NO_FILES).tests?.status, 'none');
  });

  it('keeps a refresh that failed as a fact', () => {
    const failed: RunEventBody = {
      type: 'check.ended',
      job: 'refresh',
      attempt: 1,
      offset: 1,
      outcome: outcome('timeout'),
      tests: null,
    };
    const asked: RunEventBody = { type: 'check.requested', job: 'refresh', attempt: 1 };
    const run = recordedRun(plan, [asked, failed]);
    assert.equal(projectMetadata(run, NO_FILES).pre_group_refresh_completed, false);
  });
});

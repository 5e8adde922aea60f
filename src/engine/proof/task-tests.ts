import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { TaskRecord, TestsResult } from '../../coordinator/run/state/state.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { SuiteSpec } from '../../coordinator/schema/run-spec.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { endOfOutput, sentence } from '../../verification/evidence/detail.ts';
import { judgeTests } from '../../verification/suites/judge-tests.ts';
import { testDetails } from '../attempt/attempt-details.ts';
import type { AttemptDriver, AttemptName } from '../attempt/attempt-driver.ts';

/** How a run of a task's test ended; `revoked`: it never started. */
type Ended = { readonly kind: 'ended'; readonly outcome: Outcome } | { readonly kind: 'revoked' };

/** A runner that vanished once may be restarted; a second time is a result. */
const MOST_RUNS = 3;
const MOST_OUTPUT_BYTES = 1024 * 1024;

/**
 * Runs tasks' own tests (`test:`), each as an attempt of its own below the attempt that it proves. A runner executes
 * it, so it has a terminal, a log and a time limit, can be stopped, and can be resumed by the next coordinator.
 */
export class TaskTests {
  readonly #driver: AttemptDriver;
  readonly #contextFile: string;
  readonly #live = new Map<TaskRecord, { name: AttemptName; done: (ended: Ended) => void }>();

  /** `contextFile`: a test's view of the blackboard (absolute). */
  constructor(driver: AttemptDriver, contextFile: string) {
    this.#driver = driver;
    this.#contextFile = contextFile;
  }

  /** Runs the test of a task whose newest attempt reported success; empty if the task has no test. */
  async prove(record: TaskRecord): Promise<readonly Evidence[]> {
    const { test } = record.planned;
    if (test === null) {
      return [];
    }
    const { of, attempt } = nameOf(record, 1);
    let nth = this.#newest(record);
    let ended = nth === 0 ? null : await this.#follow(record, nth);
    while ((ended === null || isToBeRepeated(ended)) && !isStopped(record) && nth < MOST_RUNS) {
      nth += 1;
      ended = await this.#run(record, test, nth);
    }
    if (ended === null || ended.kind === 'revoked') {
      const detail = sentence(t('Its own test `{0}` was stopped before it began.', test.label));
      return [{ kind: 'tests', ok: false, detail }];
    }
    const output = await outputIn(this.#driver.directory({ of, attempt, test: nth }));
    return [testEvidence(test, ended.outcome, output)];
  }

  /** Stops the running test of a task. */
  async stop(record: TaskRecord): Promise<void> {
    const live = this.#live.get(record);
    if (live !== undefined) {
      await this.#driver.cancel(live.name, ({ kind }) => {
        if (kind === 'revoked') {
          live.done({ kind });
        }
      });
    }
  }

  /** How many runs of the test were started for this attempt, including those of earlier coordinators. */
  #newest(record: TaskRecord): number {
    let nth = 0;
    while (existsSync(attemptFiles(this.#driver.directory(nameOf(record, nth + 1))).spec)) {
      nth += 1;
    }
    return nth;
  }

  async #run(record: TaskRecord, test: SuiteSpec, nth: number): Promise<Ended> {
    const name = nameOf(record, nth);
    const details = testDetails(record, test, this.#contextFile);
    return this.#watched(record, name, (report) => this.#driver.launch(name, details, report));
  }

  async #follow(record: TaskRecord, nth: number): Promise<Ended> {
    const name = nameOf(record, nth);
    const ended = this.#watched(record, name, (report) => {
      this.#driver.resume(name, 0, report);
      return Promise.resolve();
    });
    if (isStopped(record)) {
      await this.stop(record);
    }
    return ended;
  }

  #watched(
    record: TaskRecord,
    name: AttemptName,
    begin: (report: Parameters<AttemptDriver['launch']>[2]) => Promise<void>,
  ): Promise<Ended> {
    return new Promise((resolve) => {
      const done = (ended: Ended): void => {
        this.#live.delete(record);
        resolve(ended);
      };
      this.#live.set(record, { name, done });
      void begin((report) => {
        if (report.kind === 'ended' || report.kind === 'revoked') {
          done(report);
        }
      });
    });
  }
}

/** The evidence from a run of a task's own test. `output`: its output, at least the end. */
export function testEvidence(
  test: Pick<SuiteSpec, 'label' | 'parser'>,
  outcome: Outcome,
  output: string,
): Evidence {
  const result = judgeTests({ ...test, outcome, output });
  const detail = sentence(wordsOf(result));
  const end = result.status === 'passed' ? '' : endOfOutput(output);
  return {
    kind: 'tests',
    ok: result.status === 'passed',
    detail: end === '' ? detail : `${detail}\n${end}`,
  };
}

function wordsOf({ status, command, message }: TestsResult): string {
  const named = message.includes(`\`${command ?? ''}\``) ? '' : ` \`${command ?? ''}\``;
  switch (status) {
    case 'passed':
      return t('Its own test{0} passed: {1}', named, message);
    case 'failed':
      return t('Its own test{0} failed: {1}', named, message);
    case 'none':
      return t('Its own test{0} proves nothing: {1}', named, message);
    case 'skipped':
      return t('Its own test{0} was stopped: {1}', named, message);
    default:
      return unreachable(status);
  }
}

function nameOf({ planned, attempt }: TaskRecord, test: number): Required<AttemptName> {
  return { of: planned.key, attempt, test };
}

/** The end was not observed: its runner, or the process that was to start it, vanished. */
function isToBeRepeated(ended: Ended): boolean {
  return ended.kind === 'revoked' || ended.outcome.failure?.reason === 'interrupted';
}

function isStopped({ cancelRequested, stopWhy, state }: TaskRecord): boolean {
  const isStopping = state.kind === 'verifying' && state.stage === 'stopping';
  return isStopping || cancelRequested || stopWhy !== null;
}

async function outputIn(directory: string): Promise<string> {
  try {
    const bytes = await readFile(attemptFiles(directory).output);
    return bytes.subarray(-MOST_OUTPUT_BYTES).toString('utf8');
  } catch {
    return '';
  }
}

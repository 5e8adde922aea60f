import { join } from 'node:path';
import type { SourceSnapshot } from '../../coordinator/schema/task.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { asSourceId, type SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { sha256Hex } from '../../system/hash.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import type { CloseFailure, Reading, TaskIdentity } from '../format/format.ts';
import type { ToolPlan, ToolPlanOptions, ToolStatus } from '../format/tool-plan.ts';
import { BdCommands } from './bd/bd-commands.ts';
import { VersionCheck } from './check-version.ts';
import { IssueCreator } from './create-issues.ts';
import { type DatabaseState, databaseState, isEmbedded } from './database-state.ts';
import { BeadsFollower, PACE, type Pace } from './follow-beads.ts';
import { issuePlaces } from './issues/issue-places.ts';
import { isFolder } from './issues/on-disk.ts';
import { type BeadsTracker, type ReadFailure, readThroughBd } from './read-beads.ts';
import { readExport } from './read-export.ts';
import { readingWithoutBd } from './without-bd.ts';
import { IssueWriter } from './write-issue.ts';

/** Time limits (ms) and the timing of change detection. */
export interface BeadsTimes {
  readonly readMs: number;
  readonly writeMs: number;
  readonly pace: Pace;
}

const TIMES: BeadsTimes = { readMs: 10_000, writeMs: 30_000, pace: PACE };
const NO_PROJECT = (): string => t('bd keeps no database in this folder.');
const RESTRICTED = (): string => t('In Restricted Mode bd is not started.');

/** The issues of one `.beads` folder; `bd` reads and changes them. */
export class BeadsPlan implements ToolPlan {
  readonly place: SourceId;
  readonly #tracker: BeadsTracker;
  readonly #mayRun: () => boolean;
  readonly #writer: IssueWriter;
  readonly #creator: IssueCreator;
  readonly #versionCheck: VersionCheck;
  readonly #pace: Pace;
  /** The last reading that came from bd itself; `null` if there is none. */
  #lastFromBd: Reading | null = null;
  #last: { readonly signature: string; readonly at: number } | null = null;

  constructor(options: ToolPlanOptions, times: Partial<BeadsTimes> = {}) {
    const { readMs, writeMs, pace } = { ...TIMES, ...times };
    const folder = join(options.workspaceRoot, options.place);
    const commands = new BdCommands(options.bd, folder, () => isEmbedded(folder));
    this.place = asSourceId(options.place);
    this.#mayRun = options.mayRun;
    this.#pace = pace;
    this.#writer = new IssueWriter(commands, writeMs);
    this.#creator = new IssueCreator(commands, writeMs);
    this.#versionCheck = new VersionCheck(commands, readMs);
    this.#tracker = {
      workspaceRoot: options.workspaceRoot,
      folder,
      source: this.place,
      commands,
      limitMs: readMs,
    };
  }

  async read(): Promise<SourceSnapshot | null> {
    const { folder } = this.#tracker;
    if (!(await isFolder(folder))) {
      this.#lastFromBd = null;
      return null;
    }
    // Before calling bd, so that a write during the call triggers another reading.
    const state = await databaseState(folder);
    this.#last = { signature: state.signature, at: monotonicMs() };
    const reading = await this.#readOrFallBack(state);
    if (reading === null) {
      return null;
    }
    const { tasks, problems } = reading;
    return {
      file: this.place,
      format: 'beads',
      hash: sha256Hex(JSON.stringify([tasks, problems])),
      tasks,
      problems,
    };
  }

  async write(
    task: TaskIdentity,
    status: ToolStatus,
  ): Promise<Result<'changed' | 'unchanged', CloseFailure>> {
    if (status === 'failed' || status === 'cancelled') {
      return success('unchanged');
    }
    if (!this.#mayRun()) {
      const message = t(
        '“{0}” was not changed: in Restricted Mode bd is not started. Trust this folder, then try again.',
        task.id,
      );
      return failure({ reason: 'unwritable', message });
    }
    return this.#writer.write(task, status);
  }

  async add(
    titles: readonly string[],
    group: string | null,
  ): Promise<Result<readonly string[], string>> {
    return this.#mayRun()
      ? this.#creator.create(titles, group)
      : failure(
          t(
            'Nothing was added to {0}: {1} Trust this folder, then try again.',
            this.place,
            RESTRICTED(),
          ),
        );
  }

  follow(mayHaveChanged: () => void): Disposable {
    return new BeadsFollower(this.#tracker.folder, () => this.#last, mayHaveChanged, this.#pace);
  }

  async #readOrFallBack(state: DatabaseState): Promise<Reading | null> {
    const read = await this.#readThroughBd(state);
    if (read.ok) {
      this.#lastFromBd = read.value;
      return read.value === null ? null : this.#withWarning(read.value, state);
    }
    const { folder, source } = this.#tracker;
    const { file } = (await issuePlaces(folder, source))(null);
    const exported = this.#lastFromBd === null ? await readExport(folder, source) : null;
    // The folder is named `.beads` but holds no tracker.
    if (!state.project && exported === null) {
      return null;
    }
    return readingWithoutBd(read.failure, { before: this.#lastFromBd, exported, file }, source);
  }

  async #withWarning(reading: Reading, state: DatabaseState): Promise<Reading> {
    const { folder, source } = this.#tracker;
    const place = (await issuePlaces(folder, source))(null);
    const warning = await this.#versionCheck.warning(state.lastBd, place);
    return warning === null
      ? reading
      : { tasks: reading.tasks, problems: [warning, ...reading.problems] };
  }

  async #readThroughBd(state: DatabaseState): Promise<Result<Reading | null, ReadFailure>> {
    // bd would use the tracker of a parent folder.
    if (!state.project) {
      return failure({ reason: 'no-database', message: NO_PROJECT() });
    }
    if (!this.#mayRun()) {
      return failure({ reason: 'restricted', message: RESTRICTED() });
    }
    return readThroughBd(this.#tracker, state);
  }
}

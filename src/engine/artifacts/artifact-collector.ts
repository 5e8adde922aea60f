import { existsSync } from 'node:fs';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { t } from '../../shared/messages.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { taskArtifacts } from '../../store/artifacts/artifact-directory.ts';
import { changedBy, type Changers, changersOf, isOnlySaid, sharedChanges } from './changed-by.ts';
import { type ArtifactPlaces, collectTask } from './collect-task.ts';
import { headPatch, readNotes, writeNotes } from './notes.ts';
import { writeReportFile } from './write-report-file.ts';

interface ArtifactDeps extends ArtifactPlaces {
  readonly run: RunState;
  readonly lock: { isStillMine(): Promise<boolean> };
}

/**
 * Collects a run's artifacts: those of a task once it is proven, before others change its files again, and the rest at
 * the end of the run, with a report. A failure stops nothing.
 */
export class ArtifactCollector {
  readonly #deps: ArtifactDeps;
  readonly #notes = new Map<TaskRecord, readonly string[]>();
  readonly #queue = new SerialQueue();

  constructor(deps: ArtifactDeps) {
    this.#deps = deps;
  }

  /**
   * Collects the artifacts of a task that is about to count as proven; resolves when later changes by others can no
   * longer get into them.
   */
  proven(record: TaskRecord, files: readonly string[]): Promise<void> {
    void this.#queue.run(() => this.#collect(record, files));
    return this.#queue.idle();
  }

  /** Collects the remaining artifacts of a run that has ended and writes its report. */
  finish(): Promise<void> {
    const { run, lock, runDirectory } = this.#deps;
    void this.#queue.run(async () => {
      if (await lock.isStillMine()) {
        const changers = changersOf(run);
        for (const record of run.order.filter(({ attempt }) => attempt > 0)) {
          await this.#complete(record, changers).catch(() => undefined);
        }
        await writeReportFile(run, runDirectory, (task) => this.#notesOf(run.tasks.get(task)));
      }
    });
    return this.#queue.idle();
  }

  async #collect(record: TaskRecord, files: readonly string[]): Promise<void> {
    const notes = await collectTask(this.#deps.run, record, files, this.#deps);
    this.#notes.set(record, notes);
    // Written at once, because the next coordinator cannot reconstruct them.
    await writeNotes(taskArtifacts(this.#deps.runDirectory, record.planned.key), notes);
  }

  async #complete(record: TaskRecord, changers: Changers): Promise<void> {
    const { runDirectory } = this.#deps;
    const directory = taskArtifacts(runDirectory, record.planned.key);
    // Artifacts that an earlier coordinator collected at the time of proof are more accurate than a new collection.
    if (!this.#notes.has(record) && !existsSync(directory)) {
      await this.#collect(record, changedBy(record));
    }
    const notes = [
      ...(this.#notes.get(record) ?? (await readNotes(directory))),
      ...(isOnlySaid(record) ? [t('Which files it changed is only what its agent said.')] : []),
      ...sharedChanges(changers, record),
    ];
    this.#notes.set(record, notes);
    await writeNotes(directory, notes);
    await headPatch(directory, notes);
  }

  #notesOf(record: TaskRecord | undefined): readonly string[] {
    return record === undefined ? [] : (this.#notes.get(record) ?? []);
  }
}

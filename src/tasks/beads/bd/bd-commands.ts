import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { Result } from '../../../shared/result.ts';
import type { BdPath } from '../../format/tool-plan.ts';
import { type PrintedIssues } from '../issues/issue-schema.ts';
import { type Categories, NO_CATEGORIES, readCategories } from '../issues/issue-status.ts';
import { replaceText, textOf } from '../issues/on-disk.ts';
import { mismatchOf, printedIssues, printedJson } from './bd-output.ts';
import { type BdOutcome, runBd } from './run-bd.ts';
import {
  type DifferingVersions,
  differingVersions,
  type VersionMismatch,
} from './version-mismatch.ts';

/** `--flat`: without it, one release prints a tree instead of JSON. `--limit 0`: without it, bd truncates silently. */
const LIST = ['list', '--all', '--flat', '--json', '--limit', '0'] as const;
/** Opens the database and prints little. */
const PROBE = ['list', '--flat', '--json', '--limit', '1'] as const;
/** Includes the issues of bd's own tools, which `bd list` hides by default. */
const HIDDEN = ['--include-gates', '--include-infra', '--include-templates'] as const;

/**
 * Without it, a newer bd migrates the database as soon as it opens it, even to list; an older bd can no longer use the
 * database after that. bd refuses to open an older database instead.
 */
const READ_ONLY = '--readonly';

const DEFAULT_BD = 'bd';
/** The reason that the tracker's history shows for a closed issue. */
const REASON = 'Proven by Parallel Groups';

/** The bd commands that this extension uses, run in the parent folder of one `.beads` folder. */
export class BdCommands {
  readonly #bd: () => string;
  readonly #cwd: string;
  readonly #lastTouched: string;
  readonly #opensReadOnly: () => Promise<boolean>;

  /**
   * `folder`: the `.beads` folder, absolute. `opensReadOnly`: whether reads can open the database read-only; called
   * before each read.
   */
  constructor(bd: BdPath | undefined, folder: string, opensReadOnly: () => Promise<boolean>) {
    this.#bd = () => (typeof bd === 'function' ? bd() : bd) ?? DEFAULT_BD;
    this.#cwd = dirname(folder);
    this.#lastTouched = join(folder, 'last-touched');
    this.#opensReadOnly = opensReadOnly;
  }

  list(limitMs: number): Promise<BdOutcome> {
    return this.#read(LIST, limitMs);
  }

  /** Lists issues by id, including those that bd hides by default. Omits ids that do not exist. */
  async hidden(ids: readonly string[], limitMs: number): Promise<Result<PrintedIssues, string>> {
    return printedIssues(await this.#read([...LIST, ...HIDDEN, `--id=${ids.join(',')}`], limitMs));
  }

  /** Looks up one issue. Avoids `bd show`, which makes the issue the target of the user's next `bd close`. */
  async find(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#read([...LIST, `--id=${id}`], limitMs);
  }

  /** Returns the categories of custom statuses; empty if bd does not report them. */
  async categories(limitMs: number): Promise<Categories> {
    const json = printedJson(await this.#read(['statuses', '--json'], limitMs));
    return json.ok ? readCategories(json.value) : NO_CATEGORIES;
  }

  /** Returns the `.beads` folder that bd uses here (absolute); `null` if bd does not report it. */
  async where(limitMs: number): Promise<string | null> {
    const json = printedJson(await this.#read(['where', '--json'], limitMs));
    const read = whereSchema.safeParse(json.ok ? json.value : null);
    return read.success ? read.data.path : null;
  }

  /**
   * Returns why this bd refuses to open the database because of their versions; `null` if it opens it, or if it cannot
   * open it read-only. A command that changes something would migrate the database first.
   */
  async mismatch(limitMs: number): Promise<VersionMismatch | null> {
    return (await this.#opensReadOnly())
      ? mismatchOf(await this.#run([...PROBE, READ_ONLY], limitMs))
      : null;
  }

  /**
   * Returns the versions of this bd and of the bd that migrated the database last, if they differ; `null` if they do
   * not, or if bd cannot say so without changing the database.
   */
  async versions(limitMs: number): Promise<DifferingVersions | null> {
    return (await this.#opensReadOnly())
      ? differingVersions(await this.#run(['migrate', '--inspect', READ_ONLY], limitMs))
      : null;
  }

  /** Returns the version of bd; `null` if bd does not report it. */
  async version(limitMs: number): Promise<string | null> {
    const json = printedJson(await this.#run(['version', '--json'], limitMs));
    const read = versionSchema.safeParse(json.ok ? json.value : null);
    return read.success ? read.data.version : null;
  }

  close(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#change(id, ['close', `--reason=${REASON}`], limitMs);
  }

  create(title: string, labels: readonly string[], limitMs: number): Promise<BdOutcome> {
    const labelled = labels.length === 0 ? [] : [`--labels=${labels.join(',')}`];
    // bd rejects a title that begins with a dash even after `--`.
    return this.#run(['create', ...labelled, '--json', `--title=${title}`], limitMs);
  }

  claim(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#change(id, ['update', '--claim'], limitMs);
  }

  /** Restores the previous status and assignee of an issue (empty: unassigned). */
  putBack(id: string, status: string, assignee: string, limitMs: number): Promise<BdOutcome> {
    return this.#change(id, ['update', `--status=${status}`, `--assignee=${assignee}`], limitMs);
  }

  reopen(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#change(id, ['reopen'], limitMs);
  }

  /**
   * Changes one issue. The issue that a person touched last stays the target of the next `bd close` without an id, which
   * bd would set to this issue.
   */
  async #change(id: string, args: readonly string[], limitMs: number): Promise<BdOutcome> {
    const before = await textOf(this.#lastTouched);
    const outcome = await this.#run([...args, '--json', '--', id], limitMs);
    if (
      before !== null &&
      before.trim() !== id &&
      (await textOf(this.#lastTouched))?.trim() === id
    ) {
      await replaceText(this.#lastTouched, before);
    }
    return outcome;
  }

  async #read(args: readonly string[], limitMs: number): Promise<BdOutcome> {
    return this.#run((await this.#opensReadOnly()) ? [...args, READ_ONLY] : args, limitMs);
  }

  #run(args: readonly string[], limitMs: number): Promise<BdOutcome> {
    return runBd({ bd: this.#bd(), args, cwd: this.#cwd, limitMs });
  }
}

const versionSchema = z.looseObject({ version: z.string() });
const whereSchema = z.looseObject({ path: z.string() });

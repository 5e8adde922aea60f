import { dirname } from 'node:path';
import * as z from 'zod/mini';
import type { Result } from '../../../shared/result.ts';
import type { BdPath } from '../../format/tool-plan.ts';
import { type PrintedIssues } from '../issues/issue-schema.ts';
import { type Categories, NO_CATEGORIES, readCategories } from '../issues/issue-status.ts';
import { printedIssues, printedJson } from './bd-output.ts';
import { type BdOutcome, runBd } from './run-bd.ts';

/** `--flat`: without it, one release prints a tree instead of JSON. `--limit 0`: without it, bd truncates silently. */
const LIST = ['list', '--all', '--flat', '--json', '--limit', '0'] as const;
/** Includes the issues of bd's own tools, which `bd list` hides by default. */
const HIDDEN = ['--include-gates', '--include-infra', '--include-templates'] as const;

const DEFAULT_BD = 'bd';
/** The reason that the tracker's history shows for a closed issue. */
const REASON = 'Proven by Parallel Groups';

/** The bd commands that this extension uses, run in the parent folder of one `.beads` folder. */
export class BdCommands {
  readonly #bd: () => string;
  readonly #cwd: string;

  /** `folder`: the `.beads` folder, absolute. */
  constructor(bd: BdPath | undefined, folder: string) {
    this.#bd = () => (typeof bd === 'function' ? bd() : bd) ?? DEFAULT_BD;
    this.#cwd = dirname(folder);
  }

  list(limitMs: number): Promise<BdOutcome> {
    return this.#run(LIST, limitMs);
  }

  /** Lists issues by id, including those that bd hides by default. Omits ids that do not exist. */
  async hidden(ids: readonly string[], limitMs: number): Promise<Result<PrintedIssues, string>> {
    return printedIssues(await this.#run([...LIST, ...HIDDEN, `--id=${ids.join(',')}`], limitMs));
  }

  /** Looks up one issue. Avoids `bd show`, which makes the issue the target of the user's next `bd close`. */
  async find(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#run([...LIST, `--id=${id}`], limitMs);
  }

  /** Returns the categories of custom statuses; empty if bd does not report them. */
  async categories(limitMs: number): Promise<Categories> {
    const json = printedJson(await this.#run(['statuses', '--json'], limitMs));
    return json.ok ? readCategories(json.value) : NO_CATEGORIES;
  }

  /** Returns the `.beads` folder that bd uses here (absolute); `null` if bd does not report it. */
  async where(limitMs: number): Promise<string | null> {
    const json = printedJson(await this.#run(['where', '--json'], limitMs));
    const read = whereSchema.safeParse(json.ok ? json.value : null);
    return read.success ? read.data.path : null;
  }

  close(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#run(['close', `--reason=${REASON}`, '--json', '--', id], limitMs);
  }

  create(title: string, labels: readonly string[], limitMs: number): Promise<BdOutcome> {
    const labelled = labels.length === 0 ? [] : [`--labels=${labels.join(',')}`];
    // bd rejects a title that begins with a dash even after `--`.
    return this.#run(['create', ...labelled, '--json', `--title=${title}`], limitMs);
  }

  claim(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#run(['update', '--claim', '--json', '--', id], limitMs);
  }

  /** Restores the previous status and assignee of an issue (empty: unassigned). */
  putBack(id: string, status: string, assignee: string, limitMs: number): Promise<BdOutcome> {
    const changes = [`--status=${status}`, `--assignee=${assignee}`];
    return this.#run(['update', ...changes, '--json', '--', id], limitMs);
  }

  reopen(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#run(['reopen', '--json', '--', id], limitMs);
  }

  #run(args: readonly string[], limitMs: number): Promise<BdOutcome> {
    return runBd({ bd: this.#bd(), args, cwd: this.#cwd, limitMs });
  }
}

const whereSchema = z.looseObject({ path: z.string() });

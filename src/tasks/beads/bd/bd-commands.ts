import { dirname } from 'node:path';
import * as z from 'zod/mini';
import type { Result } from '../../../shared/result.ts';
import type { BdPath } from '../../format/tool-plan.ts';
import { type PrintedIssues } from '../issues/issue-schema.ts';
import { type Categories, NO_CATEGORIES, readCategories } from '../issues/issue-status.ts';
import { printedIssues, printedJson } from './bd-output.ts';
import { type BdOutcome, runBd } from './run-bd.ts';

/** `--flat`: one release printed a tree instead of JSON without it; `--limit 0`: there are silent limits otherwise. */
const LIST = ['list', '--all', '--flat', '--json', '--limit', '0'] as const;
/** What `bd list` hides, because it is its tools' own. */
const HIDDEN = ['--include-gates', '--include-infra', '--include-templates'] as const;

const DEFAULT_BD = 'bd';
/** What to say to the people who read the tracker's history. */
const REASON = 'Proven by Parallel Groups';

/** bd's commands, as far as they are needed, in the folder that holds one `.beads`. */
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

  /** Issues by their ids, those that bd otherwise hides included. Those that there are not are left out. */
  async hidden(ids: readonly string[], limitMs: number): Promise<Result<PrintedIssues, string>> {
    return printedIssues(await this.#run([...LIST, ...HIDDEN, `--id=${ids.join(',')}`], limitMs));
  }

  /** Looks one issue up. Not by `bd show`, which makes it the one that a person's next `bd close` is about. */
  async find(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#run([...LIST, `--id=${id}`], limitMs);
  }

  /** The categories of people's own statuses; none where bd does not tell. */
  async categories(limitMs: number): Promise<Categories> {
    const json = printedJson(await this.#run(['statuses', '--json'], limitMs));
    return json.ok ? readCategories(json.value) : NO_CATEGORIES;
  }

  /** The `.beads` folder that bd works with here (absolute); `null` where it does not tell. */
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
    // Behind `--` a title that begins with a dash is refused all the same.
    return this.#run(['create', ...labelled, '--json', `--title=${title}`], limitMs);
  }

  claim(id: string, limitMs: number): Promise<BdOutcome> {
    return this.#run(['update', '--claim', '--json', '--', id], limitMs);
  }

  /** Gives an issue the status and the assignee (empty: nobody) that it had. */
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

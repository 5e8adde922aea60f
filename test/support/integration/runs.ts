import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { WindowModel } from '../../../src/host/window/window-model.ts';
import type { Disposable } from '../../../src/shared/disposable.ts';
import { asGroupId, asSourceId, type GroupKey, groupKey } from '../../../src/shared/ids.ts';
import { COMMANDS, STATE_DIRECTORY } from '../../../src/shared/manifest.ts';
import type { GroupView, RunView, TaskView } from '../../../src/shared/view-models/group-views.ts';
import { eventually } from '../vscode/verbs/eventually.ts';
import { inWorkspace, writePlan } from './workspace.ts';

/** Terminals start slowly on a busy machine. */
const runLimitMs = 60_000;

/** A group of a plan that a test wrote. */
export class TestGroup {
  readonly key: GroupKey;
  readonly #windowModel: WindowModel;
  readonly #name: string;

  constructor(windowModel: WindowModel, source: string, name: string) {
    this.#windowModel = windowModel;
    this.#name = name;
    this.key = groupKey(asSourceId(source), asGroupId(name));
  }

  /** Returns the group as every view shows it. */
  view(): GroupView {
    const view = this.#windowModel.group(this.key);
    if (view === undefined) {
      throw new Error(`${this.key} is not in any plan.`);
    }
    return view;
  }

  task(id: string): TaskView {
    const task = this.view().tasks.find((each) => each.id === id);
    if (task === undefined) {
      throw new Error(`${this.key} has no task ${id}.`);
    }
    return task;
  }

  run(): RunView {
    const { run } = this.view();
    if (run === null) {
      throw new Error(`${this.key} never ran.`);
    }
    return run;
  }

  /** Waits until the group matches, and returns it. */
  async until(what: string, holds: (group: GroupView) => boolean): Promise<GroupView> {
    const check = (): Promise<GroupView | false> => {
      const view = this.view();
      return Promise.resolve(holds(view) && view);
    };
    try {
      return await eventually(what, check, runLimitMs);
    } catch (error) {
      const seen = JSON.stringify(this.#windowModel.group(this.key), undefined, 1);
      throw new Error(`${String(error)}\nThe group at the end: ${seen}`, { cause: error });
    }
  }

  /** Waits until a task matches, and returns it. */
  async untilTask(id: string, what: string, holds: (task: TaskView) => boolean): Promise<TaskView> {
    await this.until(`${id} ${what}`, () => holds(this.task(id)));
    return this.task(id);
  }

  /** Records the appearance of a task after every change, including changes too fast for polling. */
  onTask(id: string, onChange: (task: TaskView) => void): Disposable {
    return this.#windowModel.onChange(() => {
      const task = this.#windowModel.group(this.key)?.tasks.find((each) => each.id === id);
      if (task !== undefined) {
        onChange(task);
      }
    });
  }

  /** Starts a run as the command does, and returns after it has started. */
  async start(command: string = COMMANDS.runGroup): Promise<void> {
    const before = this.view().run?.id;
    await vscode.commands.executeCommand(command, { group: this.key });
    if (this.view().run?.id === before) {
      throw new Error(`No run of ${this.key} was started.`);
    }
  }

  async ended(): Promise<GroupView> {
    return this.until(`${this.key} to end`, ({ run }) => run?.state === 'ended');
  }

  /** Runs the group from the command to its end. */
  async runToEnd(command?: string): Promise<GroupView> {
    await this.start(command);
    return this.ended();
  }

  /** Reads the metadata of the newest run, after it is complete on disk. */
  metadata(): Promise<Metadata> {
    const file = join(STATE_DIRECTORY, 'groups', this.#name, 'metadata.json');
    return eventually(`${file} of the newest run`, async () => {
      const parsed = metadataSchema.parse(JSON.parse(await readFile(inWorkspace(file), 'utf8')));
      return parsed.run_id === this.run().id && parsed.completed_at !== null && parsed;
    });
  }
}

/** The schema that other tools read, independent of the code that writes it. */
const metadataSchema = z.object({
  group_id: z.string(),
  phase: z.string(),
  tasks: z.array(z.string()),
  started_at: z.string(),
  completed_at: z.nullable(z.string()),
  status: z.string(),
  results: z.array(
    z.object({
      task_id: z.string(),
      status: z.string(),
      error: z.optional(z.string()),
      attempts: z.number(),
      started_at: z.nullable(z.string()),
      completed_at: z.nullable(z.string()),
      evidence: z.array(z.object({ kind: z.string(), ok: z.boolean(), detail: z.string() })),
      artifacts: z.record(z.string(), z.unknown()),
      blocked_by: z.array(z.string()),
      closed: z.boolean(),
    }),
  ),
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
  pre_group_refresh_completed: z.boolean(),
  run_id: z.string(),
  exit_code: z.nullable(z.number()),
  tests: z.nullable(z.object({ status: z.string() })),
  proposed_tasks: z.array(z.string()),
});
export type Metadata = z.infer<typeof metadataSchema>;

/** Writes a plan and waits until its group is shown. */
export async function openGroup(
  windowModel: WindowModel,
  source: string,
  name: string,
  text: string,
): Promise<TestGroup> {
  await writePlan(source, text);
  await windowModel.refresh();
  return new TestGroup(windowModel, source, name);
}

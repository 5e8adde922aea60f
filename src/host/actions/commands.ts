import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { groupKeySchema, taskKeySchema } from '../../coordinator/schema/attempt.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { type CommandId, COMMANDS } from '../../shared/manifest.ts';

/** What a command is called on: a row of the tree, an argument of ours, or nothing (the palette). */
export interface CommandTarget {
  readonly group: GroupKey | null;
  readonly task: TaskKey | null;
  /** Every task that it is called on: of several selected rows all, else the one. */
  readonly tasks: readonly TaskKey[];
  /** The file that a menu of an editor or of the explorer was opened on. */
  readonly uri: vscode.Uri | null;
  /** Whether the menu was the explorer's: there the file is meant, not what is at its editor's cursor. */
  readonly inExplorer: boolean;
  /** What the caller has to say, where it says something. */
  readonly text: string | null;
  /** The id of the group that tasks are to be moved to, where the caller names it. */
  readonly to: string | null;
  /** A row of the Agents view. */
  readonly agent: AgentTarget | null;
}

/** An agent or a subagent of a folder; `folder`: what the folder's keys begin with. */
export interface AgentTarget {
  readonly kind: 'agent' | 'subagent';
  readonly name: string;
  readonly folder: string;
}

const NOTHING: CommandTarget = {
  group: null,
  task: null,
  tasks: [],
  uri: null,
  inExplorer: false,
  text: null,
  to: null,
  agent: null,
};

/** One handler for every command of the manifest; a missing one does not compile. */
export type CommandHandlers = Readonly<
  Record<keyof typeof COMMANDS, (target: CommandTarget) => Promise<void> | void>
>;

const groupNode = z.object({ kind: z.literal('group'), key: groupKeySchema });
const taskNode = z.object({ kind: z.literal('task'), key: taskKeySchema, group: groupNode });
const agentNode = z.object({
  kind: z.enum(['agent', 'subagent']),
  name: z.string(),
  folder: z.string(),
});
const named = z.object({
  group: z.optional(groupKeySchema),
  task: z.optional(taskKeySchema),
  tasks: z.optional(z.array(taskKeySchema)),
  text: z.optional(z.string()),
  to: z.optional(z.string()),
});

/** Anything can call a command with anything: only what is understood counts. Trees pass the selected rows as `rows`. */
function targetOf(argument: unknown, rows: unknown): CommandTarget {
  if (argument instanceof vscode.Uri) {
    return { ...NOTHING, uri: argument, inExplorer: Array.isArray(rows) };
  }
  const group = groupNode.safeParse(argument);
  if (group.success) {
    return { ...NOTHING, group: group.data.key };
  }
  const task = taskNode.safeParse(argument);
  if (task.success) {
    const { key } = task.data;
    return { ...NOTHING, group: task.data.group.key, task: key, tasks: tasksOf(rows, key) };
  }
  const agent = agentNode.safeParse(argument);
  if (agent.success) {
    return { ...NOTHING, agent: agent.data };
  }
  const name = named.safeParse(argument);
  return name.success ? namedTarget(name.data) : NOTHING;
}

function namedTarget({ group, task, tasks, text, to }: Named): CommandTarget {
  return {
    ...NOTHING,
    group: group ?? null,
    task: task ?? null,
    tasks: tasks ?? [task ?? []].flat(),
    text: text ?? null,
    to: to ?? null,
  };
}

type Named = z.infer<typeof named>;

/** The tasks among the selected rows; the one that was clicked where that is not among them. */
function tasksOf(rows: unknown, clicked: TaskKey): readonly TaskKey[] {
  const selected = Array.isArray(rows) ? rows : [];
  const keys = selected.flatMap((row) => taskNode.safeParse(row).data?.key ?? []);
  return keys.includes(clicked) ? keys : [clicked];
}

/** Registers every command; what a handler throws is a defect, shown and logged instead of lost. */
export function registerCommands(
  handlers: CommandHandlers,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const register = (
    id: CommandId,
    handler: CommandHandlers[keyof CommandHandlers],
  ): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: unknown, rows: unknown) => {
      try {
        await handler(targetOf(argument, rows));
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage(vscode.l10n.t('Parallel Groups: {0}', String(error)));
      }
    });
  const names = Object.keys(COMMANDS).filter(
    (name): name is keyof typeof COMMANDS => name in COMMANDS,
  );
  return vscode.Disposable.from(...names.map((name) => register(COMMANDS[name], handlers[name])));
}

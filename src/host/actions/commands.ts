import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { groupKeySchema, taskKeySchema } from '../../coordinator/schema/attempt.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { type CommandId, COMMANDS } from '../../shared/manifest.ts';

/** The target of a command: a row of a tree, an argument from our own code, or nothing (Command Palette). */
export interface CommandTarget {
  readonly group: GroupKey | null;
  readonly task: TaskKey | null;
  /** All target tasks: those of the selected rows, or the single task. */
  readonly tasks: readonly TaskKey[];
  /** The file whose editor or Explorer menu invoked the command. */
  readonly uri: vscode.Uri | null;
  /** Whether it was the Explorer's menu: the target is then the file, not the position of its editor's cursor. */
  readonly inExplorer: boolean;
  /** Text that the caller passes to the command; `null` if none. */
  readonly text: string | null;
  /** The id of the group to move tasks to; `null` if the caller does not name it. */
  readonly to: string | null;
  /** The row of the Agents view. */
  readonly agent: AgentTarget | null;
}

/** An agent or a subagent of a folder. `folder`: the prefix of the folder's keys. */
export interface AgentTarget {
  readonly kind: 'agent' | 'subagent';
  readonly name: string;
  readonly folder: string;
}

const NO_TARGET: CommandTarget = {
  group: null,
  task: null,
  tasks: [],
  uri: null,
  inExplorer: false,
  text: null,
  to: null,
  agent: null,
};

/** One handler for each command of the manifest. A missing one is a type error. */
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
const argumentSchema = z.object({
  group: z.optional(groupKeySchema),
  task: z.optional(taskKeySchema),
  tasks: z.optional(z.array(taskKeySchema)),
  text: z.optional(z.string()),
  to: z.optional(z.string()),
});

/**
 * Parses the target from a command's arguments, which other extensions may set to any value: unknown values count as no
 * target. Trees pass the selected rows as `rows`.
 */
function targetOf(argument: unknown, rows: unknown): CommandTarget {
  if (argument instanceof vscode.Uri) {
    return { ...NO_TARGET, uri: argument, inExplorer: Array.isArray(rows) };
  }
  const group = groupNode.safeParse(argument);
  if (group.success) {
    return { ...NO_TARGET, group: group.data.key };
  }
  const task = taskNode.safeParse(argument);
  if (task.success) {
    const { key } = task.data;
    return { ...NO_TARGET, group: task.data.group.key, task: key, tasks: tasksOf(rows, key) };
  }
  const agent = agentNode.safeParse(argument);
  if (agent.success) {
    return { ...NO_TARGET, agent: agent.data };
  }
  const parsed = argumentSchema.safeParse(argument);
  return parsed.success ? argumentTarget(parsed.data) : NO_TARGET;
}

function argumentTarget({ group, task, tasks, text, to }: CommandArgument): CommandTarget {
  return {
    ...NO_TARGET,
    group: group ?? null,
    task: task ?? null,
    tasks: tasks ?? [task ?? []].flat(),
    text: text ?? null,
    to: to ?? null,
  };
}

type CommandArgument = z.infer<typeof argumentSchema>;

/** The tasks among the selected rows, or only the clicked task if the selection does not include it. */
function tasksOf(rows: unknown, clicked: TaskKey): readonly TaskKey[] {
  const selected = Array.isArray(rows) ? rows : [];
  const keys = selected.flatMap((row) => taskNode.safeParse(row).data?.key ?? []);
  return keys.includes(clicked) ? keys : [clicked];
}

/** Registers every command. An exception from a handler is a defect: it is logged and shown to the user. */
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

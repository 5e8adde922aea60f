import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { groupKeySchema, taskKeySchema } from '../coordinator/attempt.ts';
import type { GroupKey, TaskKey } from '../shared/ids.ts';
import { COMMANDS, type CommandId } from '../shared/manifest.ts';

/** What a command is called on: a row of the tree, an argument of ours, or nothing (the palette). */
export interface CommandTarget {
  readonly group: GroupKey | null;
  readonly task: TaskKey | null;
}

/** One handler for every command of the manifest; a missing one does not compile. */
export type CommandHandlers = Readonly<
  Record<keyof typeof COMMANDS, (target: CommandTarget) => Promise<void> | void>
>;

const groupNode = z.object({ kind: z.literal('group'), key: groupKeySchema });
const taskNode = z.object({ kind: z.literal('task'), key: taskKeySchema, group: groupNode });
const named = z.object({ group: z.optional(groupKeySchema), task: z.optional(taskKeySchema) });

/** Anything can call a command with anything: only what is understood counts. */
function targetOf(argument: unknown): CommandTarget {
  const group = groupNode.safeParse(argument);
  if (group.success) {
    return { group: group.data.key, task: null };
  }
  const task = taskNode.safeParse(argument);
  if (task.success) {
    return { group: task.data.group.key, task: task.data.key };
  }
  const name = named.safeParse(argument);
  return name.success
    ? { group: name.data.group ?? null, task: name.data.task ?? null }
    : { group: null, task: null };
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
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await handler(targetOf(argument));
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage(`Parallel Groups: ${String(error)}`);
      }
    });
  const names = Object.keys(COMMANDS).filter(
    (name): name is keyof typeof COMMANDS => name in COMMANDS,
  );
  return vscode.Disposable.from(...names.map((name) => register(COMMANDS[name], handlers[name])));
}

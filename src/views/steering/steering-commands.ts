import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type * as steering from './steer-task.ts';

type SteeringCommand =
  | 'nudgeTask'
  | 'stopTask'
  | 'showChanges'
  | 'openSession'
  | 'sayProven'
  | 'sayNotProven';
type OnTask = (target: CommandTarget, act: (key: TaskKey) => Promise<void>) => Promise<void>;

/** The handlers of the commands that steer a task. `onTask`: determines the task of a command. */
export function steeringCommands(
  windowModel: WindowModel,
  onTask: OnTask,
): Pick<CommandHandlers, SteeringCommand> {
  // Loaded on first use.
  const load = (): Promise<typeof steering> => import('./steer-task.ts');
  return {
    nudgeTask: (target) =>
      onTask(target, async (key) => (await load()).nudge(windowModel, key, target.text)),
    stopTask: (target) => onTask(target, async (key) => (await load()).stop(windowModel, key)),
    showChanges: (target) =>
      onTask(target, async (key) => (await load()).showChanges(windowModel, key)),
    sayProven: (target) =>
      onTask(target, async (key) => (await load()).judge(windowModel, key, true)),
    sayNotProven: (target) =>
      onTask(target, async (key) => (await load()).judge(windowModel, key, false)),
    openSession: (target) =>
      onTask(target, async (key) => (await load()).openSession(windowModel, key)),
  };
}

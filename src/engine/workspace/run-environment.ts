import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { createGuards } from '../guards/guard-run.ts';

/** What a workspace adds to what it was opened with. */
interface RunContextSources {
  readonly bus: CoordinatorBus;
  /** The configuration in force. */
  readonly config: () => Config;
  /** Called when a status was written to a plan by ourselves. */
  readonly wrote: () => void;
}

/** What every run of a workspace needs. */
export function createRunContext(
  options: WorkspaceOptions,
  { bus, config, wrote }: RunContextSources,
): RunContext {
  const { workspaceRoot, storage, label, clock, launcher, writeStatus, plans } = options;
  return {
    workspaceRoot,
    storage,
    label,
    clock,
    bus,
    guards: options.guards ?? createGuards(),
    launcher,
    writeStatus: async (task, status) => {
      const written = await writeStatus(task, status);
      wrote();
      return written;
    },
    plan: () => plans.current(),
    config,
  };
}

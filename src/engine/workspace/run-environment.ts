import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { createGuards } from '../guards/guard-run.ts';

/** The parts of a run context that a workspace adds to its options. */
interface RunContextSources {
  readonly bus: CoordinatorBus;
  /** Returns the effective configuration. */
  readonly config: () => Config;
  /** Called after this process has written a status to a plan. */
  readonly onStatusWritten: () => void;
}

/** Creates the context that all runs of a workspace share. */
export function createRunContext(
  options: WorkspaceOptions,
  { bus, config, onStatusWritten }: RunContextSources,
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
      onStatusWritten();
      return written;
    },
    plan: () => plans.current(),
    config,
  };
}

import type { Clock } from '../../system/clock.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';
import type { ConfigOverrides } from '../config/load-config.ts';
import type { TelemetrySettings } from '../telemetry/telemetry-settings.ts';
import type { Guards } from './guards.ts';
import type { Launcher, WriteStatus } from './ports.ts';

/** The options in which VS Code and the command line differ. */
export interface WorkspaceOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Directory of the user's storage for this workspace (`openWorkspaceStorage`). */
  readonly storage: string;
  /** Name of this process in locks and requests: "VS Code", "command line". */
  readonly label: string;
  readonly clock: Clock;
  /** The limits that its runs share with those of other workspaces; default: limits for this workspace alone. */
  readonly guards?: Guards;
  readonly launcher: Launcher;
  readonly plans: PlanStore;
  readonly writeStatus: WriteStatus;
  readonly overrides: () => ConfigOverrides;
  /** Program and arguments that start the runner bundle. */
  readonly runner: readonly string[];
  /** Returns the telemetry settings; called at the start of every run. Without it, no telemetry is exported. */
  readonly telemetry?: () => TelemetrySettings;
  /** Returns whether anything may run; `false` in an untrusted workspace. */
  readonly isTrusted: () => boolean;
}

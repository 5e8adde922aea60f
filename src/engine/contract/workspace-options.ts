import type { Clock } from '../../system/clock.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';
import type { ConfigOverrides } from '../config/load-config.ts';
import type { TelemetrySettings } from '../telemetry/telemetry-settings.ts';
import type { Guards } from './guards.ts';
import type { Launcher, WriteStatus } from './ports.ts';

/** What differs between VS Code and the command line. */
export interface WorkspaceOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** The user's own storage for this workspace (`openWorkspaceStorage`). */
  readonly storage: string;
  /** Who we are, for locks: "VS Code", "command line". */
  readonly label: string;
  readonly clock: Clock;
  /** What its runs share with those of other workspaces; default: its own. */
  readonly guards?: Guards;
  readonly launcher: Launcher;
  readonly plans: PlanStore;
  readonly writeStatus: WriteStatus;
  readonly overrides: () => ConfigOverrides;
  /** Program and arguments that start our own runner bundle. */
  readonly runner: readonly string[];
  /** Where telemetry goes; asked at the start of every run. Nowhere, if not given. */
  readonly telemetry?: () => TelemetrySettings;
  /** Whether anything may run at all: `false` in an untrusted workspace. */
  readonly isTrusted: () => boolean;
}

import * as vscode from 'vscode';
import {
  agentPricesSchema,
  CONFLICTS,
  customAgentSchema,
  INTERACTIVE,
} from '../../coordinator/schema/config.ts';
import type { ConfigOverrides } from '../../engine/config/load-config.ts';
import type { TelemetryOverrides } from '../../engine/telemetry/telemetry-settings.ts';
import { SETTINGS, SETTINGS_SECTION } from '../../shared/manifest.ts';

/**
 * Reads the settings that the user has set for a folder or globally. Defaults do not override `parallel-groups.json`.
 */
export function readSettings(folder?: vscode.Uri): ConfigOverrides {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION, folder);
  const number = (key: string): number | undefined => {
    const value = explicitValue(section, key);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const text = (key: string): string | undefined => {
    const value = explicitValue(section, key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const argv = (key: string): readonly string[] | undefined => {
    const value = explicitValue(section, key);
    return Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => typeof each === 'string')
      ? value
      : undefined;
  };
  return {
    maxConcurrent: number(SETTINGS.maxConcurrent),
    conflicts: CONFLICTS.find((each) => each === explicitValue(section, SETTINGS.conflicts)),
    interactive: INTERACTIVE.find((each) => each === explicitValue(section, SETTINGS.interactive)),
    agent: text(SETTINGS.agent),
    agents: agentsIn(explicitValue(section, SETTINGS.agents)),
    maxRetries: number(SETTINGS.maxRetries),
    retryDelayMs: number(SETTINGS.retryDelayMs),
    timeoutMs: toMs(number(SETTINGS.timeoutSeconds)),
    claudePath: text(SETTINGS.claudePath),
    agentPaths: pathsIn(explicitValue(section, SETTINGS.agentPaths)),
    prices: pricesIn(explicitValue(section, SETTINGS.prices)),
    testCommand: argv(SETTINGS.testCommand),
    testTimeoutMs: toMs(number(SETTINGS.testTimeoutSeconds)),
    refreshCommand: argv(SETTINGS.contextRefreshCommand),
    include: argv(SETTINGS.sourcesInclude),
    exclude: argv(SETTINGS.sourcesExclude),
    refreshTimeoutMs: toMs(number(SETTINGS.contextRefreshTimeoutSeconds)),
  };
}

/** Returns the valid agents. */
function agentsIn(value: unknown): ConfigOverrides['agents'] {
  return entriesOf(value, (agent) => customAgentSchema.safeParse(agent).data);
}

/** Returns the paths by agent. Ignores empty ones. */
function pathsIn(value: unknown): ConfigOverrides['agentPaths'] {
  return entriesOf(value, (path) => (typeof path === 'string' && path !== '' ? path : undefined));
}

/** Returns the valid prices. */
function pricesIn(value: unknown): ConfigOverrides['prices'] {
  return entriesOf(value, (prices) => agentPricesSchema.safeParse(prices).data);
}

/** Returns an object's readable values by name; `undefined` if none is readable. */
function entriesOf<Value>(
  value: unknown,
  read: (value: unknown) => Value | undefined,
): Readonly<Record<string, Value>> | undefined {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const valid = entries.flatMap(([name, each]) => {
    const result = read(each);
    return result === undefined ? [] : [[name, result] as const];
  });
  return valid.length === 0 ? undefined : Object.fromEntries(valid);
}

/** Reads the path of the beads program `bd`; `undefined` if the user has not set it. */
export function readBdPath(folder: vscode.Uri): string | undefined {
  const path = explicitValue(
    vscode.workspace.getConfiguration(SETTINGS_SECTION, folder),
    SETTINGS.bdPath,
  );
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/** Reads the telemetry endpoint and whether exports may include content; `undefined` for each that is not set. */
export function readTelemetry(folder: vscode.Uri): TelemetryOverrides {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION, folder);
  // Reads the user's settings only, although VS Code would use those of workspace and folder too.
  const userValue = (key: string): unknown => section.inspect(key)?.globalValue;
  const endpoint = userValue(SETTINGS.telemetryEndpoint);
  const content = userValue(SETTINGS.telemetryContent);
  return {
    endpoint: typeof endpoint === 'string' && endpoint !== '' ? endpoint : undefined,
    content: typeof content === 'boolean' ? content : undefined,
  };
}

function explicitValue(section: vscode.WorkspaceConfiguration, key: string): unknown {
  const inspected = section.inspect(key);
  return inspected?.workspaceFolderValue ?? inspected?.workspaceValue ?? inspected?.globalValue;
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.ceil(seconds * 1000);
}

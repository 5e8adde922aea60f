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
 * The settings that a person has set for a folder, or for any; what is only a default does not override
 * `parallel-groups.json`.
 */
export function readSettings(folder?: vscode.Uri): ConfigOverrides {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION, folder);
  const number = (key: string): number | undefined => {
    const value = explicit(section, key);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const text = (key: string): string | undefined => {
    const value = explicit(section, key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const argv = (key: string): readonly string[] | undefined => {
    const value = explicit(section, key);
    return Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => typeof each === 'string')
      ? value
      : undefined;
  };
  return {
    maxConcurrent: number(SETTINGS.maxConcurrent),
    conflicts: CONFLICTS.find((each) => each === explicit(section, SETTINGS.conflicts)),
    interactive: INTERACTIVE.find((each) => each === explicit(section, SETTINGS.interactive)),
    agent: text(SETTINGS.agent),
    agents: agentsIn(explicit(section, SETTINGS.agents)),
    maxRetries: number(SETTINGS.maxRetries),
    retryDelayMs: number(SETTINGS.retryDelayMs),
    timeoutMs: inMs(number(SETTINGS.timeoutSeconds)),
    claudePath: text(SETTINGS.claudePath),
    agentPaths: pathsIn(explicit(section, SETTINGS.agentPaths)),
    prices: pricesIn(explicit(section, SETTINGS.prices)),
    testCommand: argv(SETTINGS.testCommand),
    testTimeoutMs: inMs(number(SETTINGS.testTimeoutSeconds)),
    refreshCommand: argv(SETTINGS.contextRefreshCommand),
    include: argv(SETTINGS.sourcesInclude),
    exclude: argv(SETTINGS.sourcesExclude),
    refreshTimeoutMs: inMs(number(SETTINGS.contextRefreshTimeoutSeconds)),
  };
}

/** The agents that are written as they should be. */
function agentsIn(value: unknown): ConfigOverrides['agents'] {
  return entriesOf(value, (agent) => customAgentSchema.safeParse(agent).data);
}

/** The paths that are named; an empty one says nothing. */
function pathsIn(value: unknown): ConfigOverrides['agentPaths'] {
  return entriesOf(value, (path) => (typeof path === 'string' && path !== '' ? path : undefined));
}

/** The prices that are written as they should be. */
function pricesIn(value: unknown): ConfigOverrides['prices'] {
  return entriesOf(value, (prices) => agentPricesSchema.safeParse(prices).data);
}

/** What can be read of an object's values, by name; `undefined` where nothing can. */
function entriesOf<Value>(
  value: unknown,
  read: (value: unknown) => Value | undefined,
): Readonly<Record<string, Value>> | undefined {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const known = entries.flatMap(([name, each]) => {
    const found = read(each);
    return found === undefined ? [] : [[name, found] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** Where a person says that beads' own program is; `undefined` where nobody says so. */
export function readBdPath(folder: vscode.Uri): string | undefined {
  const path = explicit(
    vscode.workspace.getConfiguration(SETTINGS_SECTION, folder),
    SETTINGS.bdPath,
  );
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/** Where a person has telemetry sent, and whether content may be in it; what nobody set is left out. */
export function readTelemetry(folder: vscode.Uri): TelemetryOverrides {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION, folder);
  // Of the person alone, wherever VS Code would look as well.
  const own = (key: string): unknown => section.inspect(key)?.globalValue;
  const endpoint = own(SETTINGS.telemetryEndpoint);
  const content = own(SETTINGS.telemetryContent);
  return {
    endpoint: typeof endpoint === 'string' && endpoint !== '' ? endpoint : undefined,
    content: typeof content === 'boolean' ? content : undefined,
  };
}

function explicit(section: vscode.WorkspaceConfiguration, key: string): unknown {
  const inspected = section.inspect(key);
  return inspected?.workspaceFolderValue ?? inspected?.workspaceValue ?? inspected?.globalValue;
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.ceil(seconds * 1000);
}

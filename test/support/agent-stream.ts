import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type {
  AdapterOptions,
  AgentEvent,
  ProcessEnd,
  Verdict,
} from '../../src/agents/contract/adapter.ts';
import { createAdapter } from '../../src/agents/registry.ts';
import type { BuiltInAgent } from '../../src/shared/agent-ids.ts';

/** Time at which every line of these tests is printed, ms since the epoch. */
export const AT = 1_000_000;

const fine: ProcessEnd = {
  exitCode: 0,
  signal: null,
  stopped: null,
  spawnError: null,
  lastLine: '',
  at: AT,
};

/** Returns the normalized events of an adapter for a stream of these events (or lines) and the end of the process. */
export async function understandAs(
  agent: BuiltInAgent,
  lines: readonly unknown[],
  end: Partial<ProcessEnd> = {},
  options: AdapterOptions & { readonly cwd?: string } = {},
): Promise<{ events: AgentEvent[]; verdict: Verdict; unknown: number }> {
  const adapter = await createAdapter(agent, options.cwd ?? '/project', options);
  const events = lines.flatMap((line) => [
    ...adapter.accept(typeof line === 'string' ? line : JSON.stringify(line), AT),
  ]);
  return { events, verdict: adapter.finish({ ...fine, ...end }), unknown: adapter.unknown };
}

/** Formats steps as `kind: text`, other events as their type and text. */
export function words(events: readonly AgentEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'step') {
      return [`${event.kind}: ${event.text}`];
    }
    return event.type === 'throttled' || event.type === 'needs_you'
      ? [`${event.type}: ${event.text}`]
      : [];
  });
}

/** The output of a real program, and how it ended. */
export interface Recording {
  readonly name: string;
  readonly lines: readonly string[];
  readonly end: Pick<ProcessEnd, 'exitCode' | 'signal' | 'lastLine'> & { usageReport?: string };
}

/** The folder in which the recorded agents worked. */
export const RECORDED_CWD = '/home/user/project';

const ends = z.object({
  cases: z.record(
    z.string(),
    z.object({
      exitCode: z.nullable(z.number()),
      signal: z.nullable(z.string()),
      lastLine: z.string(),
    }),
  ),
});

/** Returns the recordings of one program, by file name. */
export function recordings(agent: BuiltInAgent): readonly Recording[] {
  const folder = new URL(`../fixtures/agent-events/${agent}/`, import.meta.url);
  if (!existsSync(new URL('ends.json', folder))) {
    throw new Error(
      `There are no recordings of ${agent}. Run: npm run fixtures:record -- ${agent}`,
    );
  }
  const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
  const { cases } = ends.parse(JSON.parse(read('ends.json')));
  const files = readdirSync(folder);
  return Object.entries(cases).map(([name, end]) => {
    const usage = `${name}.usage.json`;
    const report = files.includes(usage) ? { usageReport: read(usage) } : {};
    const lines = read(`${name}.jsonl`).split('\n');
    return { name, lines, end: { ...end, ...report } };
  });
}

export function recording(agent: BuiltInAgent, name: string): Recording {
  const found = recordings(agent).find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`${agent} was not recorded as "${name}".`);
  }
  return found;
}

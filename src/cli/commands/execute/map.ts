import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseUnits, type Shard, shardOf } from '../../../coordinator/map/units.ts';
import type { ConfigOverrides } from '../../../engine/config/load-config.ts';
import type { MapRequest } from '../../../engine/prepare/map/freeze-map.ts';
import { listUnits } from '../../../engine/prepare/map/list-units.ts';
import { visible } from '../../../runner/terminal/visible.ts';
import { t } from '../../../shared/messages.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { plural } from '../../../shared/words/durations.ts';
import { type Answer, refusal } from '../../output/answer.ts';
import { EXIT } from '../../output/exit-codes.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import { type CliContext, withRunContext } from '../../run/with-run-context.ts';

export interface MapOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly agent: string;
  /** A glob of files, or a file with one unit in every line; `-` is standard input. */
  readonly units: { readonly glob: string } | { readonly file: string };
  /** `null`: all units. */
  readonly shard: Shard | null;
  readonly prompt: { readonly text: string } | { readonly file: string } | null;
  readonly overrides: ConfigOverrides;
  readonly yes: boolean;
}

/** `map`: applies one agent to many units, with one task for each. */
export async function map(options: MapOptions): Promise<Answer> {
  const instruction = await readInstruction(options);
  if (!instruction.ok) {
    return instruction.failure;
  }
  const found = await findUnits(options);
  if (!found.ok) {
    return found.failure;
  }
  const units = options.shard === null ? found.value : shardOf(found.value, options.shard);
  if (units.length === 0) {
    return nothingToDo(options, found.value.length);
  }
  const of = 'glob' in options.units ? ('file' as const) : ('unit' as const);
  const request = { agent: options.agent, units, instruction: instruction.value, of };
  // A map run is in no plan, so there is nothing to watch.
  return withRunContext({ ...options, watched: false }, (context) => runMap(request, context));
}

async function runMap(request: MapRequest, context: CliContext): Promise<Answer> {
  const { workspace, progress } = context;
  const plan = await workspace.starter.prepareMap(request);
  const run = plan.ok ? await workspace.starter.start(plan.value) : plan;
  if (run.ok) {
    progress.line(t('Its group is {0}.', run.value.state.plan.groupId));
  }
  return runToEnd(run, context, 'starts');
}

async function findUnits({
  workspaceRoot,
  units,
}: MapOptions): Promise<Result<readonly string[], Answer>> {
  if ('glob' in units) {
    return success(await listUnits(workspaceRoot, units.glob));
  }
  const text = await readText(units.file);
  if (!text.ok) {
    return text;
  }
  const { units: listed, repeated } = parseUnits(text.value);
  if (repeated.length > 0) {
    const [first = ''] = repeated;
    const more = repeated.length - 1;
    const text =
      more > 0
        ? t('{0} and {1} more is listed more than once and taken once.', visible(first), more)
        : t('{0} is listed more than once and taken once.', visible(first));
    process.stderr.write(`${text}\n`);
  }
  return success(listed);
}

async function readInstruction({ prompt }: MapOptions): Promise<Result<string | null, Answer>> {
  if (prompt === null) {
    return success(null);
  }
  return 'text' in prompt ? success(prompt.text) : readText(prompt.file);
}

/** Reads a file, relative to the current directory, or standard input. */
async function readText(file: string): Promise<Result<string, Answer>> {
  try {
    return success(
      file === '-' ? await readAll(process.stdin) : await readFile(resolve(file), 'utf8'),
    );
  } catch {
    return failure(refusal('unreadable', t('{0} cannot be read.', file)));
  }
}

/** An empty list of units is not an error, because some of many shards may be empty. */
function nothingToDo({ units, shard, agent }: MapOptions, inAll: number): Answer {
  const none =
    'glob' in units
      ? t('No file matches {0}, so there is nothing to do.', units.glob)
      : t('{0} lists no units, so there is nothing to do.', units.file);
  const message =
    inAll === 0 || shard === null
      ? none
      : t(
          'Shard {0} of {1} has none of the {2}.',
          shard.shard,
          shard.shards,
          plural(inAll, 'unit'),
        );
  return {
    exitCode: EXIT.completed,
    json: {
      version: 1,
      key: null,
      group_id: null,
      agent,
      status: 'completed',
      run_id: null,
      tasks: [],
      results: [],
      errors: [],
      warnings: [message],
      summary: { total: 0, ok: 0, failed: 0, blocked: 0, cancelled: 0, units: [] },
      exit_code: EXIT.completed,
    },
    text: message,
    to: 'stdout',
  };
}

import { type DetectReport, detectReport } from '../../coordinator/plan/detect-report.ts';
import { loadConfig } from '../../engine/config/load-config.ts';
import { t } from '../../shared/messages.ts';
import { plural } from '../../shared/words/durations.ts';
import type { Answer } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { oneLine, table } from '../output/table.ts';
import { openPlans } from '../run/open-plans.ts';

export interface DetectOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly tasksFile: string | undefined;
}

/** `detect`: what the plans say. Problems are part of the answer; only a file that was asked for has to be a plan. */
export async function detect({ workspaceRoot, tasksFile }: DetectOptions): Promise<Answer> {
  const plans = await openPlans(workspaceRoot, tasksFile);
  const { config, problems } = await loadConfig(workspaceRoot, {});
  for (const problem of problems) {
    process.stderr.write(`warning: ${problem}\n`);
  }
  const report = detectReport(plans.current(), config.subagents);
  const noPlan = tasksFile !== undefined && report.tasks.length === 0;
  return {
    exitCode: noPlan ? EXIT.refused : EXIT.completed,
    json: report,
    text: describe(report, tasksFile),
    to: noPlan ? 'stderr' : 'stdout',
  };
}

function describe(
  { groups, tasks, problems }: DetectReport,
  tasksFile: string | undefined,
): string {
  const found = problems.map(
    ({ severity, file, line, message }) =>
      `${oneLine(file)}:${line}: ${severity}: ${oneLine(message)}`,
  );
  if (groups.length === 0) {
    const where = tasksFile ?? 'this workspace';
    return [t('No tasks were found in {0}.', where), ...found].join('\n');
  }
  const byKey = new Map<string, (typeof tasks)[number]>(tasks.map((task) => [task.key, task]));
  const blocks = groups.map((group) => {
    // Not by the tasks' file, which is not always the source.
    const own = group.tasks.flatMap((id) => byKey.get(`${group.source}#${id}`) ?? []);
    const waveOf = new Map(
      group.waves.flatMap((wave, place) => wave.map((id) => [id, place + 1] as const)),
    );
    const rows = own.map((task) => [
      task.id,
      task.status.replace('_', ' '),
      `wave ${waveOf.get(task.id) ?? 1}`,
      task.run === null ? task.subagent : 'run',
      task.title,
      task.blockedBy.length === 0 ? '' : `blocked by ${task.blockedBy.join(', ')}`,
    ]);
    const heading = `${oneLine(group.id)} (${oneLine(group.source)}) · ${plural(own.length, 'task')}`;
    return `${heading}\n${table(rows, '  ')}`;
  });
  return [...blocks, ...(found.length === 0 ? [] : [found.join('\n')])].join('\n\n');
}

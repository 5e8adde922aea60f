import { type DetectReport, detectReport } from '../../coordinator/plan/detect-report.ts';
import { loadConfig } from '../../engine/config/load-config.ts';
import { t } from '../../shared/messages.ts';
import { plural } from '../../shared/words/durations.ts';
import type { Answer } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { table, visibleLine } from '../output/table.ts';
import { openPlans } from '../run/open-plans.ts';

export interface DetectOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly tasksFile: string | undefined;
}

/** `detect`: shows the plans with their problems. Fails only if the requested file is no plan. */
export async function detect({ workspaceRoot, tasksFile }: DetectOptions): Promise<Answer> {
  const plans = await openPlans(workspaceRoot, tasksFile);
  const { config, problems } = await loadConfig(workspaceRoot, {});
  for (const problem of problems) {
    process.stderr.write(`${t('warning: {0}', problem)}\n`);
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
      `${visibleLine(file)}:${line}: ${severity}: ${visibleLine(message)}`,
  );
  if (groups.length === 0) {
    const none =
      tasksFile === undefined
        ? t('No tasks were found in this workspace.')
        : t('No tasks were found in {0}.', tasksFile);
    return [none, ...found].join('\n');
  }
  const byKey = new Map<string, (typeof tasks)[number]>(tasks.map((task) => [task.key, task]));
  const blocks = groups.map((group) => {
    // A task's file is not always its source, so this looks the task up by source.
    const own = group.tasks.flatMap((id) => byKey.get(`${group.source}#${id}`) ?? []);
    const waveOf = new Map(
      group.waves.flatMap((wave, place) => wave.map((id) => [id, place + 1] as const)),
    );
    const rows = own.map((task) => [
      task.id,
      task.status.replace('_', ' '),
      t('wave {0}', waveOf.get(task.id) ?? 1),
      task.run === null ? task.subagent : 'run',
      task.title,
      task.blockedBy.length === 0 ? '' : t('blocked by {0}', task.blockedBy.join(', ')),
    ]);
    const heading = `${visibleLine(group.id)} (${visibleLine(group.source)}) · ${plural(own.length, 'task')}`;
    return `${heading}\n${table(rows, '  ')}`;
  });
  return [...blocks, ...(found.length === 0 ? [] : [found.join('\n')])].join('\n\n');
}

import { dirname } from 'node:path';
import { t } from '../../shared/messages.ts';
import type { TaskStatus } from '../../shared/status.ts';
import { listGroupDirectories } from '../../store/directories/group-directory.ts';
import { listMetadata } from '../../store/metadata/metadata-reader.ts';
import type { Answer } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { listedForeign, type ListedGroup, listedRun, listedView } from '../output/listed-group.ts';
import { table } from '../output/table.ts';
import type { CliWorkspace } from '../run/cli-workspace.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `list`: lists the groups of the plans, then former groups with a run, then groups of other tools. */
export function list(workspaceRoot: string, status: TaskStatus | undefined): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async (opened) => {
    const { groups, problems } = await collect(opened);
    const shown = groups.filter((group) => status === undefined || group.status === status);
    for (const problem of problems) {
      process.stderr.write(`${t('warning: {0}', problem)}\n`);
    }
    return {
      exitCode: EXIT.completed,
      json: { version: 1, groups: shown, problems },
      text: shown.length === 0 ? t('There are no such groups.') : describe(shown),
      to: 'stdout',
    };
  });
}

async function collect({ workspace }: CliWorkspace): Promise<{
  readonly groups: readonly ListedGroup[];
  readonly problems: readonly string[];
}> {
  const views = workspace.groups();
  const inPlan = new Set(views.map(({ key }) => key));
  const known = await listGroupDirectories(workspace.root);
  const ours = new Set<string>();
  const past: ListedGroup[] = [];
  for (const { key, directory } of known) {
    const newest = workspace.runs.newestOf(key);
    if (newest !== null || inPlan.has(key)) {
      ours.add(directory);
    }
    if (newest !== null && !inPlan.has(key)) {
      past.push(listedRun(workspace.root, newest.state, newest.holder));
    }
  }
  const { listed, problems } = await listMetadata(workspace.root);
  // Metadata without a run of this user came with the workspace: history, like that of another tool.
  const foreign = listed.filter(({ file }) => !ours.has(dirname(file)));
  return {
    groups: [
      ...views.map((view) => listedView(view, workspace.runs.newestOf(view.key))),
      ...past,
      ...foreign.map(listedForeign),
    ],
    problems,
  };
}

function describe(groups: readonly ListedGroup[]): string {
  const rows = groups.map((group) => [
    group.group_id,
    group.read_only ? t('{0} (read-only)', group.file ?? '') : (group.source ?? ''),
    group.status.replaceAll('_', ' '),
    `${group.summary.ok}/${group.summary.total}`,
    group.summary.failed > 0 ? t('{0} failed', group.summary.failed) : '',
    group.summary.blocked > 0 ? t('{0} blocked', group.summary.blocked) : '',
    group.completed_at ?? group.started_at ?? '',
    group.held_by === null ? '' : t('by {0}', group.held_by),
  ]);
  return table(rows);
}

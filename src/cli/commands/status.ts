import { t } from '../../shared/messages.ts';
import { type ListedMetadata, listMetadata } from '../../store/metadata/metadata-reader.ts';
import type { Answer } from '../output/answer.ts';
import { describeMetadata } from '../output/describe-metadata.ts';
import { EXIT } from '../output/exit-codes.ts';
import { listedForeign } from '../output/listed-group.ts';
import { metadataOfPlan, metadataOfRun, type ShownMetadata } from '../output/metadata.ts';
import { table, visibleLine } from '../output/table.ts';
import type { CliWorkspace } from '../run/cli-workspace.ts';
import { allGroups, chooseGroup, type NamedGroup } from '../run/groups.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `status --group-id G`: shows the group's newest run, or its plan if it never ran, or another tool's metadata. */
export function status(workspaceRoot: string, wanted: string): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async (opened) => {
    const groups = await allGroups(workspaceRoot, opened.workspace.plans.current());
    const chosen = chooseGroup(wanted, groups, workspaceRoot);
    const own = chosen.ok ? metadataOf(opened, chosen.value) : null;
    if (own !== null) {
      return answer(own, describeMetadata(own));
    }
    const foreign = await foreignMetadata(workspaceRoot, chosen.ok ? chosen.value.id : wanted);
    if (foreign !== undefined) {
      return answer(foreign.metadata, describeForeign(foreign));
    }
    if (!chosen.ok) {
      return chosen.failure;
    }
    const { key, id: group_id, source } = chosen.value;
    return answer(
      { key, group_id, source, status: 'pending', run_id: null },
      t('{0} never ran.', group_id),
    );
  });
}

function answer(json: object, text: string): Answer {
  return { exitCode: EXIT.completed, json, text, to: 'stdout' };
}

function metadataOf({ workspace }: CliWorkspace, { key }: NamedGroup): ShownMetadata | null {
  const newest = workspace.runs.newestOf(key);
  if (newest !== null) {
    return metadataOfRun(workspace.root, newest.state, newest.holder);
  }
  const view = workspace.groups().find((group) => group.key === key);
  return view === undefined ? null : metadataOfPlan(workspace.root, view);
}

async function foreignMetadata(root: string, id: string): Promise<ListedMetadata | undefined> {
  const { listed } = await listMetadata(root);
  return listed.find(({ metadata }) => metadata.group_id.toLowerCase() === id.toLowerCase());
}

function describeForeign(foreign: ListedMetadata): string {
  const { group_id, status: word, summary, file } = listedForeign(foreign);
  const heading = t(
    '{0} · {1} · {2} of {3} done · read-only: {4}',
    visibleLine(group_id),
    visibleLine(word),
    summary.ok,
    summary.total,
    file ?? '',
  );
  const rows = foreign.metadata.results.map((result) => [result.task_id, result.status]);
  return rows.length === 0 ? heading : `${heading}\n${table(rows, '  ')}`;
}

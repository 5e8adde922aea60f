import { t } from '../../shared/messages.ts';
import { metadataFile } from '../../store/metadata/metadata-file.ts';
import {
  type ListedMetadata,
  listMetadata,
  readMetadata,
} from '../../store/metadata/metadata-reader.ts';
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
    const former = chosen.ok ? await unreadableRun(opened, chosen.value) : null;
    if (former !== null) {
      return former;
    }
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

/** The metadata of a run that cannot be read, with the reason; `null` if it can, or has no metadata. */
async function unreadableRun(
  { workspace }: CliWorkspace,
  { key }: NamedGroup,
): Promise<Answer | null> {
  const handle = workspace.runs.get(key);
  const problem = handle?.problem ?? null;
  if (handle === undefined || problem === null) {
    return null;
  }
  const { directory } = handle;
  const metadata = await readMetadata(directory);
  if (!metadata.ok || metadata.value === null) {
    return null;
  }
  const former = { file: metadataFile(directory), readOnly: true, metadata: metadata.value };
  const text = `${describeForeign(former)}\n  ${t('warning: {0}', visibleLine(problem))}`;
  return answer({ ...metadata.value, problem }, text);
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

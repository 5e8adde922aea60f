import { unknownStatus } from '../../../coordinator/plan/graph/source-status.ts';
import { fingerprints } from '../../../coordinator/plan/identity.ts';
import type { Problem, SourceStatus } from '../../../coordinator/schema/task.ts';
import type { SourceId } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { Place } from '../../../shared/view-models/group-views.ts';
import { buildTask, type TaskDraft } from '../../format/build-task.ts';
import type { Reading } from '../../format/format.ts';
import { type Edges, edgesOf } from './issue-edges.ts';
import type { PrintedIssues } from './issue-schema.ts';
import { type Issue, type IssueMetadata, readMetadata } from './issue-schema.ts';
import {
  type Categories,
  isDeleted,
  isEpic,
  issueStatus,
  notWork,
  statusWord,
} from './issue-status.ts';
import { type IssueText, issueText } from './issue-text.ts';

/** The context for turning issues into tasks. */
export interface IssueContext {
  readonly source: SourceId;
  readonly categories: Categories;
  /** Returns where the user can view an issue. */
  readonly placeOf: (id: string | null) => Place;
  /** Current time, ms since the epoch. */
  readonly now: number;
}

/** An issue with its parsed text, status and metadata. */
interface ParsedIssue extends IssueText {
  readonly issue: Issue;
  readonly status: SourceStatus;
  readonly metadata: IssueMetadata;
  readonly problems: readonly Problem[];
}

const DEFAULT_PRIORITY = 2;
const BY_ID = new Intl.Collator('en', { numeric: true });
const LABEL = /^parallel:\s*(\S.*)$/i;

/** Turns issues into tasks, in the order of `bd ready`; a bad issue becomes a problem, and the others load. */
export function issueTasks({ issues, bad }: PrintedIssues, context: IssueContext): Reading {
  const present = issues.filter((issue) => !isDeleted(issue));
  const edges = edgesOf(present);
  const shown = inOrder(shownIssues(present, edges));
  const parsed = shown.map((issue) => parseIssue(issue, edges, context));
  const titleFingerprints = fingerprints(parsed.map(({ title }) => title));
  return {
    tasks: parsed.map((each, index) =>
      buildTask(
        context.source,
        draftOf(each, edges, context),
        each.markers,
        titleFingerprints[index] ?? '',
      ),
    ),
    problems: [
      ...bad.map(({ id, message }) =>
        problem(
          'error',
          'invalid-task',
          t(
            '{0} cannot be read and is left out: {1}.',
            id === null ? 'An issue' : `The issue “${id}”`,
            message,
          ),
          context.placeOf(id),
        ),
      ),
      ...parsed.flatMap(({ problems }) => problems),
    ],
  };
}

/** Returns all work, and everything that blocks open work. */
function shownIssues(issues: readonly Issue[], edges: Edges): ReadonlySet<Issue> {
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const shown = new Set(issues.filter((issue) => notWork(issue) === null));
  for (const issue of shown) {
    if (statusWord(issue) === 'closed') {
      continue;
    }
    for (const id of edges.blockers(issue)) {
      const blocker = byId.get(id);
      if (blocker !== undefined) {
        shown.add(blocker);
      }
    }
  }
  return shown;
}

/** Sorts by priority, then by age. */
function inOrder(issues: Iterable<Issue>): readonly Issue[] {
  return [...issues]
    .map((issue) => ({ issue, created: Date.parse(issue.created_at ?? '') || 0 }))
    .sort(
      (a, b) =>
        (a.issue.priority ?? DEFAULT_PRIORITY) - (b.issue.priority ?? DEFAULT_PRIORITY) ||
        a.created - b.created ||
        BY_ID.compare(a.issue.id, b.issue.id),
    )
    .map(({ issue }) => issue);
}

function parseIssue(issue: Issue, edges: Edges, context: IssueContext): ParsedIssue {
  const { status, known } = issueStatus(issue, context.categories, context.now);
  const text = issueText(issue);
  const metadata = readMetadata(issue.metadata);
  const place = context.placeOf(issue.id);
  const warning = (code: string, message: string) => problem('warning', code, message, place);
  return {
    issue,
    ...text,
    status: status.launchable ? launchableStatus(issue, status, edges) : status,
    metadata: metadata.ok ? metadata.value : {},
    problems: [
      ...text.markers.problems.map(({ code, message }) => warning(code, message)),
      ...(known ? [] : [warning('unknown-status', unknownWord(issue))]),
      ...(metadata.ok ? [] : [warning('invalid-metadata', badMetadata(issue, metadata.failure))]),
      ...severalLabels(issue).map((message) => warning('several-groups', message)),
    ],
  };
}

/** Epics are done through their children, and the internal issues of bd's tools are not work: neither is launched. */
function launchableStatus(issue: Issue, status: SourceStatus, edges: Edges): SourceStatus {
  if (isEpic(issue) && edges.hasChildren(issue)) {
    return unknownStatus('epic');
  }
  const kind = notWork(issue);
  return kind === null ? status : unknownStatus(kind);
}

function draftOf(
  { issue, title, description, status, metadata }: ParsedIssue,
  edges: Edges,
  context: IssueContext,
): TaskDraft {
  const named = metadata.execution_parallel_group ?? null;
  const group = groupLabels(issue)[0] ?? (named === null ? null : groupName(named));
  return {
    id: issue.id,
    title,
    description,
    status,
    ...context.placeOf(issue.id),
    group: group === null ? null : { id: group, inferred: false },
    dependencies:
      status.status === 'completed' ? edges.knownBlockers(issue) : edges.blockers(issue),
    subagent: metadata.subagent_type ?? metadata.execution_agent_type ?? null,
    fallbackAgents: metadata.fallback_agents ?? [],
    skills: metadata.applicable_skills ?? [],
    priority: issue.priority ?? null,
  };
}

/** `parallel:Group-A` and `parallel:A` name the group `A`. */
function groupLabels({ labels }: Issue): readonly string[] {
  const names = (labels ?? []).flatMap((label) => LABEL.exec(label.trim())?.[1] ?? []);
  return names.map(groupName);
}

/** `Group-A` and `A` name the same group; white space becomes `-`, because a marker cannot contain it. */
function groupName(written: string): string {
  return written.replace(/^group-(?=.)/i, '').replace(/\s+/g, '-');
}

function severalLabels(issue: Issue): readonly string[] {
  const [first, ...others] = groupLabels(issue);
  if (first === undefined) {
    return [];
  }
  return others
    .filter((other) => other.toLowerCase() !== first.toLowerCase())
    .map((other) =>
      t(
        'A task belongs to one group: “{0}” counts, “{1}” does not. Remove one of the labels of “{2}”.',
        first,
        other,
        issue.id,
      ),
    );
}

function unknownWord(issue: Issue): string {
  return t(
    '“{0}” is a status of which bd tells no category, so “{1}” is not launched. Give it one with “bd config set status.custom”, or use open, in_progress, blocked, deferred or closed.',
    statusWord(issue),
    issue.id,
  );
}

function badMetadata({ id }: Issue, why: string): string {
  return t(
    'The metadata of “{0}” cannot be read ({1}), so its group and subagent are not known from there. Correct it with “bd update {2} --metadata”.',
    id,
    why,
    id,
  );
}

function problem(
  severity: Problem['severity'],
  code: string,
  message: string,
  place: Place,
): Problem {
  return { severity, code, message, place, range: null };
}

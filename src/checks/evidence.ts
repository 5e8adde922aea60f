import type { Outcome } from '../coordinator/attempt.ts';
import type { AgentPlan } from '../coordinator/run-plan.ts';
import type { Evidence } from '../shared/views.ts';

/** What is known of an attempt that ended, and of the files while it lasted. Paths relative to the workspace, with `/`. */
export interface EvidenceInput {
  readonly agent: Pick<AgentPlan, 'adapter' | 'expectsChanges'>;
  readonly outcome: Outcome;
  /** Files that differ between the attempt's start and its end; `null` where that cannot be told any more. */
  readonly changed: readonly string[] | null;
  /** What other attempts that overlapped in time reported as their edits. */
  readonly otherEdits: readonly string[];
  /** Whether any other attempt overlapped in time. */
  readonly overlapping: boolean;
  /** The files that the task itself names. */
  readonly files: readonly string[];
}

/**
 * What speaks for and against an attempt having done its task, a plain sentence each, and the changed files that can be
 * put down to it. The attempt is proven if nothing speaks against it.
 */
export function judgeEvidence(input: EvidenceInput): {
  readonly evidence: readonly Evidence[];
  readonly files: readonly string[];
} {
  const { outcome, agent } = input;
  const files = attributableFiles(input);
  const evidence = [exitEvidence(outcome)];
  if (outcome.lastWord !== null) {
    evidence.push(resultEvidence(outcome));
  }
  // A plain command has no way to tell that it was denied anything.
  if (agent.adapter !== 'none' || outcome.denials.length > 0) {
    evidence.push(permissionEvidence(outcome));
  }
  if (agent.expectsChanges) {
    evidence.push(diffEvidence(files, input));
  }
  return { evidence, files };
}

function exitEvidence({ exitCode, signal }: Outcome): Evidence {
  if (signal !== null) {
    return { kind: 'exit', ok: false, detail: `It was ended by ${signal}.` };
  }
  if (exitCode === null) {
    return { kind: 'exit', ok: false, detail: 'It left no exit code.' };
  }
  return { kind: 'exit', ok: exitCode === 0, detail: `It ended with exit code ${exitCode}.` };
}

function resultEvidence({ lastWord, failure }: Outcome): Evidence {
  if (lastWord !== true) {
    return { kind: 'result', ok: false, detail: 'It ended without saying that it was done.' };
  }
  return failure === null
    ? { kind: 'result', ok: true, detail: 'The agent said that it was done.' }
    : { kind: 'result', ok: false, detail: failure.message };
}

function permissionEvidence({ denials }: Outcome): Evidence {
  return denials.length === 0
    ? { kind: 'permissions', ok: true, detail: 'Nothing was denied.' }
    : { kind: 'permissions', ok: false, detail: `It was denied: ${denials.join(', ')}.` };
}

function diffEvidence(files: readonly string[], { changed, overlapping }: EvidenceInput): Evidence {
  if (changed === null) {
    const detail =
      'Whether files changed cannot be told: their state before it is not known any more.';
    return { kind: 'diff', ok: false, detail };
  }
  if (files.length > 0) {
    return { kind: 'diff', ok: true, detail: `${changesOf(files)}.` };
  }
  const detail =
    overlapping && changed.length > 0
      ? 'It said it was done, but no file changed except those that other tasks reported as theirs.'
      : 'It said it was done, but no file changed.';
  return { kind: 'diff', ok: false, detail };
}

const MOST_NAMED = 3;

function changesOf(files: readonly string[]): string {
  const named = files.slice(0, MOST_NAMED).join(', ');
  const more = files.length - MOST_NAMED;
  const count = files.length === 1 ? '1 file changed' : `${files.length} files changed`;
  return `${count}: ${named}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Reported edits and declared files count only where the disk agrees. */
function attributableFiles(input: EvidenceInput): readonly string[] {
  const changed = input.changed ?? [];
  const claimed = [...input.outcome.edits, ...input.files].map(plainPath);
  const isClaimed = pathsWithin(claimed);
  const own = changed.filter(isClaimed);
  if (own.length > 0 || !input.overlapping) {
    return own.length > 0 ? own : changed;
  }
  const others = new Set(input.otherEdits.map(plainPath));
  return changed.filter((path) => !others.has(path));
}

/** Whether a path is one of `roots` or lies in one: a task may name a folder. */
function pathsWithin(roots: readonly string[]): (path: string) => boolean {
  const exact = new Set(roots);
  const folders = roots.filter((root) => root !== '').map((root) => `${root}/`);
  return (path) => exact.has(path) || folders.some((folder) => path.startsWith(folder));
}

function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
}

import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { t } from '../../shared/messages.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import { firstOf } from '../../shared/words/text.ts';
import { attribute, type Attribution, type AttributionFacts } from './attribution.ts';
import { sortDenials } from './denials.ts';
import { sentence } from './detail.ts';

/** Names in one sentence. */
const MOST_NAMED = 3;

/** State of the result file that an agent may write. */
export type LeftResult =
  | { readonly kind: 'absent' | 'valid' }
  | { readonly kind: 'malformed'; readonly why: string };

/**
 * Facts about an attempt that has ended, and about the files meanwhile. Paths are relative to the workspace, with `/`.
 */
export interface EvidenceInput extends Omit<AttributionFacts, 'changed'> {
  readonly agent: Pick<LaunchSpec, 'adapter' | 'expectsChanges'>;
  readonly outcome: Outcome;
  /** Files that differ between the task's first start and its end; `null` if that is unknown. */
  readonly changed: readonly string[] | null;
  /** The text of the task: title and description. */
  readonly text: string;
  /** The workspace's folder (absolute). */
  readonly root: string;
  readonly result: LeftResult;
}

/**
 * Returns the evidence for and against the attempt having done its task, one plain sentence each, and the changed files
 * that are attributed to it. The attempt is proven if no evidence speaks against it.
 */
export function judgeEvidence(input: EvidenceInput): {
  readonly evidence: readonly Evidence[];
  readonly files: readonly string[];
} {
  const { outcome, agent } = input;
  const attribution = attribute({ ...input, changed: input.changed ?? [] });
  const evidence = [exitEvidence(outcome)];
  if (outcome.lastWord !== null) {
    evidence.push(resultEvidence(outcome));
  }
  // A plain command cannot report denials.
  if (agent.adapter !== 'none' || outcome.denials.length > 0) {
    evidence.push(permissionEvidence(input, attribution));
  }
  if (agent.expectsChanges) {
    evidence.push(diffEvidence(attribution, input), ...unnamedEvidence(attribution, input));
  }
  evidence.push(...reportEvidence(input));
  return {
    evidence: evidence.map((each) => ({ ...each, detail: sentence(each.detail) })),
    files: attribution.own,
  };
}

function exitEvidence({ exitCode, signal }: Outcome): Evidence {
  if (signal !== null) {
    return { kind: 'exit', ok: false, detail: t('It was ended by {0}.', signal) };
  }
  if (exitCode === null) {
    return { kind: 'exit', ok: false, detail: t('It left no exit code.') };
  }
  return { kind: 'exit', ok: exitCode === 0, detail: t('It ended with exit code {0}.', exitCode) };
}

function resultEvidence({ lastWord, failure }: Outcome): Evidence {
  if (lastWord !== true) {
    return { kind: 'result', ok: false, detail: t('It ended without saying that it was done.') };
  }
  return failure === null
    ? { kind: 'result', ok: true, detail: t('The agent said that it was done.') }
    : { kind: 'result', ok: false, detail: failure.message };
}

function permissionEvidence(input: EvidenceInput, { own }: Attribution): Evidence {
  const { denials } = input.outcome;
  const { expectsChanges } = input.agent;
  const kind = 'permissions';
  if (denials.length === 0) {
    return { kind, ok: true, detail: t('Nothing was denied.') };
  }
  const { decisive } = sortDenials({ ...input, denials, expectsChanges });
  if (decisive.length > 0) {
    return {
      kind,
      ok: false,
      detail: t('It was denied what the task needs: {0}.', firstOf(decisive, MOST_NAMED)),
    };
  }
  if (expectsChanges && own.length === 0) {
    return {
      kind,
      ok: false,
      detail: t('It was denied {0}, and changed nothing.', firstOf(denials, MOST_NAMED)),
    };
  }
  return {
    kind,
    ok: true,
    note: 'warning',
    detail: t('It was denied what the task does not ask for: {0}.', firstOf(denials, MOST_NAMED)),
  };
}

function diffEvidence(attribution: Attribution, input: EvidenceInput): Evidence {
  const { own, declared, unnamed } = attribution;
  const { changed } = input;
  if (changed === null) {
    const detail = t(
      'Whether files changed cannot be told: their state before it is not known any more.',
    );
    return { kind: 'diff', ok: false, detail };
  }
  if (own.length > 0) {
    const silent = declared.length === own.length && input.agent.adapter !== 'none';
    const why = silent
      ? ', as the task names, though the agent did not say that it wrote that'
      : '';
    return { kind: 'diff', ok: true, detail: `${changesOf(own)}${why}.` };
  }
  return { kind: 'diff', ok: false, detail: unchangedDetail(changed, unnamed, input.overlapping) };
}

function unchangedDetail(
  changed: readonly string[],
  unnamed: readonly string[],
  overlapping: boolean,
): string {
  if (!overlapping || changed.length === 0) {
    return t('It said it was done, but no file changed.');
  }
  return unnamed.length === 0
    ? t(
        'It said it was done, but no file changed except those that other tasks reported as theirs.',
      )
    : t(
        'It said it was done, but no file that changed can be put down to it: it named none of them, nor does its task, and other tasks ran at the same time.',
      );
}

/** Shown where files leave a question open; it counts neither for nor against the attempt. */
function unnamedEvidence({ unnamed }: Attribution, { overlapping }: EvidenceInput): Evidence[] {
  if (unnamed.length === 0) {
    return [];
  }
  const who = overlapping
    ? t('Any of the tasks that ran at the same time may have written that.')
    : t('It is not counted.');
  return [
    {
      kind: 'unnamed',
      ok: true,
      note: 'warning',
      detail: `${counted(unnamed)} that nobody named: ${firstOf(unnamed, MOST_NAMED)}. ${who}`,
    },
  ];
}

/** An agent has instructions how to report and can get them again; a plain command only needs its exit code. */
function reportEvidence({ result, agent, outcome }: EvidenceInput): Evidence[] {
  const isCommand = agent.adapter === 'none' && outcome.lastWord === null;
  const kind = 'report';
  switch (result.kind) {
    case 'valid':
      return [{ kind, ok: true, detail: t('The result that it reported is well-formed.') }];
    case 'malformed': {
      const detail = t('The result that it reported {0}', result.why);
      return [
        isCommand ? { kind, ok: true, note: 'warning', detail } : { kind, ok: false, detail },
      ];
    }
    case 'absent':
      return isCommand
        ? []
        : [{ kind, ok: true, note: 'neutral', detail: t('It reported no result.') }];
  }
}

function changesOf(files: readonly string[]): string {
  return `${counted(files)}: ${firstOf(files, MOST_NAMED)}`;
}

function counted({ length }: readonly string[]): string {
  return length === 1 ? '1 file changed' : `${length} files changed`;
}

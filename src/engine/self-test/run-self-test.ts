import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { outputTail } from '../../store/attempts/output-tail.ts';
import { capture } from '../../system/capture.ts';
import { cleanedEnvironment } from '../../system/spawn.ts';
import { judgeEvidence } from '../../verification/evidence/evidence.ts';
import { changedFiles, takeSnapshot } from '../../verification/worktree/worktree-state.ts';
import { type LaunchOptions, launchSelfTest } from './launch-self-test.ts';
import { type PreparedSelfTest, PROOF, type SelfTestResult } from './self-test.ts';

const SHOWN_LINES = 20;

/**
 * Runs a prepared self-test once: the real runner with the real adapter, judged by the same evidence as a task. On
 * resolve, all processes of the agent have ended and the folder is gone. Throws only if it cannot create the folder.
 */
export async function runSelfTest(
  test: PreparedSelfTest,
  options: LaunchOptions,
): Promise<SelfTestResult> {
  const { folder, spec, directory } = test;
  await mkdir(folder, { mode: 0o700 });
  try {
    await mkdir(spec.cwd);
    await writeFile(spec.env.PARALLEL_GROUPS_CONTEXT ?? '', '{}\n');
    await makeRepository(spec.cwd);
    const before = await takeSnapshot(spec.cwd, []);
    const outcome = await launchSelfTest(test, options);
    const changed = await changedFiles(before, await takeSnapshot(spec.cwd, []));
    const evidence = evidenceOf(test, outcome, changed);
    const failure = outcome.failure ?? failureOf(evidence, await readProof(spec.cwd));
    const output = await outputTail(attemptFiles(directory).output, SHOWN_LINES);
    const { durationMs, usage } = outcome;
    return { passed: failure === null, failure, durationMs, usage, evidence, output };
  } finally {
    // On Windows a program that has just ended may keep its files open a moment longer.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Judges the evidence as for a task that names only the proof file; nothing else runs in the folder, and no result is
 * requested.
 */
function evidenceOf(
  { spec, prompt }: PreparedSelfTest,
  outcome: Outcome,
  changed: readonly string[] | null,
): readonly Evidence[] {
  const facts = {
    agent: { adapter: spec.adapter, expectsChanges: true },
    outcome,
    changed,
    edits: outcome.edits,
    files: [PROOF.file],
    otherEdits: [],
    otherFiles: [],
    overlapping: false,
    text: prompt,
    root: spec.cwd,
    result: { kind: 'absent' } as const,
  };
  return judgeEvidence(facts).evidence;
}

function failureOf(evidence: readonly Evidence[], proof: string | null): Failure | null {
  const missing = evidence.find(({ ok }) => !ok);
  if (missing !== undefined) {
    return { reason: 'no_evidence', message: missing.detail, remedy: remedy() };
  }
  if (proof === null) {
    const message = t(
      'It changed files, but {0}, which it was asked for, is not there.',
      PROOF.file,
    );
    return { reason: 'no_evidence', message, remedy: remedy() };
  }
  if (!proof.includes(PROOF.line)) {
    const message = t('It wrote {0}, but not the line that it was asked for.', PROOF.file);
    return { reason: 'no_evidence', message, remedy: remedy() };
  }
  return null;
}

const remedy = (): string =>
  t('Its last output says more. Does it get the prompt, and may it write files?');

async function readProof(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, PROOF.file), 'utf8');
  } catch {
    return null;
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Makes a folder (absolute) a separate git repository, as workspaces are: some agents refuse to work elsewhere. Without
 * git, it remains a plain folder.
 */
async function makeRepository(folder: string): Promise<void> {
  const own = Object.entries(cleanedEnvironment(process.env));
  // A git hook that starts us sets these variables; they would point to another repository.
  const env = Object.fromEntries(own.filter(([name]) => !name.startsWith('GIT_')));
  await capture('git', ['-C', folder, 'init', '--quiet'], { timeoutMs: TIMEOUT_MS, env });
}

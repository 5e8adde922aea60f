import { mkdirSync, readFileSync } from 'node:fs';
import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { sha256Hex } from '../../system/hash.ts';
import { describeError } from '../files/state-failure.ts';
import { attemptFiles } from './attempt-directory.ts';
import { isAttemptSpec } from './specification-guard.ts';

/** Replaces the hash of a missing prompt, so that a launch always has the same number of arguments. */
export const NO_PROMPT = '-';

/** SHA-256 (hex) of the two files. They are passed with the launch, outside the directory, which others may write to. */
export interface AttemptHashes {
  readonly specHash: string;
  /** `NO_PROMPT` if there is no prompt. */
  readonly promptHash: string;
}

/** An attempt whose files match their hashes. */
export interface VerifiedAttempt {
  readonly spec: AttemptSpec;
  readonly prompt: string | null;
}

/** Creates the attempt's directory with its specification and prompt. */
export async function prepareAttempt(
  directory: string,
  spec: AttemptSpec,
  prompt: string | null,
): Promise<AttemptHashes> {
  const files = attemptFiles(directory);
  const text = `${JSON.stringify(spec, undefined, 2)}\n`;
  mkdirSync(directory, { recursive: true });
  await writeFileAtomic(files.spec, text);
  if (prompt !== null) {
    await writeFileAtomic(files.prompt, prompt);
  }
  return {
    specHash: sha256Hex(text),
    promptHash: prompt === null ? NO_PROMPT : sha256Hex(prompt),
  };
}

/**
 * Reads an attempt's specification and prompt, and refuses files that differ from what the coordinator wrote. The failure
 * is a sentence. Each file is read once, so hash and content always belong together.
 */
export function readSpec(
  directory: string,
  hashes: AttemptHashes,
): Result<VerifiedAttempt, string> {
  const files = attemptFiles(directory);
  const spec = readVerified(files.spec, hashes.specHash);
  if (!spec.ok) {
    return spec;
  }
  const parsed = parseSpec(spec.value, files.spec);
  if (!parsed.ok) {
    return parsed;
  }
  if (hashes.promptHash === NO_PROMPT) {
    return success({ spec: parsed.value, prompt: null });
  }
  const prompt = readVerified(files.prompt, hashes.promptHash);
  if (!prompt.ok) {
    return prompt;
  }
  return success({ spec: parsed.value, prompt: prompt.value });
}

function readVerified(path: string, expected: string): Result<string, string> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return failure(t('{0} cannot be read: {1}.', path, describeError(error)));
  }
  if (sha256Hex(bytes) !== expected) {
    return failure(t('{0} was changed after it was approved, so nothing was started.', path));
  }
  return success(bytes.toString('utf8'));
}

function parseSpec(text: string, path: string): Result<AttemptSpec, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (isAttemptSpec(value)) {
      return success(value);
    }
    return failure(t('{0} is not an attempt that this version understands.', path));
  } catch (error) {
    return failure(t('{0} is not JSON: {1}.', path, describeError(error)));
  }
}

import { mkdirSync, readFileSync } from 'node:fs';
import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { sha256Hex } from '../../system/hash.ts';
import { attemptFiles } from './attempt-directory.ts';
import { isAttemptSpec } from './specification-guard.ts';

/** Stands for the hash of a prompt where there is none, so that a launch always has the same number of arguments. */
export const NO_PROMPT = '-';

/** SHA-256 (hex) of the two files; they travel with the launch, outside the directory that anyone may write to. */
export interface AttemptHashes {
  readonly specHash: string;
  /** `NO_PROMPT` where there is no prompt. */
  readonly promptHash: string;
}

/** An attempt as its runner found it: exactly the bytes that were hashed. */
export interface VerifiedAttempt {
  readonly spec: AttemptSpec;
  readonly prompt: string | null;
}

/** Writes the attempt's directory with its specification and prompt, for a runner to find. */
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
 * Reads what is to be run, and refuses whatever is not what the coordinator wrote. The failure is a plain sentence.
 * Hash and content come from one reading: a file that is exchanged in between cannot slip through.
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
    return failure(t('{0} cannot be read: {1}.', path, describe(error)));
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
    return failure(t('{0} is not JSON: {1}.', path, describe(error)));
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

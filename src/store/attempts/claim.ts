import { existsSync, mkdirSync, promises, readFileSync } from 'node:fs';
import type { Claim } from '../../coordinator/schema/attempt.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { linkExclusive, type LinkOptions } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';
import { attemptFiles } from './attempt-directory.ts';

/** A claim file that exists but cannot be parsed: the attempt counts as claimed. */
export const UNREADABLE = 'unreadable';

/**
 * Claims the attempt, for a runner or (`revoked`) so that no runner ever starts it. Of all processes that try, one
 * succeeds; the others get the existing claim, or `unreadable`.
 */
export async function claimAttempt(
  directory: string,
  claim: Claim,
  options: LinkOptions = {},
): Promise<Result<void, Claim | typeof UNREADABLE>> {
  const { claim: path } = attemptFiles(directory);
  if (claim.kind === 'revoked') {
    // A coordinator that is killed right after its decision leaves no directory.
    mkdirSync(directory, { recursive: true });
  }
  if (await linkExclusive(path, `${JSON.stringify(claim)}\n`, options)) {
    return success(undefined);
  }
  const standing = await readClaim(directory);
  return failure(standing.ok && standing.value !== null ? standing.value : UNREADABLE);
}

/** The attempt's claim, or `null` if it is unclaimed. */
export async function readClaim(
  directory: string,
): Promise<Result<Claim | null, typeof UNREADABLE>> {
  let text: string;
  try {
    text = readFileSync(attemptFiles(directory).claim, 'utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? success(null) : failure(UNREADABLE);
  }
  // Loaded on demand: a runner that gets its claim starts faster without the schema.
  const { claimSchema } = await import('../../coordinator/schema/attempt.ts');
  try {
    const parsed = claimSchema.safeParse(JSON.parse(text));
    return parsed.success ? success(parsed.data) : failure(UNREADABLE);
  } catch {
    return failure(UNREADABLE);
  }
}

/** Asks the attempt's runner to stop, even if it has not started yet. Idempotent. */
export async function requestCancel(directory: string): Promise<void> {
  await promises.writeFile(attemptFiles(directory).cancel, '');
}

/** Whether the attempt was asked to stop. */
export function isCancelRequested(directory: string): boolean {
  return existsSync(attemptFiles(directory).cancel);
}

import { existsSync, mkdirSync, promises, readFileSync } from 'node:fs';
import type { Claim } from '../../coordinator/schema/attempt.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { linkExclusive, type LinkOptions } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';
import { attemptFiles } from './attempt-directory.ts';

/** A claim that exists but cannot be understood: somebody has it. */
export const UNREADABLE = 'unreadable';

/**
 * Takes the attempt, for a runner or (`revoked`) so that no runner ever takes it. Of all who try, one succeeds; the
 * others get the claim that stands, or `unreadable`.
 */
export async function claimAttempt(
  directory: string,
  claim: Claim,
  options: LinkOptions = {},
): Promise<Result<void, Claim | typeof UNREADABLE>> {
  const { claim: path } = attemptFiles(directory);
  if (claim.kind === 'revoked') {
    // A coordinator that was killed right after its decision has not made it.
    mkdirSync(directory, { recursive: true });
  }
  if (await linkExclusive(path, `${JSON.stringify(claim)}\n`, options)) {
    return success(undefined);
  }
  const standing = await readClaim(directory);
  return failure(standing.ok && standing.value !== null ? standing.value : UNREADABLE);
}

/** Who has taken the attempt: `null` if nobody has. */
export async function readClaim(
  directory: string,
): Promise<Result<Claim | null, typeof UNREADABLE>> {
  let text: string;
  try {
    text = readFileSync(attemptFiles(directory).claim, 'utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? success(null) : failure(UNREADABLE);
  }
  // Loaded when it is needed: a runner that gets its claim starts faster without.
  const { claimSchema } = await import('../../coordinator/schema/attempt.ts');
  try {
    const parsed = claimSchema.safeParse(JSON.parse(text));
    return parsed.success ? success(parsed.data) : failure(UNREADABLE);
  } catch {
    return failure(UNREADABLE);
  }
}

/** Asks the attempt's runner to stop; it need not have started yet. Asking twice is harmless. */
export async function requestCancel(directory: string): Promise<void> {
  await promises.writeFile(attemptFiles(directory).cancel, '');
}

/** Whether somebody asked for the attempt to stop. */
export function isCancelRequested(directory: string): boolean {
  return existsSync(attemptFiles(directory).cancel);
}

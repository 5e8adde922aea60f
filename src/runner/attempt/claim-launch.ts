import type { AttemptSpec, Claim } from '../../coordinator/schema/attempt.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { claimAttempt, UNREADABLE } from '../../store/attempts/claim.ts';
import { newestEpoch } from '../../store/attempts/newest-epoch.ts';
import { readSpec } from '../../store/attempts/specification.ts';
import { ownIdentity } from '../../system/processes/process-identity.ts';

/** A launch from the coordinator. The hashes ensure that no one else has changed the files to run. */
export interface Launch {
  readonly dir: string;
  readonly specHash: string;
  readonly promptHash: string;
}

/** A verified attempt that only this process may run. */
export interface ClaimedAttempt {
  readonly directory: string;
  readonly spec: AttemptSpec;
  readonly prompt: string | null;
}

/**
 * Verifies a launch and claims its attempt. After a failure, do nothing and write no event: the attempt may belong to
 * another process. The failure is a sentence.
 */
export async function claimLaunch(launch: Launch): Promise<Result<ClaimedAttempt, string>> {
  const verified = readSpec(launch.dir, launch);
  if (!verified.ok) {
    return verified;
  }
  const { spec, prompt } = verified.value;
  const epoch = newestEpoch(spec.lockDirectory);
  if (epoch > spec.epoch) {
    return failure(
      t('Another window or command line coordinates this group now; it starts its own.'),
    );
  }
  const claim: Claim = {
    v: FORMAT,
    kind: 'claimed',
    process: await ownIdentity(),
    epoch: spec.epoch,
    at: Date.now(),
  };
  // The events file, created next in the same directory, syncs the directory for both before the agent starts.
  const claimed = await claimAttempt(launch.dir, claim, { leaveDirectory: true });
  if (!claimed.ok) {
    return failure(refusal(claimed.failure));
  }
  return success({ directory: launch.dir, spec, prompt });
}

function refusal(standing: Claim | typeof UNREADABLE): string {
  if (standing === UNREADABLE) {
    return t('This attempt was already taken by somebody.');
  }
  return standing.kind === 'revoked'
    ? t('This attempt was called off before it started.')
    : t('This attempt was already started, by process {0}.', standing.process.pid);
}

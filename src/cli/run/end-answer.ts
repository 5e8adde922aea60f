import { t } from '../../shared/messages.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { describeMetadata } from '../output/describe-metadata.ts';
import { EXIT } from '../output/exit-codes.ts';
import { metadataOfRun } from '../output/metadata.ts';
import type { waitForRun } from './follow-run.ts';
import type { RunEnd } from './wait-for-end.ts';

/** The answer for the end of a run, or for the reason why the command stopped waiting. */
export function endAnswer(
  workspaceRoot: string,
  end: RunEnd | Awaited<ReturnType<typeof waitForRun>>,
): Answer {
  switch (end.kind) {
    case 'ended': {
      const metadata = metadataOfRun(workspaceRoot, end.state, null);
      return {
        exitCode: end.state.ended?.exitCode ?? EXIT.refused,
        json: metadata,
        text: describeMetadata(metadata),
        to: 'stdout',
      };
    }
    case 'timeout': {
      const metadata = metadataOfRun(workspaceRoot, end.state, null);
      const text = t('Timed out.\n{0}', describeMetadata(metadata));
      return { exitCode: EXIT.timedOut, json: metadata, text, to: 'stdout' };
    }
    case 'abandoned': {
      const { groupId, run } = end.state.plan;
      const message = t('Nobody coordinates the run of {0} any more. Resume it to go on.', groupId);
      return refusal('abandoned', message, { run_id: run });
    }
    case 'suspended':
      return refusal('suspended', end.why);
  }
}

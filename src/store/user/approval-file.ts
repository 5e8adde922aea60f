import { join } from 'node:path';
import * as z from 'zod/mini';
import { approvalText, approvedContentSchema } from '../../coordinator/schema/approval.ts';
import { t } from '../../shared/messages.ts';
import { errorCode } from '../../system/error-code.ts';
import { sha256Hex } from '../../system/hash.ts';
import { readRegularFile } from '../files/read-regular-file.ts';
import { describeError } from '../files/state-failure.ts';

/** One approval, a line of `approvals.jsonl` in the workspace's part of user storage. */
export const approvalLineSchema = z.object({
  v: z.literal(1),
  /** SHA-256 of the content's canonical text, which validates the line. */
  hash: z.string(),
  label: z.string(),
  origin: z.string(),
  content: approvedContentSchema,
  /** ms since the epoch. */
  at: z.number(),
});
export type ApprovalLine = z.infer<typeof approvalLineSchema>;

/** All approvals of a workspace, oldest first. */
export interface ReadApprovals {
  readonly lines: readonly ApprovalLine[];
  /** A sentence about lines that cannot be parsed, which approve nothing; `null` if there are none. */
  readonly warning: string | null;
  /** Whether lines can be appended: every line is valid and complete. */
  readonly intact: boolean;
}

const MOST_BYTES = 64 * 1024 * 1024;

export function approvalFile(workspaceStorage: string): string {
  return join(workspaceStorage, 'approvals.jsonl');
}

/** Reads the approvals. A missing file approves nothing; an invalid line is skipped. */
export async function readApprovals(workspaceStorage: string): Promise<ReadApprovals> {
  const path = approvalFile(workspaceStorage);
  let text: string;
  try {
    text = (await readRegularFile(path, MOST_BYTES)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return { lines: [], warning: null, intact: true };
    }
    const warning = t(
      '{0} cannot be read ({1}), so nothing counts as approved.',
      path,
      describeError(error),
    );
    return { lines: [], warning, intact: false };
  }
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const texts = complete.split('\n').slice(0, -1);
  const lines = texts.flatMap((line) => parseLine(line) ?? []);
  const bad = texts.length - lines.length;
  const warning =
    bad === 0
      ? null
      : t(
          '{0} cannot be understood ({1} of {2} lines); what stood there is asked again.',
          path,
          bad,
          texts.length,
        );
  return { lines, warning, intact: bad === 0 && complete.length === text.length };
}

function parseLine(text: string): ApprovalLine | null {
  try {
    const line = approvalLineSchema.parse(JSON.parse(text));
    return line.hash === sha256Hex(approvalText(line.content)) ? line : null;
  } catch {
    return null;
  }
}

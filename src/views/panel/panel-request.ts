import * as z from 'zod/mini';
import { groupKeySchema, taskKeySchema } from '../../coordinator/schema/attempt.ts';
import type { PanelRequest } from '../../shared/view-models/panel-protocol.ts';

const ofGroup = { group: groupKeySchema };
const ofTask = { task: taskKeySchema };
const requestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), group: z.nullable(groupKeySchema) }),
  z.object({ type: z.literal('select'), ...ofGroup }),
  z.object({ type: z.literal('run'), ...ofGroup }),
  z.object({ type: z.literal('stop'), ...ofGroup }),
  z.object({ type: z.literal('retry'), ...ofGroup }),
  z.object({ type: z.literal('resume'), ...ofGroup }),
  z.object({ type: z.literal('showTerminal'), ...ofTask }),
  z.object({ type: z.literal('openTask'), ...ofTask }),
  z.object({ type: z.literal('openLog'), ...ofTask }),
  z.object({ type: z.literal('openArtifacts'), ...ofTask }),
  z.object({ type: z.literal('showChanges'), ...ofTask }),
  z.object({ type: z.literal('nudgeTask'), ...ofTask }),
  z.object({ type: z.literal('stopTask'), ...ofTask }),
  z.object({ type: z.literal('openSession'), ...ofTask }),
  z.object({ type: z.literal('sayProven'), ...ofTask }),
  z.object({ type: z.literal('sayNotProven'), ...ofTask }),
  z.object({ type: z.literal('openReport'), ...ofGroup }),
  z.object({ type: z.literal('copyProposals'), ...ofGroup }),
  z.object({ type: z.literal('addFixTasks'), ...ofGroup }),
]);

/** Parses a request of the panel's page; `null` if the message is none. */
export function parsePanelRequest(message: unknown): PanelRequest | null {
  const parsed = requestSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}

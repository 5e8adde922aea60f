import type { ConfigOverrides } from '../../engine/load-config.ts';
import type { Answer } from '../output/answer.ts';
import { approver } from '../run/approval.ts';
import { openProgress } from '../progress/open-progress.ts';
import { Interrupt } from '../run/interrupt.ts';
import { watchPlans } from '../run/open-plans.ts';
import { openSession } from '../run/session.ts';
import { executeAll } from './execute-all.ts';
import { executeGroup } from './execute-group.ts';

export interface ExecuteOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id; `null` = all groups. */
  readonly group: string | null;
  readonly tasksFile: string | undefined;
  readonly overrides: ConfigOverrides;
  readonly yes: boolean;
}

/** `execute`: runs one group, or all of them, to the end. */
export async function execute(options: ExecuteOptions): Promise<Answer> {
  const interrupt = new Interrupt();
  const approve = approver(options.yes, interrupt.signal);
  const opened = await openSession({ ...options, approve });
  if (!opened.ok) return opened.failure;
  const session = opened.value;
  const watching = watchPlans(session.plans);
  const progress = openProgress(session.workspace);
  try {
    const tools = { session, interrupt, progress };
    return options.group === null
      ? await executeAll(tools)
      : await executeGroup(options.group, tools);
  } finally {
    progress.dispose();
    watching.dispose();
    await session.close();
    interrupt.dispose();
  }
}

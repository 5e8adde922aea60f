import type { ConfigOverrides } from '../../../engine/config/load-config.ts';
import type { Answer } from '../../output/answer.ts';
import { withRunContext } from '../../run/with-run-context.ts';
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
export function execute(options: ExecuteOptions): Promise<Answer> {
  const { group } = options;
  return withRunContext(options, (context) =>
    group === null ? executeAll(context) : executeGroup(group, context),
  );
}

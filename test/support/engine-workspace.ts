import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceOptions } from '../../src/engine/contract/workspace-options.ts';
import { Workspace } from '../../src/engine/workspace/workspace.ts';
import { Emitter } from '../../src/shared/emitter.ts';
import { success } from '../../src/shared/result.ts';
import { openWorkspaceStorage } from '../../src/store/user/user-state.ts';
import { systemClock } from '../../src/system/clock.ts';
import { PlanStore } from '../../src/tasks/plans/plan-store.ts';
import { recordStatus } from '../../src/tasks/write/record-status.ts';
import { RUNNER, startRunner } from './runner.ts';

/** Options of a test. */
export interface EngineChanges extends Partial<WorkspaceOptions> {
  /** Answers instead of the user; by default, everything is approved. */
  readonly askApproval?: (group: { readonly id: string }) => Promise<boolean>;
}

/** Opens a workspace with this plan, on real files and real runners, all below `root`. */
export async function openEngine(
  root: string,
  plan: string,
  { askApproval, ...changes }: EngineChanges = {},
): Promise<Workspace> {
  writeFileSync(join(root, 'tasks.md'), plan);
  const storage = await openWorkspaceStorage(root, join(root, 'user-state'));
  if (!storage.ok) {
    throw new Error(storage.failure.message);
  }
  const plans = await PlanStore.open(root);
  const hints = new Emitter<string>();
  const workspace = await Workspace.open({
    workspaceRoot: root,
    storage: storage.value,
    label: 'test',
    clock: systemClock,
    launcher: {
      onHint: hints.subscribe,
      launch: ({ directory, hashes }) => {
        void startRunner({ dir: directory, ...hashes }).exit.then(() => hints.fire(directory));
        return Promise.resolve(success(undefined));
      },
    },
    plans,
    writeStatus: (task, status) => recordStatus(plans, task, status),
    overrides: () => ({ maxRetries: 0 }),
    runner: [process.execPath, RUNNER],
    isTrusted: () => true,
    ...changes,
  });
  workspace.bus.respond('approval.ask', ({ group }) => askApproval?.(group) ?? true);
  return workspace;
}

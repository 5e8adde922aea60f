import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customCommand } from '../../agents/commands.ts';
import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import { rejected } from '../../coordinator/run/failure/rejected.ts';
import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import type { RejectedFailure } from '../../shared/failure.ts';
import { asGroupKey, asRunId, asSourceId, asTaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { approve, missingApprovals } from '../../store/user/approvals.ts';
import { anyTask } from '../agents/any-task.ts';
import { type FindProgram, plainDispatcher, resolveAgents } from '../agents/resolve-agents.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { agentItems } from '../prepare/approval-items.ts';
import { type PreparedSelfTest, PROOF } from './self-test.ts';

/** The input of a self-test. */
interface SelfTestRequest {
  /** Its name in plans. */
  readonly agent: string;
  readonly config: Config;
  readonly find: FindProgram;
  /** Absolute; must not exist yet. Default: a folder in the system's folder for temporary files. */
  readonly folder?: string;
  /** ms; default: two minutes. */
  readonly timeoutMs?: number | undefined;
}

const NAME = 'self-test';
const TIMEOUT_MS = 120_000;
const GRACE_MS = 3_000;
const MAX_LOG_BYTES = 1024 * 1024;

/** Refers to no workspace: the test shows only that the agent works at all. */
const PROMPT = [
  `Create a file named ${PROOF.file} in the current directory. Its whole content is this one line:`,
  PROOF.line,
  'Do nothing else, and stop as soon as the file is written.\n',
].join('\n\n');

/** Prepares a self-test; starts and writes nothing. The failure says why the agent cannot be tested. */
export async function prepareSelfTest(
  request: SelfTestRequest,
): Promise<Result<PreparedSelfTest, RejectedFailure>> {
  const { agent, find } = request;
  // Ignores roles and policies: a user who tests an agent may not want to use it yet.
  const { policies, ...rest } = request.config;
  const config = {
    ...rest,
    subagents: {},
    interactive: 'never' as const,
    policies: { ...policies, allowedAgents: null, budget: { maxCostUsd: null, maxTokens: null } },
  };
  const dispatcher = await plainDispatcher(config, find);
  const task = anyTask(asSourceId(NAME), agent);
  const resolved = await resolveAgents(task, agent, config, find, dispatcher);
  const [plan] = resolved.agents;
  if (plan === undefined) {
    const { code, refusal } = resolved;
    return failure(rejected(code ?? 'NO_AGENT_TYPE', refusal ?? `There is no agent ${agent}.`));
  }
  const title = dispatcher.registry.known().find(({ id }) => id === plan.agent)?.title ?? agent;
  const id = `${NAME}-${randomBytes(8).toString('hex')}`;
  const folder = request.folder ?? join(await realpath(tmpdir()), `parallel-groups-${id}`);
  const directory = join(folder, 'attempt');
  const timeoutMs = Math.min(plan.timeoutMs, request.timeoutMs ?? TIMEOUT_MS);
  const spec = specOf(plan, { id, folder, directory, title, timeoutMs });
  return success({ agent: plan.agent, title, plan, spec, prompt: PROMPT, folder, directory });
}

interface SelfTestContext {
  readonly id: string;
  readonly folder: string;
  readonly directory: string;
  readonly title: string;
  readonly timeoutMs: number;
}

/** Returns the specification of the attempt, equal in form to that of a task. */
function specOf(
  plan: LaunchSpec,
  { id, folder, directory, title, timeoutMs }: SelfTestContext,
): AttemptSpec {
  const { adapter, stdin, env } = plan;
  const cwd = join(folder, 'work');
  const { prompt, result } = attemptFiles(directory);
  const contextFile = join(folder, 'context.json');
  const names = { taskId: NAME, groupId: NAME, workspace: cwd, attemptDir: directory };
  const files = { promptFile: prompt, resultFile: result, contextFile };
  const { command } = plan;
  return {
    v: FORMAT,
    run: asRunId(id),
    group: asGroupKey(`${NAME}#${NAME}`),
    job: 'task',
    task: asTaskKey(`${NAME}#${id}`),
    taskId: NAME,
    title: `Test ${title}`,
    subagent: '',
    agent: plan.agent,
    attempt: 1,
    maxAttempts: 1,
    epoch: 1,
    lockDirectory: join(folder, 'lock'),
    command:
      command.kind === 'shell'
        ? command
        : customCommand({ command: command.argv }, { ...names, ...files }),
    cwd,
    env: { ...env, PARALLEL_GROUPS_CONTEXT: contextFile, PARALLEL_GROUPS_RESULT: result },
    adapter,
    stdin,
    limits: { timeoutMs, graceMs: GRACE_MS, maxLogBytes: MAX_LOG_BYTES },
  };
}

/**
 * Asks the user to approve the commands from the workspace that the test would execute, unless the user has already
 * approved them, for a test or for a run. Returns whether they are approved; `false` also if the approval cannot be
 * stored.
 */
export async function approveSelfTest(
  { storage, clock }: Pick<WorkspaceOptions, 'storage' | 'clock'>,
  bus: CoordinatorBus,
  { plan, title }: PreparedSelfTest,
): Promise<boolean> {
  const items = agentItems(plan);
  const { missing } = await missingApprovals(storage, items);
  if (missing.length === 0) {
    return true;
  }
  const question = { group: { id: t('The test of {0}', title) }, missing, everyRun: false };
  const answer = await bus.request('approval.ask', question);
  return answer.ok && answer.value && (await approve(storage, items, clock.now())).ok;
}

import { describeSelfTest } from '../../engine/self-test/describe-self-test.ts';
import { approveSelfTest, prepareSelfTest } from '../../engine/self-test/prepare-self-test.ts';
import { runSelfTest } from '../../engine/self-test/run-self-test.ts';
import type { PreparedSelfTest, SelfTestResult } from '../../engine/self-test/self-test.ts';
import { t } from '../../shared/messages.ts';
import { programFinder } from '../../system/find-program.ts';
import { resolveCommand } from '../../system/spawn.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { visibleLine } from '../output/table.ts';
import { describeLaunch } from '../run/approval.ts';
import { type CliContext, withRunContext } from '../run/with-run-context.ts';

interface TestAgentOptions {
  readonly workspaceRoot: string;
  readonly agent: string;
  readonly yes: boolean;
  /** ms. */
  readonly timeoutMs: number | undefined;
}

/** `agents test NAME`: lets an agent write one file in a temporary folder, and shows whether it works. */
export function testAgent(options: TestAgentOptions): Promise<Answer> {
  const { workspaceRoot, yes, agent, timeoutMs } = options;
  return withRunContext({ workspaceRoot, yes, watched: false }, async (context) => {
    const { workspace } = context;
    const find = programFinder(process.env);
    const prepared = await prepareSelfTest({ agent, config: workspace.config, find, timeoutMs });
    if (!prepared.ok) {
      return refusal(prepared.failure.code, prepared.failure.message);
    }
    const test = prepared.value;
    if (!(await approveSelfTest(workspace.options, workspace.bus, test))) {
      return refusal('not_approved', notApproved(), { command: argvOf(test) });
    }
    const result = await runTest(test, context);
    await workspace.agents.tested(test.agent, result.failure);
    return answerOf(test, result);
  });
}

function notApproved(): string {
  return t(
    'It was not tested: its command comes from this workspace and is not approved. --yes approves it.',
  );
}

function runTest(
  test: PreparedSelfTest,
  { workspace, interrupt, progress }: CliContext,
): Promise<SelfTestResult> {
  const { command, cwd } = test.spec;
  progress.line(t('Testing {0} in {1}, which is removed afterwards:', test.title, cwd));
  progress.line(`  ${describeLaunch({ command, env: test.plan.env })}`);
  return runSelfTest(test, {
    runner: workspace.options.runner,
    cancelled: interrupt.signal,
    onStep: (step) => progress.line(`  ${visibleLine(step)}`),
  });
}

function argvOf({ spec }: PreparedSelfTest): readonly string[] {
  const { file, args } = resolveCommand(spec.command);
  return [file, ...args];
}

function answerOf(test: PreparedSelfTest, result: SelfTestResult): Answer {
  const { passed, failure, durationMs, usage, evidence, output } = result;
  const exitCode = exitCodeOf(result);
  const words = describeSelfTest(test.title, result);
  const shown = passed || output === '' ? '' : `\n${t('Its last output:')}\n${output}`;
  return {
    exitCode,
    json: {
      version: 1,
      agent: test.agent,
      title: test.title,
      passed,
      command: argvOf(test),
      duration_ms: durationMs,
      usage:
        usage === null
          ? null
          : {
              input_tokens: usage.inputTokens,
              output_tokens: usage.outputTokens,
              cost_usd: usage.costUsd,
            },
      failure,
      evidence,
      output,
      exit_code: exitCode,
    },
    text: `${words}${shown}`,
    to: 'stdout',
  };
}

function exitCodeOf({ passed, failure }: SelfTestResult): number {
  if (passed) {
    return EXIT.completed;
  }
  return failure?.reason === 'cancelled' ? EXIT.cancelled : EXIT.failed;
}

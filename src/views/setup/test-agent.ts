import * as vscode from 'vscode';
import { describeCommand } from '../../coordinator/projections/describe-command.ts';
import { describeSelfTest } from '../../engine/self-test/describe-self-test.ts';
import { prepareSelfTest } from '../../engine/self-test/prepare-self-test.ts';
import { runSelfTest } from '../../engine/self-test/run-self-test.ts';
import type { PreparedSelfTest, SelfTestResult } from '../../engine/self-test/self-test.ts';
import type { AgentTarget } from '../../host/actions/commands.ts';
import { askToRun } from '../../host/dialogs/approval-dialog.ts';
import { COMMANDS, CONTEXT_KEYS } from '../../shared/manifest.ts';
import { visible } from '../../shared/words/visible.ts';
import { programFinder } from '../../system/find-program.ts';
import { pickInstalled } from './agent-picks.ts';
import { type SetupContext, setupContext } from './setup-context.ts';
import type { SetupDeps } from './setup-deps.ts';

const SHOW_LOG = vscode.l10n.t('Show Log');
const AGAIN = vscode.l10n.t('Test Again');

/** Tests an agent: shows its command for confirmation, then the result. Prompts for the agent if there is no target. */
export async function testAgent(deps: SetupDeps, target: AgentTarget | null): Promise<void> {
  const context = await setupContext(deps.windowModel, target?.folder);
  const agent =
    target?.name ??
    (await pickInstalled(context, vscode.l10n.t('Which agent is to be tested?')))?.id;
  if (agent === undefined) {
    return;
  }
  const { config } = context;
  const prepared = await prepareSelfTest({ agent, config, find: programFinder(process.env) });
  if (!prepared.ok) {
    void vscode.window.showWarningMessage(prepared.failure.message);
    return;
  }
  const test = prepared.value;
  if (
    await askToRun(deps.windowModel.ask, vscode.l10n.t('Test {0}?', test.title), questionOf(test))
  ) {
    await showResult(deps, context, test, await execute(deps, context, test));
  }
}

/** The question in the approval dialog, with the exact command and its directory. */
function questionOf({ spec, plan }: PreparedSelfTest): string[] {
  const set = Object.entries(plan.env).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  return [
    vscode.l10n.t(
      'It is asked to write one file, in a new folder outside of your workspace that is removed afterwards. This uses a little of your account.',
    ),
    '',
    visible(`${set.join('')}${describeCommand(spec.command)}`),
    visible(`in ${spec.cwd}`),
  ];
}

function execute(
  { runner, log }: SetupDeps,
  { folder }: SetupContext,
  test: PreparedSelfTest,
): Thenable<SelfTestResult> {
  const { title, agent, spec } = test;
  log.info(`Testing ${title}: ${visible(describeCommand(spec.command))}`);
  const location = vscode.ProgressLocation.Notification;
  const shown = { location, title: vscode.l10n.t('Testing {0}', title), cancellable: true };
  return vscode.window.withProgress(shown, async (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => {
      cancel.abort();
    });
    const onStep = (step: string): void => {
      progress.report({ message: visible(step) });
      log.info(visible(step));
    };
    const result = await runSelfTest(test, { runner, cancelled: cancel.signal, onStep });
    await folder?.workspace.agents.tested(agent, result.failure);
    return result;
  });
}

async function showResult(
  deps: SetupDeps,
  { folder }: SetupContext,
  test: PreparedSelfTest,
  result: SelfTestResult,
): Promise<void> {
  const { log } = deps;
  const words = describeSelfTest(test.title, result);
  if (result.passed) {
    log.info(words);
    await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.agentTested, true);
    void vscode.window.showInformationMessage(words);
    return;
  }
  log.warn(words);
  for (const line of result.output === '' ? [] : result.output.split('\n')) {
    log.warn(`  ${line}`);
  }
  // Not awaited: the command ends with this message, not with the user's answer.
  void vscode.window.showWarningMessage(words, AGAIN, SHOW_LOG).then((answer) => {
    if (answer === SHOW_LOG) {
      log.show();
    } else if (answer === AGAIN) {
      const target = { kind: 'agent', name: test.agent, folder: folder?.prefix ?? '' };
      void vscode.commands.executeCommand(COMMANDS.testAgent, target);
    }
  });
}

import * as vscode from 'vscode';
import type { Questions } from '../../coordinator/messages/topics.ts';
import { describeCommand } from '../../coordinator/projections/describe-command.ts';
import type { MissingApproval } from '../../coordinator/schema/approval.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import { plural } from '../../shared/words/durations.ts';
import { visible } from '../../shared/words/visible.ts';

/**
 * Asks the user a question with fixed answers and resolves to the chosen one; `undefined` if cancelled. `beside`: uses
 * a Quick Pick instead of a modal dialog, so that the user can read the editor meanwhile. `notification`: uses a
 * notification, which may stay open. Tests pass a function that answers instead of the user.
 */
export type AskModal = (
  message: string,
  detail: string,
  answers: readonly string[],
  place?: 'beside' | 'notification',
) => Thenable<string | undefined>;

/** Asks with VS Code's own modal dialog, Quick Pick or notification. */
export const askModal: AskModal = (message, detail, answers, place) => {
  if (place === 'notification') {
    return vscode.window.showInformationMessage(message, ...answers);
  }
  return place === 'beside'
    ? // A notification would disappear before the user has read a long text.
      vscode.window.showQuickPick(answers, {
        title: message,
        placeHolder: detail,
        ignoreFocusOut: true,
      })
    : vscode.window.showWarningMessage(message, { modal: true, detail }, ...answers);
};

const RUN = vscode.l10n.t('Run');
const SHOW_DIFF = vscode.l10n.t('Show diff since approval');
const READ = vscode.l10n.t('Read Commands');
const CANCEL = vscode.l10n.t('Cancel');
/** Size of the text that fits into a dialog: VS Code truncates longer text, and the dialog does not scroll. */
const DIALOG = { lines: 20, columns: 60 };
/** Width at which to wrap lines in the editor, which does not render the end of a very long line either. */
const EDITOR_COLUMNS = 80;
/** Scheme of read-only documents. */
const READ_ONLY_SCHEME = 'parallel-groups-commands';

/** Asks to approve each new or changed command, shown with its full argv. Returns whether the user approves them. */
export async function askApproval(
  ask: AskModal,
  { group, missing, everyRun }: Questions['approval.ask']['ask'],
): Promise<boolean> {
  const changed = missing.some(({ previous }) => previous !== null);
  const commands = plural(missing.length, 'command');
  const message = everyRun
    ? vscode.l10n.t(
        'Start {0}? Every run has to be approved here; it runs {1} from this workspace.',
        visible(group.id),
        commands,
      )
    : vscode.l10n.t(
        '{0} wants to run {1} from this workspace {2}.',
        visible(group.id),
        commands,
        changed ? 'that changed since you approved them' : 'for the first time',
      );
  const lines = missing.map(describe);
  if (!fitsIntoDialog(lines)) {
    return askWithEditor(ask, message, lines);
  }
  const answer = await ask(message, lines.join('\n'), changed ? [RUN, SHOW_DIFF] : [RUN]);
  if (answer !== SHOW_DIFF) {
    return answer === RUN;
  }
  await showDiff(missing);
  return false;
}

/** Asks whether to run what these lines show in full. Returns whether the user agrees. */
export async function askToRun(
  ask: AskModal,
  message: string,
  lines: readonly string[],
): Promise<boolean> {
  return fitsIntoDialog(lines)
    ? (await ask(message, lines.join('\n'), [RUN])) === RUN
    : askWithEditor(ask, message, lines);
}

function fitsIntoDialog(lines: readonly string[]): boolean {
  const rows = lines.map((line) => Math.ceil(line.length / DIALOG.columns));
  return rows.reduce((sum, each) => sum + each, 0) <= DIALOG.lines;
}

/** Shows text that is too long for a dialog in an editor before it asks, so that the user can read all of it. */
async function askWithEditor(
  ask: AskModal,
  message: string,
  lines: readonly string[],
): Promise<boolean> {
  const detail = vscode.l10n.t('They are too long for a dialog. Read them in full, then decide.');
  if ((await ask(message, detail, [READ])) !== READ) {
    return false;
  }
  const text = lines.map((line) => wrapped(line)).join('\n');
  await vscode.window.showTextDocument(readOnlyUri(text));
  const question = vscode.l10n.t('Do you want to run what the editor shows?');
  return (await ask(message, question, [RUN, CANCEL], 'beside')) === RUN;
}

function wrapped(line: string): string {
  const parts = line.match(new RegExp(`.{1,${EDITOR_COLUMNS}}`, 'gu')) ?? [];
  return parts.join('\n    ');
}

/** Describes everything that an approval covers: label, origin, environment and command. */
function describe({ item }: MissingApproval): string {
  const env = Object.entries(item.env).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  return visible(`${item.label} (${item.origin}): ${env.join('')}${describeCommand(item.command)}`);
}

async function showDiff(missing: readonly MissingApproval[]): Promise<void> {
  const text = (pick: (each: MissingApproval) => Command | null): string =>
    missing
      .map((each) => {
        const command = pick(each);
        return visible(
          `${each.item.label}: ${command === null ? '(new)' : describeCommand(command)}`,
        );
      })
      .join('\n');
  await vscode.commands.executeCommand(
    'vscode.diff',
    readOnlyUri(text(({ previous }) => previous)),
    readOnlyUri(text(({ item }) => item.command)),
    vscode.l10n.t('Commands: approved ↔ now (run the group again to approve)'),
  );
}

/** Returns the URI of a read-only document; its query holds the text. */
function readOnlyUri(text: string): vscode.Uri {
  return vscode.Uri.from({ scheme: READ_ONLY_SCHEME, path: '/commands', query: text });
}

/** Registers the content provider of these documents. They are read-only and never ask to be saved. */
export function provideComparedCommands(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(READ_ONLY_SCHEME, {
    provideTextDocumentContent: ({ query }) => query,
  });
}

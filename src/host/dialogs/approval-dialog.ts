import * as vscode from 'vscode';
import type { Questions } from '../../coordinator/messages/topics.ts';
import { describeCommand } from '../../coordinator/projections/describe-command.ts';
import type { MissingApproval } from '../../coordinator/schema/approval.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import { plural } from '../../shared/words/durations.ts';

/**
 * Asks a person a question with answers to choose from; `undefined` = cancelled. `beside`: not in a dialog, so that the
 * editor can be read meanwhile. `notification`: it may be left open. Tests answer in their stead.
 */
export type AskModal = (
  message: string,
  detail: string,
  answers: readonly string[],
  place?: 'beside' | 'notification',
) => Thenable<string | undefined>;

/** VS Code's own modal dialog. */
export const askModal: AskModal = (message, detail, answers, place) => {
  if (place === 'notification') {
    return vscode.window.showInformationMessage(message, ...answers);
  }
  return place === 'beside'
    ? // A notification would be gone before a long text is read.
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
/** What fits into a dialog: VS Code cuts off what is longer, and nobody can scroll there. */
const DIALOG = { lines: 20, columns: 60 };
/** An editor does not draw the end of a very long line either. */
const EDITOR_COLUMNS = 80;
const SHOWN_SCHEME = 'parallel-groups-commands';

/** Shows every command with its full argv before it runs for the first time, or again after it changed. */
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
    return askBeside(ask, message, lines);
  }
  const answer = await ask(message, lines.join('\n'), changed ? [RUN, SHOW_DIFF] : [RUN]);
  if (answer !== SHOW_DIFF) {
    return answer === RUN;
  }
  await showDiff(missing);
  return false;
}

/** Whether a person agrees to run what these lines show in full. */
export async function askToRun(
  ask: AskModal,
  message: string,
  lines: readonly string[],
): Promise<boolean> {
  return fitsIntoDialog(lines)
    ? (await ask(message, lines.join('\n'), [RUN])) === RUN
    : askBeside(ask, message, lines);
}

function fitsIntoDialog(lines: readonly string[]): boolean {
  const rows = lines.map((line) => Math.ceil(line.length / DIALOG.columns));
  return rows.reduce((sum, each) => sum + each, 0) <= DIALOG.lines;
}

/** Nothing is approved that could not be read: what is too long for a dialog is read in an editor first. */
async function askBeside(
  ask: AskModal,
  message: string,
  lines: readonly string[],
): Promise<boolean> {
  const detail = vscode.l10n.t('They are too long for a dialog. Read them in full, then decide.');
  if ((await ask(message, detail, [READ])) !== READ) {
    return false;
  }
  const text = lines.map((line) => folded(line)).join('\n');
  await vscode.window.showTextDocument(shown(text));
  const question = vscode.l10n.t('Do you want to run what the editor shows?');
  return (await ask(message, question, [RUN, CANCEL], 'beside')) === RUN;
}

function folded(line: string): string {
  const parts = line.match(new RegExp(`.{1,${EDITOR_COLUMNS}}`, 'gu')) ?? [];
  return parts.join('\n    ');
}

/** Everything that is approved: who, from where, with which environment, what. */
function describe({ item }: MissingApproval): string {
  const set = Object.entries(item.env).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  return visible(`${item.label} (${item.origin}): ${set.join('')}${describeCommand(item.command)}`);
}

/** A command must not be able to hide a part of itself from the person who approves it. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    const code = character.codePointAt(0) ?? 0;
    return known ?? `\\u{${code.toString(16)}}`;
  });
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
    shown(text(({ previous }) => previous)),
    shown(text(({ item }) => item.command)),
    vscode.l10n.t('Commands: approved ↔ now (run the group again to approve)'),
  );
}

/** The address of a text that is only shown; the text is its query. */
function shown(text: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SHOWN_SCHEME, path: '/commands', query: text });
}

/** Lets VS Code show commands that are compared: read only, and with nothing that would ask to be saved. */
export function provideComparedCommands(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SHOWN_SCHEME, {
    provideTextDocumentContent: ({ query }) => query,
  });
}

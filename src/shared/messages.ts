/**
 * Sentences that the extension and the command line share. Code that cannot import `vscode` passes every sentence for
 * the user through `t`; the extension installs VS Code's translation, the command line and the runner show English.
 */

/** A value that replaces a placeholder. */
export type MessageArgument = string | number | boolean;

/** Same contract as `vscode.l10n.t`. */
export type Translate = (message: string, ...args: MessageArgument[]) => string;

let translate: Translate = format;

/** Installs the translation for this process. Call it once, before the first sentence is built. */
export function useTranslation(translation: Translate): void {
  translate = translation;
}

/** Installs the translations of a bundle, English message → translation; messages that it lacks stay English. */
export function useBundle(bundle: Readonly<Record<string, string>>): void {
  useTranslation((message, ...args) => format(bundle[message] ?? message, ...args));
}

/**
 * Translates an English sentence. `{0}`, `{1}` … stand for the arguments. `message` must be a literal, so that
 * `npm run l10n` finds it.
 */
export function t(message: string, ...args: MessageArgument[]): string {
  return translate(message, ...args);
}

/** Replaces the placeholders; one without an argument remains unchanged. */
function format(message: string, ...args: MessageArgument[]): string {
  return args.length === 0
    ? message
    : message.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => {
        const argument = args[Number(index)];
        return argument === undefined ? placeholder : String(argument);
      });
}

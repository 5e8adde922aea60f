// Collects every message of the sources into l10n/bundle.l10n.json, from which a translator starts:
//   node tools/l10n.ts
// It is written for every package and not kept in the repository.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUNDLE = path.join(ROOT, 'l10n/bundle.l10n.json');

/** The text of the file: VS Code looks a message up by its English sentence. */
function bundleText(): string {
  const files = globSync('src/**/*.ts', { cwd: ROOT });
  const messages = files.flatMap((file) =>
    messagesIn(file, readFileSync(path.join(ROOT, file), 'utf8')),
  );
  const sorted = [...new Set(messages)].sort();
  const entries = Object.fromEntries(sorted.map((message) => [message, message]));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** The literal messages of `t(…)` and `vscode.l10n.t(…)`; the lint rule `translated` refuses any other message. */
export function messagesIn(file: string, source: string): string[] {
  const messages: string[] = [];
  const visit = (node: ts.Node): void => {
    const [message] = ts.isCallExpression(node) && isTranslation(node) ? node.arguments : [];
    if (message !== undefined && ts.isStringLiteralLike(message)) {
      messages.push(message.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return messages;
}

function isTranslation({ expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression)
    ? expression.text === 't'
    : ts.isPropertyAccessExpression(expression) &&
        expression.name.text === 't' &&
        /(?:^|\.)l10n$/.test(nameOf(expression.expression));
}

/** `vscode.l10n` as text; empty for anything but names and members. */
function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) {
    return expression.text;
  }
  return ts.isPropertyAccessExpression(expression)
    ? `${nameOf(expression.expression)}.${expression.name.text}`
    : '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(path.dirname(BUNDLE), { recursive: true });
  writeFileSync(BUNDLE, bundleText());
}

/** What the panel's page consists of. */
export interface PanelPage {
  /** Address of webview.js. */
  readonly script: string;
  /** Source of the extension's own files for the content security policy. */
  readonly cspSource: string;
  /** Base64; new for every page. */
  readonly nonce: string;
  /** The display language of VS Code, such as `en` or `pt-br`. */
  readonly language: string;
  readonly title: string;
  /** English message → translation; empty for English. */
  readonly translations: Readonly<Record<string, string>>;
}

/** The HTML of the status panel. Only our own script runs in it. */
export function panelPage(content: PanelPage): string {
  const { script, cspSource, nonce, language, title, translations } = content;
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
  ].join('; ');
  // A data block may not contain the end of its element.
  const data = JSON.stringify(translations).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
  </head>
  <body>
    <script type="application/json" id="translations">${data}</script>
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}

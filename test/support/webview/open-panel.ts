import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import * as z from 'zod/mini';
import { repository } from '../vscode/paths.ts';

/** The policy of the extension's page, without a source of styles: the page must do without one. */
const POLICY = "default-src 'none'; script-src 'nonce-n'";
/** What VS Code gives to a page, remembering what it is told. */
const HOST = `
  const posted = [];
  let state = JSON.parse(sessionStorage.getItem('state') ?? 'null');
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => void posted.push(message),
    getState: () => state,
    setState: (next) => sessionStorage.setItem('state', JSON.stringify((state = next))),
  });
  globalThis.takePosted = () => posted.splice(0);
`;

/** The program of the panel's page, as it is shipped but readable. */
export async function buildPanel(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['src/webview/main.ts'],
    absWorkingDir: repository,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'chrome142',
    tsconfig: 'src/webview/tsconfig.json',
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** The panel's page in a browser, and the extension's side of the conversation. */
export interface OpenPanel {
  readonly page: Page;
  /** Messages that the page complained about: errors, and what the policy refused. */
  readonly complaints: readonly string[];
  readonly send: (message: unknown) => Promise<void>;
  /** What the page has asked for since the last call. */
  readonly takePosted: () => Promise<unknown[]>;
}

/** Opens the page with the colours of a theme. */
export async function openPanel(
  browser: Browser,
  program: string,
  colours: Readonly<Record<string, string>>,
): Promise<OpenPanel> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(message.text());
    }
  });
  const style = Object.entries(colours)
    .map(([name, value]) => `root.style.setProperty('${name}', '${value}');`)
    .join('');
  await page.route('http://panel.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"></head><body>
<script nonce="n">const root = document.documentElement; ${style} ${HOST}</script>
<script type="module" nonce="n">${program.replaceAll('</script', '<\\/script')}</script></body></html>`,
    }),
  );
  await page.goto('http://panel.test/');
  return {
    page,
    complaints,
    send: async (message) => {
      await page.evaluate(`globalThis.postMessage(${JSON.stringify(message)}, '*')`);
    },
    takePosted: async () => z.array(z.unknown()).parse(await page.evaluate('takePosted()')),
  };
}

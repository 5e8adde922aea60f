import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import * as z from 'zod/mini';
import { panelPage } from '../../../src/views/panel/panel-page.ts';
import { repository } from '../vscode/paths.ts';

/** The API that VS Code gives to a page; it records the page's messages. */
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

/** Builds the script of the panel's page, not minified. */
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
  /** Errors of the page and violations of the policy. */
  readonly complaints: readonly string[];
  readonly send: (message: unknown) => Promise<void>;
  /** Requests of the page since the last call. */
  readonly takePosted: () => Promise<unknown[]>;
}

/** Opens the extension's page with the colours of a theme. `translations`: English message → translation. */
export async function openPanel(
  browser: Browser,
  program: string,
  colours: Readonly<Record<string, string>>,
  translations: Readonly<Record<string, string>> = {},
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
  const body = panelPage({
    script: 'http://panel.test/webview.js',
    // The page itself adopts its styles: it needs no source of them.
    cspSource: '',
    nonce: 'n',
    language: 'en',
    title: 'Panel',
    translations,
  }).replace(
    '<body>',
    `<body><script nonce="n">const root = document.documentElement; ${style} ${HOST}</script>`,
  );
  await page.route('http://panel.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body }),
  );
  await page.route('http://panel.test/webview.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: program }),
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

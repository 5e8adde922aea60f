import type { BrowserContext, Page } from 'playwright-core';
import { type WindowBrowser, windowHost } from './browser.ts';
import { repository, resultFile } from './paths.ts';
import type { VscodeServer } from './server.ts';
import { runCommand } from './verbs/quick-input.ts';

export interface WorkbenchOptions {
  readonly server: VscodeServer;
  /** The browser of this server. */
  readonly browser: WindowBrowser;
  /** The folder that the window opens. */
  readonly folder: string;
  /** Loads the extension of this folder; this requires the server's smoke-test driver. */
  readonly extensionDevelopmentPath?: string;
  /** Runs this module's `run()` in the extension host. */
  readonly extensionTestsPath?: string;
  /** Called on the new page before it loads anything. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** One VS Code window. */
export interface Workbench {
  readonly page: Page;
  readonly server: VscodeServer;
  readonly folder: string;
  /** Reloads the window with "Developer: Reload Window". Returns when the new one is drawn. */
  reload(): Promise<void>;
  /** Closes the window so that its extension host ends too. */
  close(): Promise<void>;
  /** Saves a screenshot below test-results/ and returns its path. */
  screenshot(name: string): Promise<string>;
}

const startLimitMs = 60_000;

/** Opens a window on `folder` and waits until its workbench is drawn. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { server, browser, folder } = options;
  const page = await newWindow(browser.context);
  // The workbench asks before its page is left; tests always leave.
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await options.prepare?.(page);
  const url = new URL(server.url(folder, payload(options)));
  url.host = windowHost;
  url.port = '';
  await page.goto(url.href, { waitUntil: 'domcontentloaded' });
  await drawn(page);
  return {
    page,
    server,
    folder,
    reload: async () => {
      // The old document, while it exists, would answer instead of the new one.
      const newDocument = page.waitForEvent('domcontentloaded');
      // The command, not the browser's reload: only the command saves the window's state first.
      await runCommand(page, 'Developer: Reload Window');
      await newDocument;
      await drawn(page);
    },
    close: async () => {
      if (!page.isClosed()) {
        const closed = page.waitForEvent('close', { timeout: 10_000 });
        await page.close({ runBeforeUnload: true });
        await closed;
      }
    },
    screenshot: async (name) => {
      const file = await resultFile(name, 'png');
      await page.screenshot({ path: file });
      return file;
    },
  };
}

/** The extension of this repository. */
export const extensionUnderDevelopment = repository;

function payload(options: WorkbenchOptions): readonly (readonly [string, string])[] {
  const { extensionDevelopmentPath, extensionTestsPath } = options;
  const remote = (file: string): string => `vscode-remote://${windowHost}${file}`;
  const pairs: (readonly [string, string])[] = [];
  if (extensionDevelopmentPath !== undefined) {
    pairs.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  }
  if (extensionTestsPath !== undefined) {
    pairs.push(['extensionTestsPath', remote(extensionTestsPath)]);
  }
  return pairs.length === 0 ? [] : [...pairs, ['skipWelcome', 'true']];
}

/** Opens an empty page. The first one of several finds no storage, as in a fresh browser. */
async function newWindow(context: BrowserContext): Promise<Page> {
  const isFirst = context.pages().every((each) => each.url() === 'about:blank');
  const page = await context.newPage();
  if (isFirst) {
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: `http://${windowHost}`,
      storageTypes: 'cookies,local_storage,indexeddb,service_workers,cache_storage',
    });
    await session.detach();
  }
  return page;
}

async function drawn(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: startLimitMs });
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';
import { installChromium } from './chromium.ts';
import { fillCodeCache, keepCodeCache } from './code-cache.ts';

const flags = [
  // Containers and CI run as root, where Chromium's own sandbox refuses to start.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A small /dev/shm (64 MB in containers) would crash the tab.
  '--disable-dev-shm-usage',
];

/** The host of every VS Code in a browser of windows: code that was compiled for one server serves the next. */
export const windowHost = 'vscode.localhost';

/** Starts a headless Chromium for pages that a test makes itself. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions());
}

/** The browser of one server. Its windows belong to one person and share their storage. */
export interface WindowBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** Starts a headless Chromium for windows of the server that listens on `port`. */
export async function launchWindowBrowser(port: number): Promise<WindowBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'pg-browser-'));
  const { args, env, ...options } = await launchOptions();
  await fillCodeCache(profile);
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    // Chromium leaves files of its own in the temporary folder.
    env: { ...env, TMPDIR: profile },
    args: [...args, `--host-resolver-rules=MAP ${windowHost} 127.0.0.1:${port}`],
    viewport: { width: 1400, height: 900 },
    reducedMotion: 'reduce',
  });
  return {
    context,
    close: async () => {
      await context.close();
      await keepCodeCache(profile);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function launchOptions(): Promise<LaunchOptions & { readonly args: string[] }> {
  const { executable, env } = await installChromium();
  return {
    executablePath: executable,
    args: [...flags],
    env: { ...process.env, ...env },
    headless: true,
    // The suite decides when to end; otherwise Ctrl-C would close the page before the server knows.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
}

import { type Browser, chromium } from 'playwright-core';
import { installChromium } from './chromium.ts';

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

/** Starts a headless Chromium for the tests. */
export async function launchBrowser(): Promise<Browser> {
  const { executable, env } = await installChromium();
  return chromium.launch({
    executablePath: executable,
    args: flags,
    env: { ...process.env, ...env },
    headless: true,
    // The suite decides when to end; otherwise Ctrl-C would close the page before the server knows.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

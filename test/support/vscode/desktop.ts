import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder } from './cache.ts';
import { say, SetupError } from './setup-error.ts';
import { newest } from './versions.ts';

/** How long the download may make no progress before the server host is used instead. */
const idleLimitMs = 10_000;

/**
 * Returns a desktop VS Code, or undefined if the server host is used: `VSCODE_TEST_EXECUTABLE`, else VS Code's own
 * download if there is a display and the download works. Prints which one it is.
 */
export async function desktopExecutable(): Promise<string | undefined> {
  const named = process.env.VSCODE_TEST_EXECUTABLE;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) {
      return named;
    }
    throw new SetupError(`VSCODE_TEST_EXECUTABLE names ${named}, which does not exist.`);
  }
  if (!hasDisplay()) {
    return undefined;
  }
  try {
    return await downloadAndUnzipVSCode({
      version: `${newest}.0`,
      cachePath: path.join(cacheFolder(), 'desktop'),
      timeout: idleLimitMs,
    });
  } catch (error) {
    say(`Desktop VS Code could not be downloaded (${String(error)}): using its server instead.`);
    return undefined;
  }
}

function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') {
    return true;
  }
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  return [x11, wayland].some((display) => display !== undefined && display !== '');
}

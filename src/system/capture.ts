import { execFile } from 'node:child_process';

/** Returns the output of a short helper program; `null` if it could not run, failed, or exceeded `timeoutMs`. */
export function capture(
  file: string,
  args: readonly string[],
  options: { readonly timeoutMs: number; readonly env?: NodeJS.ProcessEnv },
): Promise<{ readonly exitCode: number; readonly stdout: string } | null> {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      {
        timeout: options.timeoutMs,
        windowsHide: true,
        maxBuffer: 32 * 1024 * 1024,
        env: options.env ?? process.env,
      },
      (error, stdout) => {
        const exitCode = child.exitCode;
        if (exitCode === null || (error !== null && child.killed)) {
          resolve(null);
        } else {
          resolve({ exitCode, stdout });
        }
      },
    );
    child.stdin?.end();
  });
}

import { execa } from 'execa';
import { say, SetupError } from './setup-error.ts';

const limitMs = 10 * 60_000;

const advice: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /ENOSPC/,
    'The disk is full. Free some space, or set PARALLEL_GROUPS_CACHE to a folder on another disk.',
  ],
  [
    /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH|network/i,
    'The npm registry cannot be reached. Check the network and `npm ping`; behind a proxy, `npm config set https-proxy …`. Then run the same command again: what was downloaded is kept.',
  ],
  [
    /E404|ETARGET/,
    'The registry does not have this version. A mirror may lag behind: `npm config get registry`.',
  ],
  [/EACCES|EPERM/, 'A folder cannot be written to: npm names it above.'],
];

/** Runs npm in `folder` without output; a failure is reported with its remedy. */
export async function npm(folder: string, args: readonly string[]): Promise<void> {
  say(`  npm ${args.join(' ')}`);
  const result = await execa('npm', [...args, '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: folder,
    all: true,
    reject: false,
    timeout: limitMs,
    // An npm script sets npm_config_* for the project that it was started in, not for this one.
    env: environmentOfPerson(),
    extendEnv: false,
  });
  if (!result.failed) {
    return;
  }
  if (result.code === 'ENOENT') {
    throw new SetupError(
      'npm was not found. Install Node.js with npm (https://nodejs.org/), then try again.',
    );
  }
  if (result.timedOut) {
    throw new SetupError(
      `npm did not finish within ${limitMs / 60_000} minutes. Try again: what was downloaded is kept.`,
    );
  }
  const hint = advice.find(([pattern]) => pattern.test(result.all))?.[1];
  throw new SetupError([result.all.trim(), hint].filter((line) => line !== undefined).join('\n'));
}

function environmentOfPerson(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  return Object.fromEntries(inherited);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RealClient } from './real-client.ts';

/** Commands that it may run without asking; all other shell commands are denied. */
const ALLOWED = ['false', 'sleep', 'touch'];

/** The last release in plain JavaScript: 48 MB instead of 200, and the same on every platform. */
export const claude: RealClient = {
  id: 'claude',
  title: 'Claude Code',
  from: '@anthropic-ai/claude-code',
  version: '2.1.112',
  megabytes: 120,
  omitOptional: true,
  settings(home, url) {
    const folder = path.join(home, '.claude');
    mkdirSync(folder, { recursive: true });
    const settings = { permissions: { allow: ALLOWED.map((command) => `Bash(${command}:*)`) } };
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
    return {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'test-key',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_MAX_RETRIES: '0',
    };
  },
};

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RealClient } from './real-client.ts';

/** Commands that it may run without asking; all other shell commands are denied. */
const ALLOWED = ['false', 'sleep', 'touch'];

export const gemini: RealClient = {
  id: 'gemini',
  title: 'Gemini CLI',
  from: '@google/gemini-cli',
  version: '0.61.0',
  megabytes: 250,
  omitOptional: true,
  settings(home, url) {
    const folder = path.join(home, '.gemini');
    mkdirSync(folder, { recursive: true });
    const settings = {
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
      privacy: { usageStatisticsEnabled: false },
      // A refused request must fail at once, not after minutes of retries.
      general: { enableAutoUpdate: false, maxAttempts: 1 },
      model: { name: 'gemini-test' },
      tools: { allowed: ALLOWED.map((command) => `run_shell_command(${command})`) },
    };
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
    return { GEMINI_API_KEY: 'test-key', GOOGLE_GEMINI_BASE_URL: url };
  },
};

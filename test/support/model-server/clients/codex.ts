import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RealClient } from './real-client.ts';

export const codex: RealClient = {
  id: 'codex',
  title: 'Codex',
  from: '@openai/codex',
  version: '0.169.0',
  megabytes: 900,
  settings(home, url) {
    const folder = path.join(home, '.codex');
    mkdirSync(folder, { recursive: true });
    const settings = [
      // A model that it knows, so that it offers its own tool for edits.
      'model = "gpt-5.5"',
      'model_provider = "test"',
      '[model_providers.test]',
      'name = "test"',
      `base_url = "${url}/v1"`,
      'wire_api = "responses"',
      'env_key = "TEST_MODEL_KEY"',
      'request_max_retries = 0',
      'stream_max_retries = 0',
      '[analytics]',
      'enabled = false',
      '[features]',
      'plugins = false',
      'apps = false',
    ];
    writeFileSync(path.join(folder, 'config.toml'), `${settings.join('\n')}\n`);
    return { TEST_MODEL_KEY: 'test-key' };
  },
};

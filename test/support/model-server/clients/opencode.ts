import { execa } from 'execa';
import type { RealClient } from './real-client.ts';

export const opencode: RealClient = {
  id: 'opencode',
  title: 'OpenCode',
  from: 'opencode-ai',
  version: '1.18.33',
  megabytes: 900,
  startsAloneFirst: true,
  // Its script puts the program for this machine where the package's entry expects it.
  setUp: async (folder) => {
    await execa(process.execPath, ['postinstall.mjs'], { cwd: folder });
  },
  settings(_home, url) {
    const provider = {
      npm: '@ai-sdk/openai-compatible',
      name: 'Test',
      options: { baseURL: `${url}/v1`, apiKey: 'test-key' },
      models: { 'test-model': { name: 'Test' } },
    };
    const config = {
      model: 'test/test-model',
      small_model: 'test/test-model',
      provider: { test: provider },
    };
    return {
      OPENCODE_CONFIG_CONTENT: JSON.stringify(config),
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    };
  },
};

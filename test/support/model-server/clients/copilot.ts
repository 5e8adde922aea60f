import type { RealClient } from './real-client.ts';

export const copilot: RealClient = {
  id: 'copilot',
  title: 'Copilot CLI',
  from: '@github/copilot',
  version: '1.0.102',
  megabytes: 450,
  settings: (_home, url) => ({
    COPILOT_OFFLINE: 'true',
    COPILOT_PROVIDER_BASE_URL: url,
    COPILOT_PROVIDER_API_KEY: 'test-key',
    COPILOT_MODEL: 'test-model',
  }),
};

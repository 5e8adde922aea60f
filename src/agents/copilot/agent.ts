import { t } from '../../shared/messages.ts';
import {
  type AgentDefinition,
  interactivePrompt,
  type LaunchOptions,
  option,
} from '../contract/agent.ts';

/**
 * Copilot CLI accepts a session id. Without a person it works only if all of its tools are allowed. It reports its usage in a
 * file, not by events.
 */
export const COPILOT: AgentDefinition<'copilot'> = {
  id: 'copilot',
  title: 'Copilot CLI',
  program: 'copilot',
  provider: 'github',
  install: 'npm install -g @github/copilot',
  get signIn() {
    return t('Run `copilot login`, or set COPILOT_GITHUB_TOKEN.');
  },
  credentials: {
    env: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', 'COPILOT_PROVIDER_BASE_URL'],
    // Its configuration names the signed-in user; the token is in the system's keychain, if there is one.
    files: [],
    elsewhere: true,
  },
  get permissions() {
    return t('its `--allow-tool` and `--deny-tool`');
  },
  tested: { oldest: '1.0.102', newest: '1.0.102' },
  stdin: 'prompt',
  env: {},
  models: [/^(?:claude-|gemini-|gpt-|codex-|o\d(?:-|$))/i],
  modelsByProvider: false,
  readOnlyTools: ['view', 'grep', 'rg', 'glob', 'web_fetch', 'update_todo'],
  headless: (options) => [
    options.path,
    '--output-format',
    'json',
    '--stream',
    'off',
    '--allow-all-tools',
    ...shared(options),
    ...option('--usage-output-file', options.usageFile),
  ],
  interactive: (options) => [
    options.path,
    ...shared(options),
    ...option('-i', interactivePrompt(options.promptFile)[0]),
  ],
  openSession: (session) => [`--resume=${session}`],
  conversation: null,
  reportsUsageInFile: true,
  createAdapter: async (cwd, options) => {
    const { copilotAdapter } = await import('./reader.ts');
    return copilotAdapter(COPILOT, cwd, options);
  },
};

function shared({ model, tools = [], sessionId, resume }: LaunchOptions): string[] {
  return [
    '--no-auto-update',
    ...option('--model', model),
    ...tools.map((tool) => `--available-tools=${tool}`),
    ...(resume === undefined ? option('--session-id', sessionId) : [`--resume=${resume}`]),
  ];
}

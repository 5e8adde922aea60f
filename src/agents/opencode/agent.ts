import { t } from '../../shared/messages.ts';
import { type AgentDefinition, interactivePrompt, option } from '../contract/agent.ts';

/** OpenCode chooses the ids of its sessions and names models by their provider: `anthropic/claude-…`. */
export const OPENCODE: AgentDefinition<'opencode'> = {
  id: 'opencode',
  title: 'OpenCode',
  program: 'opencode',
  // The provider depends on the configuration, or on the named model.
  provider: '',
  install: 'npm install -g opencode-ai',
  get signIn() {
    return t(
      'Run `opencode auth login`, or set the key of your provider, such as ANTHROPIC_API_KEY.',
    );
  },
  credentials: {
    env: [
      'ANTHROPIC_API_KEY',
      'OPENAI_API_KEY',
      'GEMINI_API_KEY',
      'GOOGLE_GENERATIVE_AI_API_KEY',
      'OPENROUTER_API_KEY',
      'GROQ_API_KEY',
    ],
    files: [{ variable: 'XDG_DATA_HOME', folder: '.local/share', file: 'opencode/auth.json' }],
    // Configured providers, with or without keys.
    elsewhere: true,
  },
  get permissions() {
    return t('`permission` in `opencode.json`');
  },
  tested: { oldest: '1.18.33', newest: '1.18.33' },
  // It reads until the end of its input, so the input is closed after the prompt.
  stdin: 'prompt',
  env: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
  models: [],
  modelsByProvider: true,
  readOnlyTools: [
    'read',
    'grep',
    'glob',
    'list',
    'lsp',
    'skill',
    'webfetch',
    'websearch',
    'todowrite',
    'todoread',
    'question',
  ],
  headless: ({ path, model, resume }) => [
    path,
    'run',
    '--format',
    'json',
    ...option('-m', model),
    ...option('-s', resume),
  ],
  interactive: ({ path, model, resume, promptFile }) => [
    path,
    ...option('-m', model),
    ...option('-s', resume),
    ...option('--prompt', interactivePrompt(promptFile)[0]),
  ],
  openSession: (session) => ['-s', session],
  conversation: null,
  reportsUsageInFile: false,
  createAdapter: async (cwd) => {
    const { opencodeAdapter } = await import('./reader.ts');
    return opencodeAdapter(OPENCODE, cwd);
  },
};

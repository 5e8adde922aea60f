import { t } from '../../shared/messages.ts';
import {
  type AgentDefinition,
  interactivePrompt,
  type LaunchOptions,
  option,
} from '../contract/agent.ts';

/** Gemini CLI may edit files; everything else that needs a person's consent is refused. It accepts a session id. */
export const GEMINI: AgentDefinition<'gemini'> = {
  id: 'gemini',
  title: 'Gemini CLI',
  program: 'gemini',
  provider: 'google',
  install: 'npm install -g @google/gemini-cli',
  get signIn() {
    return t('Run `gemini` and choose how to sign in, or set GEMINI_API_KEY.');
  },
  credentials: {
    env: [
      'GEMINI_API_KEY',
      'GOOGLE_API_KEY',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'GOOGLE_GENAI_USE_VERTEXAI',
      'GOOGLE_GENAI_USE_GCA',
    ],
    files: [{ variable: 'GEMINI_CLI_HOME', folder: '', file: '.gemini/oauth_creds.json' }],
    // The system's keychain and its own `.env` files.
    elsewhere: true,
  },
  permissions: '`.gemini/settings.json`',
  tested: { oldest: '0.61.0', newest: '0.61.0' },
  stdin: 'prompt',
  // It would restart itself as a child process, which signals to the first process would not reach.
  env: { GEMINI_CLI_NO_RELAUNCH: 'true' },
  models: [/^(?:auto|pro|flash|flash-lite)$/i, /^gemini-/i],
  modelsByProvider: false,
  readOnlyTools: [
    'read_file',
    'read_many_files',
    'list_directory',
    'glob',
    'grep_search',
    'search_file_content',
    'google_web_search',
    'web_fetch',
    'write_todos',
  ],
  headless: (options) => [options.path, '-o', 'stream-json', ...shared(options)],
  interactive: (options) => [
    options.path,
    ...shared(options),
    ...option('-i', interactivePrompt(options.promptFile)[0]),
  ],
  openSession: (session) => ['-r', session],
  conversation: null,
  reportsUsageInFile: false,
  createAdapter: async (cwd) => {
    const { geminiAdapter } = await import('./reader.ts');
    return geminiAdapter(GEMINI, cwd);
  },
};

function shared({ model, sessionId, resume }: LaunchOptions): string[] {
  return [
    '--approval-mode',
    'auto_edit',
    ...option('-m', model),
    ...(resume === undefined ? option('--session-id', sessionId) : ['-r', resume]),
  ];
}

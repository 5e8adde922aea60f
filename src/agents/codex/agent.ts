import { t } from '../../shared/messages.ts';
import { type AgentDefinition, interactivePrompt, option } from '../contract/agent.ts';

/**
 * Codex works in its own sandbox, where the workspace is writable and `.git` is not. It chooses the ids of its sessions. A
 * resumed session needs the sandbox option again; without it the session is read-only.
 */
export const CODEX: AgentDefinition<'codex'> = {
  id: 'codex',
  title: 'Codex',
  program: 'codex',
  provider: 'openai',
  install: 'npm install -g @openai/codex',
  get signIn() {
    return t('Run `codex login`, or set CODEX_API_KEY.');
  },
  credentials: {
    env: ['CODEX_API_KEY'],
    files: [{ variable: 'CODEX_HOME', folder: '.codex', file: 'auth.json' }],
    // The system's keyring, and configured providers with their own keys.
    elsewhere: true,
  },
  get permissions() {
    return t('its sandbox and approval policy in `~/.codex/config.toml`');
  },
  tested: { oldest: '0.169.0', newest: '0.169.0' },
  // It reads until the end of its input, so the input is closed after the prompt.
  stdin: 'prompt',
  env: {},
  models: [/^(?:gpt-|codex-|o\d(?:-|$))/i],
  modelsByProvider: false,
  readOnlyTools: ['read-only'],
  headless: ({ path, model, tools, resume }) => [
    path,
    'exec',
    '--json',
    '-s',
    sandboxOf(tools),
    ...option('-m', model),
    ...option('resume', resume),
    '-',
  ],
  interactive: ({ path, model, tools, resume, promptFile }) => [
    path,
    ...option('resume', resume),
    '-s',
    sandboxOf(tools),
    ...option('-m', model),
    ...interactivePrompt(promptFile),
  ],
  openSession: (session) => ['resume', session],
  conversation: null,
  reportsUsageInFile: false,
  createAdapter: async (cwd, options) => {
    const { codexAdapter } = await import('./reader.ts');
    return codexAdapter(CODEX, cwd, options);
  },
};

/** Codex does not restrict tools by name. A role whose tools are `read-only` gets the sandbox of that name. */
function sandboxOf(tools: readonly string[] | undefined): string {
  return tools?.includes('read-only') === true ? 'read-only' : 'workspace-write';
}

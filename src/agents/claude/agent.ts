import { isObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import {
  type AgentDefinition,
  type ConversationFormat,
  HOOKS_VARIABLE,
  interactivePrompt,
  type LaunchOptions,
  option,
} from '../contract/agent.ts';

/**
 * Settings that make Claude Code report its actions while a person works with it: one JSON object a line, in the file of
 * `HOOKS_VARIABLE`. A shell runs the hooks, so they contain no values that vary.
 */
export const HOOK_SETTINGS: string = JSON.stringify({
  hooks: Object.fromEntries(
    ['SessionStart', 'UserPromptSubmit', 'PostToolUse', 'Notification', 'Stop'].map((event) => [
      event,
      [{ hooks: [{ type: 'command', command: `{ cat; echo; } >> "$${HOOKS_VARIABLE}"` }] }],
    ]),
  ),
});

/** `--input-format stream-json`: one JSON object a line. Each turn ends with a `result`. */
const CONVERSATION: ConversationFormat = {
  message: (content) => `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`,
  endsTurn: (line) => line.includes('"result"') && isResult(line),
};

/**
 * Claude Code may edit files of the workspace; everything else that needs a person's consent is refused. It accepts a session
 * id and a cost limit. Its cost figures continue when a session is resumed.
 */
export const CLAUDE: AgentDefinition<'claude'> = {
  id: 'claude',
  title: 'Claude Code',
  program: 'claude',
  provider: 'anthropic',
  install: 'npm install -g @anthropic-ai/claude-code',
  get signIn() {
    return t('Run `claude` and sign in with /login, or set ANTHROPIC_API_KEY.');
  },
  credentials: {
    env: [
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
      'CLAUDE_CODE_USE_BEDROCK',
      'CLAUDE_CODE_USE_VERTEX',
      'CLAUDE_CODE_USE_FOUNDRY',
    ],
    files: [{ variable: 'CLAUDE_CONFIG_DIR', folder: '.claude', file: '.credentials.json' }],
    // The keychain of macOS, and the `apiKeyHelper` of its settings.
    elsewhere: true,
  },
  permissions: '`.claude/settings.json`',
  tested: { oldest: '1.0.128', newest: '2.1.329' },
  // A person can send messages while it works.
  stdin: 'conversation',
  // An update during a run would replace the program of running attempts.
  env: { DISABLE_AUTOUPDATER: '1' },
  // Aliases of the newest model of each kind.
  models: [/^(?:default|best|opusplan|(?:sonnet|opus|haiku)(?:\[1m\])?)$/i, /^claude-/i],
  modelsByProvider: false,
  readOnlyTools: [
    'Read',
    'Grep',
    'Glob',
    'LS',
    'NotebookRead',
    'WebFetch',
    'WebSearch',
    'TodoWrite',
    'TodoRead',
  ],
  headless: (options) => [
    options.path,
    '-p',
    '--input-format',
    'stream-json',
    '--output-format',
    'stream-json',
    '--verbose',
    ...shared(options),
    ...option('--max-budget-usd', options.budgetUsd),
  ],
  interactive: (options) => [
    options.path,
    ...interactivePrompt(options.promptFile),
    ...shared(options),
    '--settings',
    HOOK_SETTINGS,
  ],
  openSession: (session) => ['--resume', session],
  conversation: CONVERSATION,
  reportsUsageInFile: false,
  createAdapter: async (cwd, options) => {
    const { claudeAdapter } = await import('./reader.ts');
    return claudeAdapter(CLAUDE, cwd, options);
  },
};

function shared({ model, tools, sessionId, resume }: LaunchOptions): string[] {
  return [
    '--permission-mode',
    'acceptEdits',
    ...option('--model', model),
    ...option('--tools', tools === undefined ? undefined : builtInTools(tools).join(',')),
    ...(resume === undefined ? option('--session-id', sessionId) : ['--resume', resume]),
  ];
}

/** `--tools` accepts only names of built-in tools: `Bash(git:*)` makes Bash available without changing its permissions. */
function builtInTools(tools: readonly string[]): string[] {
  const names = tools.map((tool) => tool.replace(/\(.*$/s, '').trim());
  return [...new Set(names)].filter((name) => name !== '' && !name.startsWith('mcp__'));
}

function isResult(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && value.type === 'result';
  } catch {
    return false;
  }
}

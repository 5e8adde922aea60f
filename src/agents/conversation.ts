import type { AdapterId } from '../coordinator/schema/attempt.ts';

/** How a program is talked to while it works. Pure: text in, text out. */
export interface ConversationFormat {
  /** One message of a person as the program reads it, with its end. */
  message(text: string): string;
  /** Whether this line of its output ends its turn: it then does nothing until it is told something more. */
  endsTurn(line: string): boolean;
}

/** Claude Code's `--input-format stream-json`: one JSON object a line; each turn ends with a `result`. */
const CLAUDE: ConversationFormat = {
  message: (content) => `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`,
  endsTurn: (line) => line.includes('"result"') && isResult(line),
};

/** The format of a program's conversations; `null`: what is typed is passed on as it is. */
export function conversationFormat(adapter: AdapterId): ConversationFormat | null {
  switch (adapter) {
    case 'claude':
      return CLAUDE;
    case 'none':
    case 'codex':
    case 'gemini':
    case 'opencode':
    case 'copilot':
      return null;
  }
}

function isResult(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return (
      typeof value === 'object' && value !== null && 'type' in value && value.type === 'result'
    );
  } catch {
    return false;
  }
}

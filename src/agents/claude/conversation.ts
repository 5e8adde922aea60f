import { isObject } from '../../shared/json-object.ts';
import type { ConversationFormat } from '../contract/agent.ts';

/** Claude Code's `--input-format stream-json`: one JSON object a line. Each turn ends with a `result`. */
export const CONVERSATION: ConversationFormat = {
  message: (content) => `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`,
  endsTurn: (line) => line.includes('"result"') && isResult(line),
};

function isResult(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && value.type === 'result';
  } catch {
    return false;
  }
}

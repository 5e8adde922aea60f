import type { AgentEvent, ProcessEnd, Verdict } from '../../src/agents/contract/adapter.ts';
import { understandAs } from './agent-stream.ts';

/** Returns the normalized events of Claude Code's adapter for a stream of these events and the end of the process. */
export function understand(
  lines: readonly unknown[],
  end: Partial<ProcessEnd> = {},
): Promise<{ events: AgentEvent[]; verdict: Verdict }> {
  return understandAs('claude', lines, end);
}

/** The first event of a stream. */
export const init = { type: 'system', subtype: 'init', session_id: 's-1' };
/** Returns the final event: a success, with the changes of a test. */
export const result = (fields: object = {}): object => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: 'All done.',
  session_id: 's-1',
  permission_denials: [],
  ...fields,
});
/** Returns a message of the model. */
export const assistant = (id: string, content: object[], usage?: object): object => ({
  type: 'assistant',
  message: { id, content, usage },
});
/** Returns a block of a message that uses a tool. */
export const use = (id: string, name: string, input: object): object => ({
  type: 'tool_use',
  id,
  name,
  input,
});
/** Returns the result of a tool. */
export const answer = (id: string, content: unknown, is_error = false): object => ({
  type: 'user',
  message: { content: [{ type: 'tool_result', tool_use_id: id, content, is_error }] },
});

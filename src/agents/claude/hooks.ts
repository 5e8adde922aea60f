import { t } from '../../shared/messages.ts';
import type { AgentEvent } from '../contract/adapter.ts';
import { oneLine } from '../contract/text.ts';
import { isObject } from '../stream/json-lines.ts';
import { saying, toolSteps } from '../stream/tool-words.ts';
import { TOOLS } from './tools.ts';

/** What one such line tells; nothing, if it is none. `cwd` shortens the paths of files within it. */
export function hookEvents(line: string, cwd: string): readonly AgentEvent[] {
  const hook = parse(line);
  if (hook === null) {
    return [];
  }
  const text = (name: string): string => {
    const value = hook[name];
    return typeof value === 'string' ? value : '';
  };
  switch (text('hook_event_name')) {
    case 'SessionStart':
      return text('session_id') === '' ? [] : [{ type: 'session', id: text('session_id') }];
    case 'UserPromptSubmit':
      return [{ type: 'step', kind: 'told', text: oneLine(text('prompt')) }];
    case 'PostToolUse': {
      const input = hook.tool_input;
      return toolSteps(TOOLS, text('tool_name'), isObject(input) ? input : {}, cwd);
    }
    case 'Notification':
      return [{ type: 'needs_you', text: oneLine(text('message')) }];
    case 'Stop':
      return [
        ...saying('says', text('last_assistant_message')),
        {
          type: 'needs_you',
          text: t('It has answered. Go on with it in its terminal, or leave it.'),
        },
      ];
    default:
      return [];
  }
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

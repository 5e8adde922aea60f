import { isObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import type { AgentEvent } from '../contract/adapter.ts';
import { plainLine } from '../contract/text.ts';
import { textSteps, toolSteps } from '../stream/tool-words.ts';
import { TOOLS } from './tools.ts';

/** The events of one hook's line; empty for any other line. Paths within `cwd` are shortened. */
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
      return [{ type: 'step', kind: 'hears', text: plainLine(text('prompt')) }];
    case 'PostToolUse': {
      const input = hook.tool_input;
      return toolSteps(TOOLS, text('tool_name'), isObject(input) ? input : {}, cwd);
    }
    case 'Notification':
      return [{ type: 'needs_you', text: plainLine(text('message')) }];
    case 'Stop':
      return [
        ...textSteps('says', text('last_assistant_message')),
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

import { describeCommand } from '../../coordinator/projections/describe-command.ts';
import { t } from '../../shared/messages.ts';
import { visible } from '../../shared/words/visible.ts';
import type { PromptPreview } from './preview-prompt.ts';

/**
 * Formats a preview as a Markdown document: the agent that would be launched and how, a rule, and below it the exact
 * prompt.
 */
export function describePreview(preview: PromptPreview): string {
  const { task, prompt } = preview;
  return [
    t('# Prompt of {0} {1}', visibleLine(task.id), visibleLine(task.title)),
    launchFacts(preview)
      .map(([name, value]) => `- ${name}: ${value}`)
      .join('\n'),
    footnote(preview),
    '---',
    prompt ?? t('Its own command is run. It reads no prompt, and no agent is asked.'),
  ].join('\n\n');
}

function launchFacts(preview: PromptPreview): readonly (readonly [string, string])[] {
  const { agent, refusal, subagent, model, command } = preview;
  const isCommand = agent === 'run';
  return [
    [
      'Agent',
      agent === null ? `none. ${visibleLine(refusal ?? '')}` : isCommand ? 'none' : code(agent),
    ],
    ['Subagent', code(subagent)],
    ...(isCommand || agent === null
      ? []
      : ([
          ['Model', model === null ? 'its own default' : code(model)],
          ['Tools', describeTools(preview)],
        ] as const)),
    ...(command === null ? [] : ([['Command', code(describeCommand(command))]] as const)),
  ];
}

function describeTools({ tools, agent }: PromptPreview): string {
  if (tools === null) {
    return 'all that it has';
  }
  const { names, of, enforced } = tools;
  const listed = names.length === 0 ? 'none' : names.map(code).join(', ');
  const nameSource = of === agent ? '' : `, by the names that ${visibleLine(of)} has for them`;
  return enforced
    ? `${listed} (its command line holds it to them)`
    : `${listed}${nameSource} (only asked for in the prompt: its command line cannot restrict them)`;
}

function footnote({ run, prompt }: PromptPreview): string {
  if (run !== null) {
    return t(
      'This is what its next attempt in the run that is under way would get. Nothing was launched.',
    );
  }
  const refresh =
    prompt === null
      ? ''
      : ` ${t('The context refresh runs first, and what it prints is added below "State of the workspace before this group started".')}`;
  return `${t('This is what a run that starts now would launch. Nothing was launched.')}${refresh}`;
}

/** Formats a text as inline code, with more backquotes than it has in a row. */
function code(text: string): string {
  const shown = visibleLine(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? fence + shown + fence : `${fence} ${shown} ${fence}`;
}

/** Puts untrusted text on one line, with control characters escaped. */
function visibleLine(text: string): string {
  return visible(text.replaceAll(/[\n\t]/g, ' '));
}

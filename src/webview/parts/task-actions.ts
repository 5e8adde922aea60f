import { html, nothing, type TemplateResult } from 'lit';
import type { TaskView } from '../../shared/views.ts';
import type { PanelActions } from '../panel-model.ts';
import { actionButton } from './action-button.ts';

/** What can be opened of a task; its terminal and its output only once it was launched. */
export function taskActions(task: TaskView, actions: PanelActions): TemplateResult {
  const { key, id } = task;
  const launched = task.attemptDir !== null;
  return html`${
    launched
      ? actionButton({
          label: 'Terminal',
          name: `Show the terminal of ${id}`,
          kind: 'link',
          refusal: null,
          click: () => {
            actions.post({ type: 'showTerminal', task: key });
          },
        })
      : nothing
  }
  ${actionButton({
    label: 'Open',
    name: `Open ${id} in its plan`,
    kind: 'link',
    refusal: null,
    click: () => {
      actions.post({ type: 'openTask', task: key });
    },
  })}
  ${
    launched
      ? actionButton({
          label: 'Output',
          name: `Open the output of ${id}`,
          kind: 'link',
          refusal: null,
          click: () => {
            actions.post({ type: 'openLog', task: key });
          },
        })
      : nothing
  }
  ${
    launched
      ? actionButton({
          label: 'Artifacts',
          name: `Open the artifacts of ${id}`,
          kind: 'link',
          refusal: null,
          click: () => {
            actions.post({ type: 'openArtifacts', task: key });
          },
        })
      : nothing
  }`;
}

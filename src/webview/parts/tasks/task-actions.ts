import { html, type TemplateResult } from 'lit';
import type { TaskKey } from '../../../shared/ids.ts';
import type { TaskView } from '../../../shared/view-models/group-views.ts';
import type { PanelRequest } from '../../../shared/view-models/panel-protocol.ts';
import type { PanelActions } from '../../facts/panel-model.ts';
import { actionButton } from '../elements/action-button.ts';

type TaskRequest = Extract<PanelRequest, { readonly task: TaskKey }>['type'];

interface TaskAction {
  readonly type: TaskRequest;
  readonly label: string;
  /** As a screen reader says it, before the task's id. */
  readonly name: (id: string) => string;
  readonly isOffered: (task: TaskView) => boolean;
}

const isLaunched = ({ attemptDir }: TaskView): boolean => attemptDir !== null;
const isOver = (task: TaskView): boolean => isLaunched(task) && task.runnerPid === null;

const ACTIONS: readonly TaskAction[] = [
  {
    type: 'showTerminal',
    label: 'Terminal',
    name: (id) => `Show the terminal of ${id}`,
    isOffered: isLaunched,
  },
  {
    type: 'openTask',
    label: 'Open',
    name: (id) => `Open ${id} in its plan`,
    isOffered: () => true,
  },
  {
    type: 'sayProven',
    label: 'Proven',
    name: (id) => `Say that ${id} is proven`,
    isOffered: ({ asksProof }) => asksProof,
  },
  {
    type: 'sayNotProven',
    label: 'Not Proven',
    name: (id) => `Say that ${id} is not proven`,
    isOffered: ({ asksProof }) => asksProof,
  },
  {
    type: 'nudgeTask',
    label: 'Nudge…',
    name: (id) => `Tell the agent of ${id} something`,
    isOffered: ({ canNudge }) => canNudge,
  },
  {
    type: 'stopTask',
    label: 'Stop',
    name: (id) => `Stop ${id}`,
    isOffered: ({ canStop }) => canStop,
  },
  {
    type: 'showChanges',
    label: 'Changes',
    name: (id) => `Show the changes of ${id}`,
    // Nobody looks at the files around a plain command.
    isOffered: (task) => isLaunched(task) && task.run === null,
  },
  {
    type: 'openLog',
    label: 'Output',
    name: (id) => `Open the output of ${id}`,
    isOffered: isLaunched,
  },
  {
    type: 'openArtifacts',
    label: 'Artifacts',
    name: (id) => `Open the artifacts of ${id}`,
    isOffered: isLaunched,
  },
  {
    type: 'openSession',
    label: 'Session',
    name: (id) => `Open the session of ${id} in its own CLI`,
    isOffered: (task) => isOver(task) && task.run === null,
  },
];

/** What can be opened of a task and done with it; its terminal and its output only once it was launched. */
export function taskActions(task: TaskView, actions: PanelActions): TemplateResult {
  return html`${ACTIONS.filter(({ isOffered }) => isOffered(task)).map(({ type, label, name }) =>
    actionButton({
      label,
      name: name(task.id),
      kind: 'link',
      refusal: null,
      click: () => {
        actions.post({ type, task: task.key });
      },
    }),
  )}`;
}

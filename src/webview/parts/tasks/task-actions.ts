import { html, type TemplateResult } from 'lit';
import type { TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { TaskView } from '../../../shared/view-models/group-views.ts';
import type { PanelRequest } from '../../../shared/view-models/panel-protocol.ts';
import type { PanelActions } from '../../facts/panel-model.ts';
import { actionButton } from '../elements/action-button.ts';

type TaskRequest = Extract<PanelRequest, { readonly task: TaskKey }>['type'];

interface TaskAction {
  readonly type: TaskRequest;
  readonly label: string;
  /** The accessible name, which includes the task's id. */
  readonly name: (id: string) => string;
  readonly isOffered: (task: TaskView) => boolean;
}

const isLaunched = ({ attemptDir }: TaskView): boolean => attemptDir !== null;
const isOver = (task: TaskView): boolean => isLaunched(task) && task.runnerPid === null;

const ACTIONS: readonly TaskAction[] = [
  {
    type: 'showTerminal',
    get label() {
      return t('Terminal');
    },
    name: (id) => t('Show the terminal of {0}', id),
    isOffered: isLaunched,
  },
  {
    type: 'openTask',
    get label() {
      return t('Open');
    },
    name: (id) => t('Open {0} in its plan', id),
    isOffered: () => true,
  },
  {
    type: 'sayProven',
    get label() {
      return t('Proven');
    },
    name: (id) => t('Say that {0} is proven', id),
    isOffered: ({ asksProof }) => asksProof,
  },
  {
    type: 'sayNotProven',
    get label() {
      return t('Not Proven');
    },
    name: (id) => t('Say that {0} is not proven', id),
    isOffered: ({ asksProof }) => asksProof,
  },
  {
    type: 'nudgeTask',
    get label() {
      return t('Nudge…');
    },
    name: (id) => t('Tell the agent of {0} something', id),
    isOffered: ({ canNudge }) => canNudge,
  },
  {
    type: 'stopTask',
    get label() {
      return t('Stop');
    },
    name: (id) => t('Stop {0}', id),
    isOffered: ({ canStop }) => canStop,
  },
  {
    type: 'showChanges',
    get label() {
      return t('Changes');
    },
    name: (id) => t('Show the changes of {0}', id),
    // Not offered for a plain command, because no files are compared before and after it.
    isOffered: (task) => isLaunched(task) && task.run === null,
  },
  {
    type: 'openLog',
    get label() {
      return t('Output');
    },
    name: (id) => t('Open the output of {0}', id),
    isOffered: isLaunched,
  },
  {
    type: 'openArtifacts',
    get label() {
      return t('Artifacts');
    },
    name: (id) => t('Open the artifacts of {0}', id),
    isOffered: isLaunched,
  },
  {
    type: 'openSession',
    get label() {
      return t('Session');
    },
    name: (id) => t('Open the session of {0} in its own CLI', id),
    isOffered: (task) => isOver(task) && task.run === null,
  },
];

/** Renders the actions on a task. Terminal, output and other results are available only after the task was launched. */
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

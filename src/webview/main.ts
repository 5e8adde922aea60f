import './vscode-api.ts';
import { render } from 'lit';
import type { GroupKey, TaskKey } from '../shared/ids.ts';
import { useBundle } from '../shared/messages.ts';
import { isPanelSnapshot, type PanelSnapshot } from '../shared/view-models/panel-protocol.ts';
import { announcement } from './facts/announcement.ts';
import { isLive } from './facts/group-state.ts';
import type { PanelActions } from './facts/panel-model.ts';
import { ROWS_PER_STEP } from './facts/visible-tasks.ts';
import { panel } from './parts/panel.ts';
import { readSavedState } from './saved-state.ts';
import { adoptStyles } from './styles/styles.ts';

/** Redraw interval while a run is live, ms. */
const LIVE_MS = 1000;
/** Redraw interval otherwise, ms: "3 min ago" does not need more. */
const IDLE_MS = 30_000;

const vscode = acquireVsCodeApi();
const saved = readSavedState(vscode.getState());
const root = document.createElement('div');

let group: GroupKey | null = saved.group;
let expanded: ReadonlySet<TaskKey> = new Set(saved.expanded);
let rows = ROWS_PER_STEP;
let snapshot: PanelSnapshot | null = null;
/** Time of the snapshot on the page's own monotonic clock, ms. */
let receivedAt = 0;
let announced = '';
let timer: ReturnType<typeof setTimeout> | undefined;

const actions: PanelActions = {
  post: (request) => {
    vscode.postMessage(request);
  },
  select: (key) => {
    group = key;
    save();
    vscode.postMessage({ type: 'select', group: key });
  },
  toggle: (task) => {
    const next = new Set(expanded);
    if (!next.delete(task)) {
      next.add(task);
    }
    expanded = next;
    save();
    draw();
  },
  showMore: () => {
    const before = new Set(root.querySelectorAll('.toggle'));
    rows += ROWS_PER_STEP;
    draw();
    // Moves the focus to the first added task, because the button may no longer exist.
    const toggles = [...root.querySelectorAll<HTMLElement>('.toggle')];
    toggles.find((toggle) => !before.has(toggle))?.focus();
  },
};

function save(): void {
  vscode.setState({ group, expanded: [...expanded] });
}

function draw(): void {
  const now = snapshot === null ? 0 : snapshot.now + (performance.now() - receivedAt);
  render(panel({ snapshot, now, expanded, rows, announcement: announced }, actions), root);
  clearTimeout(timer);
  const shown = snapshot?.group ?? null;
  const live = shown !== null && isLive(shown);
  timer = setTimeout(draw, live ? LIVE_MS : IDLE_MS);
}

function receive(message: unknown): void {
  if (!isPanelSnapshot(message)) {
    return;
  }
  announced = announcement(snapshot?.group ?? null, message.group) ?? announced;
  snapshot = message;
  receivedAt = performance.now();
  if (message.group !== null && message.group.key !== group) {
    group = message.group.key;
    rows = ROWS_PER_STEP;
    save();
  }
  draw();
}

window.addEventListener('message', (event) => {
  receive(event.data);
});
useTranslations(document);
adoptStyles(document);
document.body.append(root);
draw();
vscode.postMessage({ type: 'ready', group });

/** Shows the page in VS Code's display language, by the translations that the extension wrote into the page. */
function useTranslations(page: Document): void {
  const data: unknown = JSON.parse(page.querySelector('#translations')?.textContent ?? '{}');
  if (typeof data === 'object' && data !== null) {
    const texts = Object.entries(data).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    useBundle(Object.fromEntries(texts));
  }
}

import { strict as assert } from 'node:assert';
import type { TaskState } from '../../../src/coordinator/run/state/state.ts';
import { PHASE_TITLES, PHASES, TASK_STATUSES } from '../../../src/shared/status.ts';
import type { AgentState } from '../../../src/shared/view-models/agent-views.ts';
import { stateWords } from '../../../src/shared/words/agent-words.ts';
import { EVIDENCE_WORDS } from '../../../src/shared/words/evidence-words.ts';
import { APPEARANCES } from '../../../src/views/tree/model/appearances.ts';
import { APPEARANCE_WORDS } from '../../../src/webview/facts/appearance.ts';
import { describeGroupState } from '../../../src/webview/facts/group-state.ts';
import {
  endedRun,
  groupView,
  launched,
  runView,
  START,
  taskView,
  testsView,
} from '../../support/webview/views.ts';
import { quotedIn, readPage, tableOf } from './page.ts';

const page = readPage('docs/words.md');
const results = tableOf(page, 'word', 'in JSON');
const codesOf = (rows: readonly (readonly string[])[], column: number): string[] =>
  rows.flatMap((row) => quotedIn(row[column]));
const sorted = (words: Iterable<string>): string[] => [...words].toSorted();

/** Every internal state: `npm run types` fails here when one is added. */
const STATES: Readonly<Record<TaskState['kind'], true>> = {
  excluded: true,
  waiting: true,
  ready: true,
  held: true,
  running: true,
  verifying: true,
  completed: true,
  blocked: true,
  failed: true,
  cancelled: true,
};

const AGENT_STATES: { readonly [Kind in AgentState['kind']]: AgentState & { kind: Kind } } = {
  available: { kind: 'available', running: 0, limit: null },
  busy: { kind: 'busy', running: 2, limit: 2 },
  not_installed: { kind: 'not_installed' },
  not_signed_in: { kind: 'not_signed_in', message: '', at: START },
  breaker_open: { kind: 'breaker_open', until: START },
  half_open: { kind: 'half_open' },
  unregistered: { kind: 'unregistered' },
  not_allowed: { kind: 'not_allowed' },
};

describe('docs/words.md', () => {
  it('has one word for each status, six in all', () => {
    assert.deepEqual(sorted(codesOf(results, 1)), sorted(TASK_STATUSES));
    assert.equal(results.length, 6);
  });

  it('lists every detail of a result with the word that screen readers read', () => {
    const details = tableOf(page, 'detail', 'code').map(([word, code]) => [
      quotedIn(code)[0],
      word,
    ]);
    const shown = Object.entries(APPEARANCES).map(([code, { word }]) => [code, textOf(word)]);
    assert.deepEqual(Object.fromEntries(details), Object.fromEntries(shown));
    assert.deepEqual(sorted(Object.keys(APPEARANCE_WORDS)), sorted(Object.keys(APPEARANCES)));
  });

  it('maps details and internal states to the six words and to nothing else', () => {
    const words = new Set(results.map(([word]) => word));
    const used = [
      ...tableOf(page, 'detail', 'code').map(([, , result]) => result),
      ...tableOf(page, 'state', 'result').map(([, result = '']) => result.split(':')[0]),
    ];
    assert.deepEqual(
      used.filter((word) => !words.has(word)),
      [],
    );
    assert.deepEqual(sorted(new Set(used.map(String))), sorted([...words].map(String)));
  });

  it('lists every internal state of a task', () => {
    const states = codesOf(tableOf(page, 'state', 'result'), 0);
    assert.deepEqual(sorted(states), sorted(Object.keys(STATES)));
  });

  it('lists every word of a group that is not one of the six', () => {
    const six = new Set(results.map(([word]) => word));
    const extra = groupWords().filter((word) => !six.has(word));
    const listed = tableOf(page, 'word', 'meaning').map(([word]) => word);
    assert.deepEqual(sorted(new Set(extra)), sorted(listed.map(String)));
  });

  it('lists phases, evidence and states of agents as they are shown', () => {
    assert.deepEqual(
      tableOf(page, 'phase', 'code').map(([title, code]) => [title, ...quotedIn(code)]),
      PHASES.map((phase) => [textOf(PHASE_TITLES[phase]), phase]),
    );
    const evidence = tableOf(page, 'heading', 'code').map(([word, code]) => [
      quotedIn(code)[0],
      word,
    ]);
    const headings = Object.entries(EVIDENCE_WORDS).map(([kind, word]) => [kind, textOf(word)]);
    assert.deepEqual(Object.fromEntries(evidence), Object.fromEntries(headings));
    const agents = tableOf(page, 'word', 'code').map(([word, code]) => [quotedIn(code)[0], word]);
    const shown = Object.values(AGENT_STATES).map((state) => [
      state.kind,
      stateWords(state, START).split(' · ')[0],
    ]);
    assert.deepEqual(Object.fromEntries(agents), Object.fromEntries(shown));
  });
});

/** A word of the interface, which is translated when it is shown. */
function textOf(word: string | (() => string)): string {
  return typeof word === 'string' ? word : word();
}

/** What the status panel calls a group in every state. */
function groupWords(): string[] {
  const task = taskView('T1', { ...launched(0, 1), status: 'completed', appearance: 'completed' });
  const resting = TASK_STATUSES.flatMap((status) => [
    groupView([task], { status, run: null }),
    groupView([task], { status, run: endedRun(60) }),
  ]);
  const live = [
    runView({ state: 'suspended' }),
    runView({ holder: 'nobody' }),
    runView({ state: 'stopping' }),
    runView({ holder: 'other', holderName: null }),
    runView(),
  ].map((run) => groupView([task], { status: 'in_progress', run }));
  const failing = groupView([task], {
    status: 'failed',
    run: endedRun(60, { tests: testsView({ status: 'failed' }) }),
  });
  return [...resting, ...live, failing].map((group) => describeGroupState(group, START).word);
}

import { t } from '../../shared/messages.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { describeUsd } from '../../shared/words/amounts.ts';
import { describeDuration, plural } from '../../shared/words/durations.ts';
import { evidenceMark, evidenceParts } from '../../shared/words/evidence-words.ts';
import { shortened } from '../../shared/words/text.ts';
import type { RunState } from '../run/state/state.ts';
import type { Consolidated, Envelope } from './envelope.ts';
import { runErrors, testsView, totalUsage } from './project-run.ts';

/** The artifacts of a task in a report. */
export interface ReportContext {
  /** Paths relative to the report, with `/`. */
  readonly filesOf: (envelope: Envelope) => readonly string[];
  /** Sentences. */
  readonly notesOf: (envelope: Envelope) => readonly string[];
}

/** The Markdown report of a run: its envelopes as a table, then in detail. */
export function writeReport(run: RunState, whole: Consolidated, parts: ReportContext): string {
  const errors = runErrors(run);
  return [
    `# ${escaped(run.plan.groupId)}: ${run.ended?.status.replace('_', ' ') ?? 'in progress'}`,
    opening(run, whole),
    table(whole.results),
    ...(errors.length === 0 ? [] : ['## Problems', items(errors)]),
    ...whole.results.filter(({ attempts }) => attempts > 0).map((each) => section(each, parts)),
  ]
    .join('\n\n')
    .concat('\n');
}

function opening(run: RunState, whole: Consolidated): string {
  const ended = run.ended?.at ?? run.now;
  const counts = [
    `${whole.ok} of ${whole.total} tasks proven`,
    ...(whole.failed > 0 ? [`${whole.failed} failed`] : []),
    ...(whole.blocked > 0 ? [`${whole.blocked} blocked`] : []),
    ...(whole.cancelled > 0 ? [`${whole.cancelled} stopped`] : []),
  ];
  const tests = testsView(run, 'tests')?.message ?? '';
  return [
    t(
      'Run {0} of {1}, {2}, ',
      run.plan.run,
      escaped(run.plan.source),
      new Date(run.startedAt).toISOString(),
    ) + `${describeDuration(ended - run.startedAt)}.`,
    `${counts.join(', ')}. ${escaped(tests)}`.trim(),
    ...usedWords(totalUsage(run)),
  ].join('\n');
}

/** Usage as reported by agents; estimated costs are marked. */
function usedWords(usage: Usage | null): string[] {
  if (usage === null) {
    return [];
  }
  const { inputTokens, outputTokens, costUsd, costEstimated } = usage;
  const count = (tokens: number): string => tokens.toLocaleString('en');
  const estimated = costEstimated === true ? ' (estimated)' : '';
  const cost = costUsd === null ? '' : `, ${describeUsd(costUsd)}${estimated}`;
  return [t('Used: {0} tokens in, {1} out{2}.', count(inputTokens), count(outputTokens), cost)];
}

function table(results: readonly Envelope[]): string {
  const rows = results.map((each) => [
    `${each.unit} ${each.title}`,
    each.status.replace('_', ' '),
    each.agent ?? '',
    tries(each),
    time(each),
    String(each.artifacts.files.length),
  ]);
  return [['Task', 'Status', 'Agent', 'Attempts', 'Time', 'Files'], DASHES, ...rows]
    .map(
      (cells) => `| ${cells.map((cell) => (cell === '---' ? cell : escaped(cell))).join(' | ')} |`,
    )
    .join('\n');
}

const DASHES = ['---', '---', '---', '---', '---', '---'];

function tries({ attempts, repairs }: Envelope): string {
  return repairs === 0 ? String(attempts) : `${attempts}, ${plural(repairs, 'repair')} among them`;
}

function time({ startedAt, endedAt }: Envelope): string {
  return startedAt === null || endedAt === null ? '' : describeDuration(endedAt - startedAt);
}

function section(envelope: Envelope, { filesOf, notesOf }: ReportContext): string {
  const { unit, title, summary, failure, evidence, artifacts } = envelope;
  const facts = [
    ...(failure === null ? [] : [t('Failed ({0}): {1}', failure.code, failure.message)]),
    ...evidence.map((each) => `${evidenceMark(each)} ${evidenceParts(each).sentence}`),
    ...Object.entries(artifacts.named).map(([name, value]) => `${name}: ${shown(value)}`),
    ...notesOf(envelope),
  ];
  const links = filesOf(envelope).map((path) => `- [${escaped(path)}](<${encodeURI(path)}>)`);
  return [
    `## ${escaped(`${unit} ${title}`)}`,
    ...(summary === null ? [] : [quoted(summary)]),
    ...(facts.length === 0 ? [] : [items(facts)]),
    ...(links.length === 0 ? [] : [links.join('\n')]),
  ].join('\n\n');
}

const MOST_OF_A_VALUE = 200;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return shortened(text, MOST_OF_A_VALUE);
}

function items(lines: readonly string[]): string {
  return lines.map((line) => `- ${escaped(line)}`).join('\n');
}

function quoted(text: string): string {
  return text
    .split(LINE_END)
    .map((line) => `> ${escaped(line)}`)
    .join('\n');
}

const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** Escapes one line of untrusted text for Markdown. */
function escaped(text: string): string {
  return text
    .split(LINE_END)
    .join(' ')
    .replace(/[\\`*_{}[\]<>|#&!~]/g, '\\$&');
}

import type { Config } from '../schema/config.ts';
import type { Task } from '../schema/task.ts';

/** The subagent of a task, and how it was chosen. */
export interface SubagentChoice {
  readonly subagent: string;
  readonly reason: 'metadata' | 'detected' | 'default';
}

export const DEFAULT_SUBAGENT = 'backend-architect';

const TABLE: readonly (readonly [subagent: string, keywords: readonly string[]])[] = [
  ['backend-architect', ['api', 'backend', 'server', 'database']],
  ['frontend-developer', ['ui', 'component', 'frontend', 'react']],
  ['test-automator', ['test', 'pytest', 'coverage']],
  ['security-auditor', ['security', 'auth', 'audit']],
  ['database-architect', ['database', 'migration', 'schema']],
];

const WORD = /[\p{L}\p{N}_]+/gu;

interface Row {
  readonly subagent: string;
  /** Single-word keywords, looked up in the set of the text's words. */
  readonly words: readonly string[];
  /** Other keywords (`end to end`, `c++`), as patterns. */
  readonly phrases: readonly RegExp[];
}

/**
 * Returns a function that chooses a task's subagent: the one its source names, else the subagent with most keywords as
 * whole words (any case) in title and description, ties by table order, else `backend-architect`. Configured subagents
 * with keywords come before the table; one with a built-in name replaces that row.
 */
export function subagentChooser(
  configured: Config['subagents'],
): (task: Pick<Task, 'subagent' | 'title' | 'description'>) => SubagentChoice {
  const extra = Object.entries(configured).flatMap(([subagent, { keywords = [] }]) =>
    keywords.length === 0 ? [] : [[subagent, keywords] as const],
  );
  const names = new Set(extra.map(([subagent]) => subagent));
  const rows = [...extra, ...TABLE.filter(([subagent]) => !names.has(subagent))].map(
    ([subagent, keywords]) => row(subagent, keywords),
  );
  return ({ subagent, title, description }) =>
    subagent === null ? detect(`${title}\n${description}`, rows) : { subagent, reason: 'metadata' };
}

function row(subagent: string, keywords: readonly string[]): Row {
  const lower = [...new Set(keywords.map((keyword) => keyword.trim().toLowerCase()))].filter(
    (keyword) => keyword !== '',
  );
  const isWord = (keyword: string) => /^[\p{L}\p{N}_]+$/u.test(keyword);
  return {
    subagent,
    words: lower.filter(isWord),
    phrases: lower.filter((keyword) => !isWord(keyword)).map(phrasePattern),
  };
}

function phrasePattern(phrase: string): RegExp {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u');
}

function detect(text: string, rows: readonly Row[]): SubagentChoice {
  const lower = text.toLowerCase();
  const words = new Set(lower.match(WORD) ?? []);
  let best: SubagentChoice = { subagent: DEFAULT_SUBAGENT, reason: 'default' };
  let most = 0;
  for (const { subagent, words: keywords, phrases } of rows) {
    const hits =
      keywords.filter((keyword) => words.has(keyword)).length +
      phrases.filter((phrase) => phrase.test(lower)).length;
    if (hits > most) {
      most = hits;
      best = { subagent, reason: 'detected' };
    }
  }
  return best;
}

import type { RejectedFailure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';

/** Sources of definitions by precedence: each overrides the ones after it. */
export const LAYERS = [
  'command line',
  'settings',
  'parallel-groups.json',
  '.claude/agents',
  '.github/agents',
  '.github/chatmodes',
  '.opencode/agents',
  '.opencode/agent',
  '.gemini/agents',
  '.codex/agents',
  'AGENTS.md',
  '~/.claude/agents',
  '~/.codex/agents',
  'discovered',
] as const;
export type Layer = (typeof LAYERS)[number];

/** An entry that can be registered once in each layer. */
export interface LayeredEntry {
  readonly id: string;
  readonly layer: Layer;
}

/** Definitions by id. The layer with the highest precedence wins; duplicates within a layer are refused. */
export class Layered<Entry extends LayeredEntry> {
  readonly #what: string;
  readonly #entries = new Map<string, Entry[]>();

  /** `what`: noun for messages, such as "agent". */
  constructor(what: string) {
    this.#what = what;
  }

  /** Adds an entry. The value is a sentence if one layer overrides another, else `null`. */
  register(entry: Entry): Result<string | null, RejectedFailure> {
    const known = this.#entries.get(entry.id) ?? [];
    if (known.some(({ layer }) => layer === entry.layer)) {
      return failure({
        reason: 'rejected',
        code: 'AGENT_ALREADY_REGISTERED',
        message: t(
          'The {0} {1} is already registered in {2}.',
          this.#what,
          entry.id,
          wordsOf(entry.layer),
        ),
        remedy: t('Give one of them another name.'),
      });
    }
    const ordered = [...known, entry].sort((a, b) => strength(a) - strength(b));
    this.#entries.set(entry.id, ordered);
    const [counts, below] = ordered;
    return success(
      counts === undefined || below === undefined
        ? null
        : t(
            'The {0} {1} of {2} overrides the one of {3}.',
            this.#what,
            entry.id,
            wordsOf(counts.layer),
            wordsOf(below.layer),
          ),
    );
  }

  /** The effective entry. */
  get(id: string): Entry | undefined {
    return this.#entries.get(id)?.[0];
  }

  /** Effective entries, in the order in which their ids were first registered. */
  all(): Entry[] {
    return [...this.#entries.values()].flatMap(([first]) => first ?? []);
  }
}

/** The definition with the smaller number wins. */
export function strength({ layer }: Pick<LayeredEntry, 'layer'>): number {
  return LAYERS.indexOf(layer);
}

const WORDS: Partial<Record<Layer, string>> = {
  'command line': 'the command line',
  settings: 'the settings',
  discovered: 'what was found on this machine',
};

function wordsOf(layer: Layer): string {
  return WORDS[layer] ?? layer;
}

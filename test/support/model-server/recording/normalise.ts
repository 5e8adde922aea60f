/** Placeholders for dates, times and durations. */
const DATE = '2026-01-01T00:00:00.000Z';
const MOMENT = Date.parse(DATE);
const DURATION = 1000;

const ISO = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;
const HTTP_DATE = /\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT\b/g;
/** A time in ms within a text. Two ids may differ only in it. */
const EPOCH_MS = /(?<!\d)1[789]\d{11}(?!\d)/g;
const UUID = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g;
/** `msg_01Ab…` and similar ids of providers and clients. */
const PREFIXED = /\b(msg|toolu|call|fc|ctc|resp|chatcmpl|ses|prt|req|tool)_(?=\w*\d)\w{12,}\b/g;
const HASH = /\b[\da-f]{40}(?:[\da-f]{24})?\b/g;
const SCRIPT = /model-script:[\w-]+/g;
const LOOPBACK = /127\.0\.0\.1:\d+/g;
/** Sizes that depend on the lengths of the machine's folder names, and durations. */
const SIZE_FIELD = /bytes$|^(?:total)?currentTokens$|context_current_tokens|_token_count$/i;
const DURATION_FIELD = /duration|latency|elapsed|ttft|(?:_ms|Ms)$/;

/**
 * Removes from a client's output everything that differs between runs or identifies the machine: folders, ids, dates,
 * durations. The same id gets the same placeholder in all lines; lines that are not JSON are treated as text.
 */
export class Normaliser {
  readonly #folders: readonly (readonly [string, string])[];
  readonly #ids = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** `folders`: the placeholder of each folder of this machine. */
  constructor(folders: Readonly<Record<string, string>>) {
    this.#folders = Object.entries(folders)
      .flatMap(([folder, name]): [string, string][] => [
        [folder, name],
        [asName(folder), asName(name)],
      ])
      // The innermost first.
      .sort(([a], [b]) => b.length - a.length);
  }

  /** Normalises a line without its end. */
  line(line: string): string {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return this.#text(line);
    }
    return JSON.stringify(this.#value('', value));
  }

  #value(name: string, value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#text(value);
    }
    if (typeof value === 'number') {
      return numberOf(name, value);
    }
    if (Array.isArray(value)) {
      return value.map((each) => this.#value(name, each));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [this.#text(key), this.#value(key, each)]),
    );
  }

  #text(text: string): string {
    let plain = text;
    for (const [folder, name] of this.#folders) {
      plain = plain.replaceAll(folder, name);
    }
    return plain
      .replace(SCRIPT, 'model-script:W10')
      .replace(LOOPBACK, '127.0.0.1:8080')
      .replace(ISO, DATE)
      .replace(HTTP_DATE, new Date(MOMENT).toUTCString())
      .replace(EPOCH_MS, (ms) => this.#standIn(ms, 'moment', (n) => String(MOMENT + n)))
      .replace(UUID, (id) => this.#standIn(id, 'uuid', uuid))
      .replace(PREFIXED, (id, kind: string) => this.#standIn(id, kind, (n) => `${kind}_${n}`))
      .replace(HASH, (id) => this.#standIn(id, 'hash', (n) => String(n).padStart(40, '0')));
  }

  #standIn(id: string, kind: string, name: (count: number) => string): string {
    const known = this.#ids.get(id);
    if (known !== undefined) {
      return known;
    }
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    this.#ids.set(id, name(count));
    return name(count);
  }
}

/** Returns a folder as part of another folder's name, as clients name their data of a workspace. */
function asName(folder: string): string {
  return folder.replace(/[^A-Za-z0-9]/g, '-');
}

function numberOf(name: string, value: number): number {
  if (value >= 1.7e12 && value < 2e12) {
    return MOMENT;
  }
  if (DURATION_FIELD.test(name) && value !== 0) {
    return DURATION;
  }
  return SIZE_FIELD.test(name) && value !== 0 ? 1 : value;
}

function uuid(count: number): string {
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
}

import { t } from '../../shared/messages.ts';
import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from '../contract/adapter.ts';
import { oneLine } from '../contract/text.ts';
import { isObject, type JsonObject, leadingType, readObjects } from './json-lines.ts';

/** One program's language: what becomes of its events. Throws nothing, whatever an event contains. */
export interface EventReader {
  /** The program, as people call it. */
  readonly title: string;
  /** Types of events that are known and of no use here; they are passed over without being read. */
  readonly ignored: ReadonlySet<string>;
  /** The program's version, once it told one that was never tested; else `null`. */
  readonly untested?: string | null;
  /** What an event tells; `null`: it is not known, or not as it should be. */
  read(event: JsonObject, at: number): readonly AgentEvent[] | null;
  /** The judgement, after the last event. */
  finish(end: ProcessEnd): Verdict;
}

/**
 * An adapter for a program that prints one JSON object a line. Text between events, half events and unknown ones are left
 * out; of the first unknown one, or of a version that was never tested, a person is told once.
 */
export function eventStream(reader: EventReader): StreamAdapter {
  return new EventStream(reader);
}

class EventStream implements StreamAdapter {
  readonly #reader: EventReader;
  #unknown = 0;
  #told = false;

  constructor(reader: EventReader) {
    this.#reader = reader;
  }

  get unknown(): number {
    return this.#unknown;
  }

  accept(line: string, at: number): readonly AgentEvent[] {
    const type = leadingType(line);
    if (type !== null && this.#reader.ignored.has(type)) {
      return [];
    }
    const objects = readObjects(line);
    const [only] = objects;
    if (only !== undefined && objects.length === 1) {
      return this.#event(only, at);
    }
    return objects.flatMap((object) => this.#event(object, at));
  }

  finish(end: ProcessEnd): Verdict {
    return this.#reader.finish(end);
  }

  #event(event: JsonObject, at: number): readonly AgentEvent[] {
    const { type } = event;
    // A tool's own output, perhaps; events have a type.
    if (typeof type !== 'string' || this.#reader.ignored.has(type)) {
      return [];
    }
    const events = this.#reader.read(event, at);
    if (events !== null) {
      return this.#tell(events, this.#versionWords());
    }
    this.#unknown += 1;
    const what = oneLine(subtypeOf(event) ?? type, 60);
    return this.#tell(
      [],
      t('{0} told of “{1}”, which is not known here; it is left out.', this.#reader.title, what),
    );
  }

  #versionWords(): string | null {
    const { untested, title } = this.#reader;
    return untested === null || untested === undefined
      ? null
      : t(
          '{0} {1} was never tested here; parts of what it does may not be seen.',
          title,
          oneLine(untested, 40),
        );
  }

  #tell(events: readonly AgentEvent[], warning: string | null): readonly AgentEvent[] {
    if (warning === null || this.#told) {
      return events;
    }
    this.#told = true;
    return [...events, { type: 'step', kind: 'warns', text: warning }];
  }
}

/** Codex wraps what it does in `item.…`; which item it was says more. */
function subtypeOf({ type, item }: JsonObject): string | null {
  return isObject(item) && typeof item.type === 'string' ? `${String(type)} ${item.type}` : null;
}

import { isObject, type JsonObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from '../contract/adapter.ts';
import { plainLine } from '../contract/text.ts';
import { leadingType, readObjects } from './json-lines.ts';

/** Reads one program's events. A reader never throws, whatever an event contains. */
export interface EventReader {
  /** The program's name for people. */
  readonly title: string;
  /** Known event types without useful content. They are skipped without being parsed. */
  readonly ignored: ReadonlySet<string>;
  /** The program's version if it reported one that was never tested; else `null`. */
  readonly untested?: string | null;
  /** Translates an event. `null`: the event is unknown or malformed. */
  read(event: JsonObject, at: number): readonly AgentEvent[] | null;
  /** Returns the judgement, after the last event. */
  finish(end: ProcessEnd): Verdict;
}

/**
 * An adapter for a program that prints one JSON object a line. It ignores text between events, incomplete events and unknown
 * events. It warns once: at the first unknown event or at a version that was never tested.
 */
export function eventStream(reader: EventReader): StreamAdapter {
  return new EventStream(reader);
}

class EventStream implements StreamAdapter {
  readonly #reader: EventReader;
  #unknown = 0;
  #hasWarned = false;

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
    // Events have a type. Anything else may be a tool's output.
    if (typeof type !== 'string' || this.#reader.ignored.has(type)) {
      return [];
    }
    const events = this.#reader.read(event, at);
    if (events !== null) {
      return this.#withWarning(events, this.#versionWarning());
    }
    this.#unknown += 1;
    const what = plainLine(subtypeOf(event) ?? type, 60);
    return this.#withWarning(
      [],
      t('Ignored an unknown {0} event: “{1}”.', this.#reader.title, what),
    );
  }

  #versionWarning(): string | null {
    const { untested, title } = this.#reader;
    return untested === null || untested === undefined
      ? null
      : t(
          '{0} {1} has not been tested; some of its output may not be shown.',
          title,
          plainLine(untested, 40),
        );
  }

  #withWarning(events: readonly AgentEvent[], warning: string | null): readonly AgentEvent[] {
    if (warning === null || this.#hasWarned) {
      return events;
    }
    this.#hasWarned = true;
    return [...events, { type: 'step', kind: 'warns', text: warning }];
  }
}

/** Codex wraps its actions in `item.…` events, so the item's type says more than the event's. */
function subtypeOf({ type, item }: JsonObject): string | null {
  return isObject(item) && typeof item.type === 'string' ? `${String(type)} ${item.type}` : null;
}

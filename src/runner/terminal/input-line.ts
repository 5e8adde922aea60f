import type { Screen } from './live-view.ts';
import { textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** What stands in the line, and where its cursor is. */
interface Edited {
  readonly text: string;
  readonly beforeCursor: string;
}

const ESCAPE = String.fromCharCode(27);
const ERASE_LINE = `\r${ESCAPE}[K`;
/** A terminal that knows of it says where something pasted begins and ends. */
const PASTES = { on: `${ESCAPE}[?2004h`, off: `${ESCAPE}[?2004l` };
const DIM = `${ESCAPE}[2m`;
const PLAIN = `${ESCAPE}[0m`;
const PROMPT = '› ';
const HINT = 'Type here to tell the agent something. Ctrl-C stops it.';

/**
 * A screen whose last line is what a person types: everything that is written goes above it. Always one line, so that it
 * can be taken away and drawn anew: of a longer text the part around the cursor is shown.
 */
export class InputLine implements Screen {
  readonly #screen: Screen;
  #edited: Edited | null = null;
  #isDrawn = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  get isTTY(): boolean {
    return this.#screen.isTTY === true;
  }

  get columns(): number {
    return this.#screen.columns ?? 0;
  }

  once(event: 'drain' | 'error' | 'close', listener: () => void): unknown {
    return this.#screen.once(event, listener);
  }

  write(text: string): boolean {
    const erase = this.#isDrawn ? ERASE_LINE : '';
    this.#isDrawn = false;
    if (this.#edited === null || !text.endsWith('\n')) {
      return this.#screen.write(erase + text);
    }
    this.#isDrawn = true;
    return this.#screen.write(erase + text + this.#drawn(this.#edited));
  }

  /** Draws the line as it is now. */
  show(edited: Edited): void {
    const begin = this.#edited === null ? PASTES.on : ERASE_LINE;
    this.#edited = edited;
    this.#isDrawn = true;
    this.#screen.write(begin + this.#drawn(edited));
  }

  /** Takes the line away for good. */
  close(): void {
    if (this.#edited === null) {
      return;
    }
    this.#edited = null;
    this.#screen.write((this.#isDrawn ? ERASE_LINE : '') + PASTES.off);
    this.#isDrawn = false;
  }

  #drawn({ text, beforeCursor }: Edited): string {
    const columns = this.columns > 0 ? this.columns : 80;
    const room = Math.max(8, columns - textWidth(PROMPT) - 1);
    if (text === '') {
      const hint = textWidth(HINT) <= room ? HINT : '';
      return `${PROMPT}${DIM}${hint}${PLAIN}\r${ESCAPE}[${textWidth(PROMPT)}C`;
    }
    const before = lastColumns(oneLine(beforeCursor), room);
    const after = firstColumns(oneLine(text.slice(beforeCursor.length)), room - textWidth(before));
    const column = textWidth(PROMPT) + textWidth(before);
    return `${PROMPT}${before}${after}\r${ESCAPE}[${column}C`;
  }
}

function oneLine(text: string): string {
  return visible(text.replaceAll('\n', '⏎'));
}

/** The longest end of `text` that takes at most `columns` columns. */
function lastColumns(text: string, columns: number): string {
  const kept = Array.from(text);
  while (textWidth(kept.join('')) > columns) {
    kept.shift();
  }
  return kept.join('');
}

function firstColumns(text: string, columns: number): string {
  const kept = Array.from(text).slice(0, Math.max(0, columns));
  while (textWidth(kept.join('')) > columns) {
    kept.pop();
  }
  return kept.join('');
}

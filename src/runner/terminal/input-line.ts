import { t } from '../../shared/messages.ts';
import type { Screen } from './live-view.ts';
import { firstColumns, lastColumns, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** The text of the line and the position of its cursor. */
interface Edited {
  readonly text: string;
  readonly beforeCursor: string;
}

const ESCAPE = String.fromCharCode(27);
const ERASE_LINE = `\r${ESCAPE}[K`;
/** Bracketed paste: a terminal that supports it marks the begin and the end of pasted text. */
const PASTES = { on: `${ESCAPE}[?2004h`, off: `${ESCAPE}[?2004l` };
const DIM = `${ESCAPE}[2m`;
const PLAIN = `${ESCAPE}[0m`;
const PROMPT = '› ';

/**
 * A screen whose last line is the input of a person: output goes above it. It is always one line, so that it can be erased
 * and redrawn; of a longer text it shows the part around the cursor.
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

  /** Draws the line in its current state. */
  show(edited: Edited): void {
    const begin = this.#edited === null ? PASTES.on : ERASE_LINE;
    this.#edited = edited;
    this.#isDrawn = true;
    this.#screen.write(begin + this.#drawn(edited));
  }

  /** Removes the line permanently. */
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
      const sentence = t('Type here to tell the agent something. Ctrl-C stops it.');
      const hint = textWidth(sentence) <= room ? sentence : '';
      return `${PROMPT}${DIM}${hint}${PLAIN}\r${ESCAPE}[${textWidth(PROMPT)}C`;
    }
    const before = lastColumns(onOneRow(beforeCursor), room);
    const after = firstColumns(onOneRow(text.slice(beforeCursor.length)), room - textWidth(before));
    const column = textWidth(PROMPT) + textWidth(before);
    return `${PROMPT}${before}${after}\r${ESCAPE}[${column}C`;
  }
}

function onOneRow(text: string): string {
  return visible(text.replaceAll('\n', '⏎'));
}

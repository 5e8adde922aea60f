import { graphemes } from '../terminal/text-width.ts';

/** A key as `node:readline` reports it. */
export interface Key {
  readonly sequence?: string | undefined;
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
}

/** The effect of a key. `edited`: redraw the line; `sent`: the line is complete; `interrupt`: Ctrl-C. */
export type Pressed =
  | { readonly kind: 'edited' | 'ignored' | 'interrupt' }
  | { readonly kind: 'sent'; readonly text: string };

const EDITED: Pressed = { kind: 'edited' };
const IGNORED: Pressed = { kind: 'ignored' };

/** Edits the line that a person types, with the usual keys of a shell. Independent of the terminal. */
export class LineEditor {
  /** As grapheme clusters, so that one backspace removes one visible character. */
  #before: string[] = [];
  #after: string[] = [];
  readonly #history: string[] = [];
  #place = 0;
  #pasting = false;

  get text(): string {
    return [...this.#before, ...this.#after].join('');
  }

  /** The text before the cursor. */
  get beforeCursor(): string {
    return this.#before.join('');
  }

  /** Handles one key. Within pasted text, a line end is text. */
  press(key: Key): Pressed {
    const { name, sequence = '' } = key;
    if (name === 'paste-start' || name === 'paste-end') {
      this.#pasting = name === 'paste-start';
      return IGNORED;
    }
    if (this.#pasting) {
      return this.#insert(sequence.replaceAll('\r', '\n'));
    }
    if (key.ctrl === true) {
      return this.#control(name ?? '');
    }
    switch (name ?? '') {
      case 'return':
      case 'enter':
        return key.meta === true ? this.#insert('\n') : this.#send();
      case 'backspace':
        return key.meta === true ? this.#eraseWord() : this.#changed(this.#before.pop());
      case 'delete':
        return this.#changed(this.#after.shift());
      case 'left':
        return this.#moveTo(this.#before.length - 1);
      case 'right':
        return this.#moveTo(this.#before.length + 1);
      case 'home':
        return this.#moveTo(0);
      case 'end':
        return this.#moveTo(Infinity);
      case 'up':
        return this.#recall(this.#place - 1);
      case 'down':
        return this.#recall(this.#place + 1);
      case 'escape':
        return IGNORED;
      default:
        return key.meta === true ? IGNORED : this.#insert(sequence);
    }
  }

  #control(name: string): Pressed {
    switch (name) {
      case 'c':
        return { kind: 'interrupt' };
      case 'a':
        return this.#moveTo(0);
      case 'e':
        return this.#moveTo(Infinity);
      case 'b':
        return this.#moveTo(this.#before.length - 1);
      case 'f':
        return this.#moveTo(this.#before.length + 1);
      case 'd':
        return this.#changed(this.#after.shift());
      case 'h':
        return this.#changed(this.#before.pop());
      case 'k':
        return this.#set(this.#before, []);
      case 'u':
        return this.#set([], this.#after);
      case 'w':
        return this.#eraseWord();
      case 'j':
        return this.#send();
      default:
        return IGNORED;
    }
  }

  #send(): Pressed {
    const { text } = this;
    if (text.trim() === '') {
      return this.#set([], []);
    }
    if (this.#history.at(-1) !== text) {
      this.#history.push(text);
    }
    this.#place = this.#history.length;
    this.#set([], []);
    return { kind: 'sent', text };
  }

  #insert(text: string): Pressed {
    const typed = Array.from(text).filter((each) => each === '\n' || !CONTROL.test(each));
    if (typed.length === 0) {
      return IGNORED;
    }
    // A cluster may arrive in several keys.
    return this.#set(graphemes(this.beforeCursor + typed.join('')), this.#after);
  }

  #eraseWord(): Pressed {
    const kept = this.beforeCursor.replace(/\S*\s*$/, '');
    return this.#set(graphemes(kept), this.#after);
  }

  #moveTo(place: number): Pressed {
    const all = [...this.#before, ...this.#after];
    const at = Math.max(0, place);
    return this.#set(all.slice(0, at), all.slice(at));
  }

  #recall(place: number): Pressed {
    if (place < 0 || place > this.#history.length) {
      return IGNORED;
    }
    this.#place = place;
    return this.#set(graphemes(this.#history[place] ?? ''), []);
  }

  #changed(removed: string | undefined): Pressed {
    return removed === undefined ? IGNORED : EDITED;
  }

  #set(before: string[], after: string[]): Pressed {
    this.#before = before;
    this.#after = after;
    return EDITED;
  }
}

const CONTROL = /^\p{Cc}/u;

import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { Emitter } from '../../shared/emitter.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import { parseFilter } from './model/filter.ts';
import { type Layout, LAYOUT_MODES, type LayoutMode } from './model/layout.ts';

const MEMORY = 'tree';
const memorySchema = z.object({ viewBy: z.enum(LAYOUT_MODES), waves: z.boolean() });

/**
 * The user's layout of the tree. Arrangement and waves are stored with the workspace; a filter is not, so that it does
 * not still hide tasks the next day.
 */
export class TreeOptions {
  readonly #memory: vscode.Memento;
  readonly #changes = new Emitter<undefined>();
  #layout: Layout = { viewBy: 'group', waves: false, filter: null };
  #filterText = '';

  readonly onChange = this.#changes.subscribe;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    const remembered = memorySchema.safeParse(memory.get(MEMORY));
    this.#setLayout({ ...this.#layout, ...(remembered.success ? remembered.data : {}) });
  }

  /** The same object until the user changes the layout. */
  get layout(): Layout {
    return this.#layout;
  }

  /** The text of the filter, trimmed; empty without a filter. */
  get filterText(): string {
    return this.#filterText;
  }

  viewBy(mode: LayoutMode): void {
    this.#store({ ...this.#layout, viewBy: mode });
  }

  toggleWaves(): void {
    this.#store({ ...this.#layout, waves: !this.#layout.waves });
  }

  filterBy(text: string): void {
    this.#filterText = text.trim();
    this.#setLayout({ ...this.#layout, filter: parseFilter(text) });
  }

  #store(layout: Layout): void {
    this.#setLayout(layout);
    const { viewBy, waves } = layout;
    void this.#memory.update(MEMORY, { viewBy, waves });
  }

  #setLayout(layout: Layout): void {
    this.#layout = layout;
    const keys = {
      [CONTEXT_KEYS.view]: layout.viewBy,
      [CONTEXT_KEYS.waves]: layout.waves,
      [CONTEXT_KEYS.filtered]: layout.filter !== null,
    };
    for (const [key, value] of Object.entries(keys)) {
      void vscode.commands.executeCommand('setContext', key, value);
    }
    this.#changes.fire(undefined);
  }
}

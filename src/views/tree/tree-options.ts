import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { Emitter } from '../../shared/emitter.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import { parseFilter } from './model/filter.ts';
import { type Layout, LAYOUT_MODES, type LayoutMode } from './model/layout.ts';

const MEMORY = 'tree';
const memorySchema = z.object({ way: z.enum(LAYOUT_MODES), waves: z.boolean() });

/**
 * How a person wants to see the tree. Way and waves are remembered with the workspace; a filter is not: nobody should
 * wonder tomorrow where their tasks are.
 */
export class TreeOptions {
  readonly #memory: vscode.Memento;
  readonly #changes = new Emitter<undefined>();
  #layout: Layout = { way: 'group', waves: false, filter: null };
  #filterText = '';

  readonly onChange = this.#changes.subscribe;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    const remembered = memorySchema.safeParse(memory.get(MEMORY));
    this.#become({ ...this.#layout, ...(remembered.success ? remembered.data : {}) });
  }

  /** The same object until something is chosen otherwise. */
  get layout(): Layout {
    return this.#layout;
  }

  /** As it was typed; empty where nothing is filtered. */
  get filterText(): string {
    return this.#filterText;
  }

  lookBy(way: LayoutMode): void {
    this.#remember({ ...this.#layout, way });
  }

  toggleWaves(): void {
    this.#remember({ ...this.#layout, waves: !this.#layout.waves });
  }

  filterBy(text: string): void {
    this.#filterText = text.trim();
    this.#become({ ...this.#layout, filter: parseFilter(text) });
  }

  #remember(layout: Layout): void {
    this.#become(layout);
    const { way, waves } = layout;
    void this.#memory.update(MEMORY, { way, waves });
  }

  #become(layout: Layout): void {
    this.#layout = layout;
    const keys = {
      [CONTEXT_KEYS.view]: layout.way,
      [CONTEXT_KEYS.waves]: layout.waves,
      [CONTEXT_KEYS.filtered]: layout.filter !== null,
    };
    for (const [key, value] of Object.entries(keys)) {
      void vscode.commands.executeCommand('setContext', key, value);
    }
    this.#changes.fire(undefined);
  }
}

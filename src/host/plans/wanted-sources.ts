import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { asSourceId, type SourceId } from '../../shared/ids.ts';

const STATE = 'parallelGroups.wantedSources';
const stateSchema = z.record(z.string(), z.array(z.string()));

/** The on-demand sources (Task Master's other tags) that the user chose to show. Persists across windows. */
export class WantedSources {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(folder: vscode.Uri): readonly SourceId[] {
    return (this.#all()[folder.toString()] ?? []).map(asSourceId);
  }

  async set(folder: vscode.Uri, sources: readonly SourceId[]): Promise<void> {
    await this.#memento.update(STATE, { ...this.#all(), [folder.toString()]: sources });
  }

  #all(): Readonly<Record<string, readonly string[]>> {
    const read = stateSchema.safeParse(this.#memento.get(STATE));
    return read.success ? read.data : {};
  }
}

import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Session } from './session.ts';
import { asSourceId, type SourceId } from '../shared/ids.ts';

const STATE = 'parallelGroups.wantedSources';
const stateSchema = z.record(z.string(), z.array(z.string()));

/** The sources that are shown only on demand (Task Master's other tags) and that a person asked for; survives the window. */
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

/** Lets a person choose which of the sources on demand are shown. */
export async function chooseSources(session: Session, wanted: WantedSources): Promise<void> {
  const picks = session.folders().flatMap((folder) => {
    const shown = wanted.of(folder.uri);
    const known = [...new Set([...shown, ...folder.plans.current().onDemand])].sort();
    return known.map((source) => ({
      label: source.split('@').at(-1) ?? source,
      description: folder.prefix + source,
      picked: shown.includes(source),
      folder,
      source,
    }));
  });
  if (picks.length === 0) {
    void vscode.window.showInformationMessage(
      'Every plan is shown. Other tags of a Task Master file would be listed here.',
    );
    return;
  }
  const placeHolder = 'Which other plans are to be shown?';
  const chosen = await vscode.window.showQuickPick(picks, { canPickMany: true, placeHolder });
  if (chosen === undefined) {
    return;
  }
  for (const folder of session.folders()) {
    const sources = chosen.filter((pick) => pick.folder === folder).map(({ source }) => source);
    await wanted.set(folder.uri, sources);
    folder.plans.want(sources);
  }
}

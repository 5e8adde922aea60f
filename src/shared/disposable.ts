/** Something that holds a resource until it is told to let go; calling `dispose` twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Bundles disposables; they are let go in reverse order of their creation. */
export function disposeAll(disposables: readonly Disposable[]): void {
  for (const disposable of disposables.toReversed()) {
    disposable.dispose();
  }
}

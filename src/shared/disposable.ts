/** Releases a resource on `dispose`; calling it twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Disposes all, in reverse order of creation. */
export function disposeAll(disposables: readonly Disposable[]): void {
  for (const disposable of disposables.toReversed()) {
    disposable.dispose();
  }
}

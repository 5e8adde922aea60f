// The classes of the vscode module that the tree uses, for a bench outside VS Code. `registerStandIn` makes
// `import … from 'vscode'` find them.
import { registerHooks } from 'node:module';

type Listener = (value: unknown) => void;

export class EventEmitter {
  readonly #listeners = new Set<Listener>();
  readonly event = (listener: Listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: unknown): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;
  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class MarkdownString {
  value: string;
  constructor(value = '') {
    this.value = value;
  }
  appendCodeblock(code: string): this {
    this.value += code;
    return this;
  }
}

export const l10n = {
  t: (message: string, ...args: unknown[]): string =>
    message.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

export class Disposable {
  readonly #parts: readonly { dispose(): void }[];
  constructor(parts: readonly { dispose(): void }[]) {
    this.#parts = parts;
  }
  static from(...parts: readonly { dispose(): void }[]): Disposable {
    return new Disposable(parts);
  }
  dispose(): void {
    for (const part of this.#parts) {
      part.dispose();
    }
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const TreeItemCheckboxState = { Unchecked: 0, Checked: 1 } as const;

/** Makes modules that import vscode get the classes above. */
export function registerStandIn(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: import.meta.url, shortCircuit: true }
        : next(specifier, context),
  });
}

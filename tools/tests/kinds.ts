/** The kinds of tests that mocha runs. `test/integration` is not among them: VS Code's extension host runs it. */
export const kindNames = ['unit', 'process', 'agents', 'e2e'] as const;

export type KindName = (typeof kindNames)[number];

export interface Kind {
  /** Arguments of mocha, for one file and for all. */
  readonly options: readonly string[];
  /** Arguments of mocha for all files of the kind. */
  readonly together: readonly string[];
  /** Most files in parallel. Fewer run on a machine with fewer cores, but at least two: most tests wait for something. */
  readonly most: number;
}

const buildOnce = ['--require', './test/support/process/build-once.ts'];

export const kinds: Readonly<Record<KindName, Kind>> = {
  unit: {
    options: [
      ...['--require', './test/support/unit/no-processes.ts'],
      ...['--require', './test/support/properties.ts'],
    ],
    together: [],
    most: 8,
  },
  process: {
    options: ['--require', './test/support/properties.ts'],
    together: [...buildOnce, '--retries', '1'],
    most: 8,
  },
  agents: {
    options: ['--timeout', '600000', '--slow', '60000'],
    together: [...buildOnce, '--retries', '1'],
    most: 2,
  },
  e2e: {
    options: [
      ...['--require', './test/support/vscode/package-once.ts'],
      ...['--timeout', '120000', '--slow', '10000'],
    ],
    together: ['--retries', '2'],
    most: 4,
  },
};

/** Returns the kind named `text`, or undefined. */
export function kindNamed(text: string | undefined): KindName | undefined {
  return kindNames.find((name) => name === text);
}

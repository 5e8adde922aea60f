// Speed and memory, as ratios to a peer in the same run; never part of the tests:
//   npm run bench [-- coordinator headless]
import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';

const benches: readonly (readonly [name: string, what: string])[] = [
  ['bundles', 'Sizes of the shipped bundles'],
  ['coordinator', 'Cost of an event in a large run compared with a small run'],
  ['makespan', 'Makespan of random graphs compared with its lower bound, and with FIFO'],
  ['grouping', 'Grouping 100,000 tasks compared with one regular expression over the same strings'],
  ['tree', 'The tree of 10,000 tasks compared with a loop of plain objects; the cost of one event'],
  ['reading', 'Reading plans compared with JSON.parse, and with reading lines alone'],
  ['beads', 'Reading a tracker of beads compared with `bd list --json` alone'],
  ['journal', 'Journal compared with plain appends'],
  ['runner', 'Start and memory of the runner compared with bare Node'],
  [
    'agents',
    '100 MB of each agent’s events compared with JSON.parse; a turn with and without our runner',
  ],
  [
    'headless',
    '200 × `true`, eight at a time, compared with xargs, GNU parallel, p-queue and wireit',
  ],
  ['activation', 'Activation in VS Code compared with the built-in Git extension'],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(
    `Unknown bench "${unknown.join('", "')}". Known benches: ${benches.map(([name]) => name).join(', ')}.`,
  );
  process.exit(2);
}
for (const [name, what] of benches) {
  const file = path.join(repository, 'bench', `${name}.ts`);
  if ((wanted.length === 0 || wanted.includes(name)) && existsSync(file)) {
    console.log(`\n── ${name}: ${what}`);
    const { failed } = await execa('node', [file], {
      cwd: repository,
      stdio: 'inherit',
      reject: false,
    });
    if (failed) {
      process.exitCode = 1;
    }
  }
}

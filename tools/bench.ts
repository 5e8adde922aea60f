// Speed and memory, as ratios against a peer in the same run; never part of the tests:
//   npm run bench [-- coordinator headless]
import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';

const benches: readonly (readonly [name: string, what: string])[] = [
  ['bundles', 'Sizes of what is shipped'],
  ['coordinator', 'Cost of an event in a large run against one in a small run'],
  ['makespan', 'Makespan of random graphs against its lower bound, and against FIFO'],
  ['grouping', 'Grouping 100,000 tasks against one regular expression over the same strings'],
  [
    'tree',
    'The tree of 10,000 tasks against a loop that makes as many objects; the cost of an event',
  ],
  ['reading', 'Reading plans against JSON.parse, and against reading lines alone'],
  ['beads', 'Reading a tracker of beads against `bd list --json` alone'],
  ['journal', 'Journal against plain appends'],
  ['runner', 'Start and memory of the runner against bare Node'],
  [
    'agents',
    '100 MB of each agent’s events against JSON.parse; a turn by our runner against it alone',
  ],
  ['headless', '200 × `true`, eight at a time, against xargs, GNU parallel, p-queue and wireit'],
  ['activation', 'Activation in VS Code against the built-in Git extension'],
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

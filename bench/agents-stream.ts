// Reads an agent's event stream from a file in a separate process: `bare` parses every line as JSON; any other name is
// the adapter that reads it. Prints the cost as JSON. agents.ts starts it.
import { createReadStream } from 'node:fs';
import { createAdapter } from '../src/agents/registry.ts';
import { adapterSchema } from '../src/coordinator/schema/attempt.ts';
import { LineSplitter } from '../src/runner/output/line-splitter.ts';

const [how = '', file = ''] = process.argv.slice(2);
const adapter = how === 'bare' ? null : await createAdapter(adapterSchema.parse(how), '/work');
let lines = 0;
let events = 0;
const splitter = new LineSplitter((line) => {
  lines += 1;
  events +=
    adapter === null ? Number(JSON.parse(line) !== null) : adapter.accept(line, lines).length;
});
const start = performance.now();
for await (const chunk of createReadStream(file, { highWaterMark: 64 * 1024 })) {
  if (Buffer.isBuffer(chunk)) {
    splitter.push(chunk);
  }
}
splitter.end();
const ms = performance.now() - start;
const end = { exitCode: 0, signal: null, stopped: null, spawnError: null, lastLine: '', at: lines };
const verdict = adapter?.finish(end) ?? null;
const { maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({ ms, lines, events, maxRssKb: maxRSS, failure: verdict?.failure ?? null }),
);

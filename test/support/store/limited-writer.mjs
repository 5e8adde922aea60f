// Writes a journal under `ulimit -f` until the file system refuses, as on a full disk, and then
// continues. Prints the result of each flush as one JSON array.
import { openSegment } from '../../../src/store/journal/journal-writer.ts';
import { eventAt, PLAN } from './journals.ts';

const [runDirectory] = process.argv.slice(2);
const start = { runDirectory, run: PLAN.run, group: PLAN.group, epoch: 1, previous: null };
const opened = await openSegment(start);
const outcomes = [];
if (opened.ok) {
  for (let seq = 1; seq <= 200; seq += 1) {
    opened.value.append(eventAt(seq));
    const flushed = await opened.value.flush();
    outcomes.push(flushed.ok ? 'ok' : flushed.failure.reason);
  }
}
console.log(JSON.stringify(outcomes));

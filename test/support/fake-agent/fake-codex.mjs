#!/usr/bin/env node
// A Codex for tests: prints a version, or reads its prompt to the end, writes the file `done-by-codex-N.txt` (N is the
// number in its prompt's `codex: N`), and prints the events of Codex (our own implementation).
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';

const [, , first, ...rest] = process.argv;
if (first === '--version') {
  writeSync(1, 'codex-cli 7.0.1\n');
  process.exit(0);
}
if (first !== 'exec' || rest.at(-1) !== '-') {
  process.exit(97);
}
const [, number = '0'] = /codex: (\d+)/.exec(readFileSync(0, 'utf8')) ?? [];
const path = resolve(`done-by-codex-${number}.txt`);
const item = { id: 'item_1', type: 'file_change', changes: [{ path, kind: 'add' }] };
const say = (event) => writeSync(1, `${JSON.stringify(event)}\n`);
say({ type: 'thread.started', thread_id: '01a1fbf9-562d-7593-a35e-ff1197ec8c33' });
say({ type: 'turn.started' });
say({ type: 'item.started', item: { ...item, status: 'in_progress' } });
writeFileSync(path, 'done\n');
say({ type: 'item.completed', item: { ...item, status: 'completed' } });
say({ type: 'item.completed', item: { id: 'item_2', type: 'agent_message', text: 'Written.' } });
say({
  type: 'turn.completed',
  usage: { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 100 },
});

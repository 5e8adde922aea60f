// Records the output and the end of the real agents, against a model on the loopback interface:
//   npm run fixtures:record [-- gemini codex]
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CLIENTS } from '../test/support/model-server/clients/all.ts';
import type { RealClient } from '../test/support/model-server/clients/real-client.ts';
import { record, type Recording } from '../test/support/model-server/recording/record.ts';
import { repository } from '../test/support/vscode/paths.ts';
import { describeError } from '../test/support/vscode/setup-error.ts';

const wanted = process.argv.slice(2);
const ids = CLIENTS.map(({ id }) => id);
const unknown = wanted.filter((name) => !ids.some((id) => id === name));
if (unknown.length > 0) {
  console.error(`Unknown agent "${unknown.join('", "')}". Known agents: ${ids.join(', ')}.`);
  process.exit(2);
}
for (const client of CLIENTS.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  console.log(`\n── ${client.title} ${client.version}`);
  try {
    await recordAll(client);
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

/** Replaces all recordings of a client after every case is recorded. */
async function recordAll(client: RealClient): Promise<void> {
  const recordings: Recording[] = [];
  let started = performance.now();
  await record(client, (recording, { leftBehind }) => {
    const { name, lines, exitCode, signal } = recording;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const end = signal ?? `exit ${String(exitCode)}`;
    const left = leftBehind === 0 ? '' : `, ${leftBehind} processes left behind`;
    console.log(`${name}: ${lines.length} lines, ${end}${left}, in ${seconds} s`);
    recordings.push(recording);
    started = performance.now();
  });
  const folder = path.join(repository, 'test', 'fixtures', 'agent-events', client.id);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const cases = recordings.map(
    ({ name, exitCode, signal, lastLine }) => [name, { exitCode, signal, lastLine }] as const,
  );
  const ends = { version: client.version, cases: Object.fromEntries(cases) };
  await writeFile(path.join(folder, 'ends.json'), `${JSON.stringify(ends, null, 2)}\n`);
  for (const { name, lines } of recordings) {
    const text = lines.map((line) => `${line}\n`).join('');
    await writeFile(path.join(folder, `${name}.jsonl`), text);
  }
}

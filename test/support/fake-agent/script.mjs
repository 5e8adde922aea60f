// Reads the fake agent's steps from its arguments, a file, or the prompt.
import { readFileSync } from 'node:fs';
import { messageIn, nextLine } from './hearing.mjs';

const converses = process.argv.includes('--input-format');
const valued = /^--(?:(?:input|output)-format|permission-mode|model|session-id)$/;
const isOption = (args, at) => args[at].startsWith('-') || valued.test(args[at - 1] ?? '');

const usable = (line) => line.trim() !== '' && !line.startsWith('#');

async function scriptFromPrompt() {
  let prompt = '';
  if (converses) {
    prompt = messageIn((await nextLine()) ?? '');
  } else {
    for await (const chunk of process.stdin) {
      prompt += chunk;
    }
  }
  const lines = prompt
    .split(/\r?\n/)
    .flatMap((line) => /\bfake: (.*)$/.exec(line)?.[1]?.split(' ; ') ?? [])
    .map((line) => line.trim());
  return lines.length > 0 ? lines : ['init', 'says=ok', 'ok'];
}

/** Returns the steps, in order. */
export async function script() {
  const own = process.argv.slice(2);
  const end = own.indexOf('--');
  const args = end === -1 ? own : own.slice(0, end);
  if (args.includes('--version')) {
    return ['print=2.1.0 (Claude Code)'];
  }
  const named = args.flatMap((arg) =>
    arg.startsWith('@') ? readFileSync(arg.slice(1), 'utf8').split(/\r?\n/).filter(usable) : [arg],
  );
  // It replaces Claude Code, so options of that program may come first.
  const ours = named.filter((_, index) => !isOption(named, index));
  return ours.length > 0 ? ours : scriptFromPrompt();
}

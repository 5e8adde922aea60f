#!/usr/bin/env node
// A scriptable agent for tests: a real process that executes the given steps and nothing else.
//
//   node fake-agent.mjs STEP…            steps as arguments
//   node fake-agent.mjs @script.txt      steps from a file, one a line; blank lines and # comments are ignored
//   node fake-agent.mjs --version        prints 2.1.0 (Claude Code), as detection expects
//   … -- anything                        arguments from `--` on are ignored (such as Claude's own options)
//
// Without any step it reads its script from the prompt: lines of standard input that start with `fake: `. A plan can
// therefore contain its steps; ` ; ` separates several steps in one line. With neither, it acts like a Claude Code that
// says `ok` and ends. An unknown step ends it with code 97, so that a mistyped test cannot pass.
//
// A step is `name` or `name=value`. These steps print events of Claude Code's `stream-json` (our own implementation):
//   init[=SESSION]      the first event
//   says=TEXT  thinks=TEXT
//   read=FILE           the tool use and its result
//   bash=COMMAND        the same; nothing is executed
//   edit=FILE           writes the file (below the working directory), and reports a Write
//   edit-silently=FILE  writes the file, and reports nothing
//   edit-refused=FILE   reports a Write whose result is an error, and writes nothing
//   denied=COMMAND      a Bash that was denied; listed in the result's permission_denials
//   retry=STATUS[:MS]   system/api_retry
//   limited=SECONDS     rate_limit_event, rejected, resetting in SECONDS
//   asks=QUESTION       AskUserQuestion
//   ok[=TEXT]           the final event: success
//   error=STATUS        the final event: an API error with that HTTP status
//   gave-up=SUBTYPE     the final event: error_max_turns, error_during_execution, …
//   used-before=MESSAGES the session had that many messages: its figures continue, as in newer versions
//   half-line           the beginning of an event without its end
// These steps work for any program:
//   attempt=N:STEP      the step in the task's attempt N only
//   print=TEXT  print-error=TEXT         a line on stdout, stderr; \e \a \b \r \n \t and \\ are understood
//   flood=BYTES[:LINE]  that many bytes of output in lines of LINE bytes (default 80; 0 = a single line without an end)
//   echo-stdin          prints standard input until its end
//   echo-key            waits for one chunk of standard input and prints it as `key:…`
//   hear                waits for a message of a conversation (a line of `stream-json` or text), and says `heard: …`
//   env=NAME            prints NAME=value
//   cwd                 prints the working directory
//   write=FILE:TEXT     writes a file
//   touch=FILE          the same, with this process's id as content
//   wait-file=FILE      waits until the file exists
//   wait=MS             sleeps
//   spawn[=PIDFILE]     leaves a child in this process group that runs until it is killed
//   spawn-orphan[=PIDFILE]  the same, in a separate session (as agents start their tools)
//   spawn-stubborn[=PIDFILE]  the same, and it ignores INT, TERM and HUP
//   ignore=SIGNAL       ignores SIGINT, SIGTERM or SIGHUP from here on
//   exit-on=SIGNAL:CODE ends with CODE on that signal, like agents that report an interruption as success
//   hang                never ends by itself
//   exit=CODE           ends at once
//   die=SIGNAL          ends itself with the signal
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setInterval } from 'node:timers';
import { setTimeout as delay } from 'node:timers/promises';
import { messageIn, nextLine } from './hearing.mjs';
import { script } from './script.mjs';

let session = '11111111-2222-4333-8444-555555555555';
let uses = 0;
let [messages, before] = [0, 0];
const denials = [];
const keepAlive = [];

const event = (value) => writeAll(1, `${JSON.stringify({ ...value, session_id: session })}\n`);

/** Waits while the pipe is full, so that no output is lost or buffered here. */
function writeAll(fd, text) {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function assistant(...content) {
  messages += 1;
  const usage = { input_tokens: 100, output_tokens: 20, cache_read_input_tokens: 10 };
  event({
    type: 'assistant',
    message: { id: `msg_${messages}`, role: 'assistant', content, usage },
  });
}

function toolResult(id, content, isError = false) {
  const block = { type: 'tool_result', tool_use_id: id, content, is_error: isError };
  event({ type: 'user', message: { role: 'user', content: [block] } });
}

function use(name, input) {
  uses += 1;
  const id = `toolu_${uses}`;
  assistant({ type: 'tool_use', id, name, input });
  return id;
}

function result(fields) {
  event({
    type: 'result',
    subtype: 'success',
    is_error: false,
    api_error_status: null,
    total_cost_usd: 0.01 * messages,
    usage: { input_tokens: 110 * (messages - before), output_tokens: 20 * (messages - before) },
    modelUsage:
      before > 0 ? { m: { inputTokens: 110 * messages, outputTokens: 20 * messages } } : {},
    permission_denials: denials,
    ...fields,
  });
}

function write(file, text) {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, text);
}

const unescaped = { e: '\u001b', a: '\u0007', b: '\b', r: '\r', n: '\n', t: '\t', '\\': '\\' };
const unescape = (text) => text.replace(/\\([eabrnt\\])/g, (_, letter) => unescaped[letter]);

function child(code, detached, pidFile) {
  const started = spawn(process.execPath, ['-e', code], { detached, stdio: 'ignore' });
  if (pidFile) {
    write(pidFile, String(started.pid));
  }
  started.unref();
}
const forever = 'setInterval(() => {}, 1000)';
const stubborn = `for (const s of ['SIGINT','SIGTERM','SIGHUP']) process.on(s, () => {}); ${forever}`;

function denied(command) {
  const id = use('Bash', { command });
  const message = `Running ${command} needs approval.`;
  event({
    type: 'system',
    subtype: 'permission_denied',
    tool_name: 'Bash',
    tool_use_id: id,
    message,
  });
  toolResult(id, message, true);
  denials.push({ tool_name: 'Bash', tool_use_id: id, tool_input: { command } });
}

function flood(value) {
  const [bytes, length = '80'] = value.split(':');
  const end = length === '0' ? '' : '\n';
  const line = 'x'.repeat(Math.max(1, (Number(length) || 65536) - end.length)) + end;
  const block = line.repeat(Math.max(1, Math.floor(65536 / line.length)));
  for (let left = Number(bytes); left > 0; left -= block.length) {
    writeAll(1, left < block.length ? block.slice(0, left) : block);
  }
}

async function echoStdin() {
  for await (const chunk of process.stdin) {
    writeAll(1, chunk);
  }
}

async function echoKey() {
  const [chunk] = await new Promise((done) => process.stdin.once('data', (data) => done([data])));
  writeAll(1, `key:${chunk}`);
}

async function hear() {
  const line = await nextLine();
  assistant({ type: 'text', text: line === null ? 'heard the end' : `heard: ${messageIn(line)}` });
}

const steps = {
  init: (value) => {
    if (value) {
      session = value;
    }
    event({ type: 'system', subtype: 'init', cwd: process.cwd(), tools: [], model: 'fake' });
  },
  'used-before': (value) => void (messages = before = Number(value)),
  says: (text) => assistant({ type: 'text', text: unescape(text) }),
  thinks: (thinking) => assistant({ type: 'thinking', thinking }),
  read: (file) => toolResult(use('Read', { file_path: resolve(file) }), 'content'),
  bash: (command) => toolResult(use('Bash', { command: unescape(command) }), 'done'),
  edit: (file) => {
    const id = use('Write', { file_path: resolve(file), content: `${file}\n` });
    write(file, `${file}\n`);
    toolResult(id, 'File created successfully');
  },
  'edit-silently': (file) => write(file, `${file}\n`),
  'edit-refused': (file) => {
    const id = use('Write', { file_path: resolve(file), content: 'x\n' });
    toolResult(id, '<tool_use_error>File has not been read yet.</tool_use_error>', true);
  },
  denied,
  retry: (value) => {
    const [status, ms = '500'] = value.split(':');
    const words = { 429: 'rate_limit', 529: 'overloaded', 401: 'authentication_failed' };
    event({
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      max_retries: 10,
      retry_delay_ms: Number(ms),
      error_status: Number(status),
      error: words[status] ?? 'server_error',
    });
  },
  limited: (seconds) => {
    const resetsAt = Math.round(Date.now() / 1000) + Number(seconds);
    event({ type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt } });
  },
  asks: (question) => use('AskUserQuestion', { questions: [{ question }] }),
  ok: (text) => result({ result: text || 'ok' }),
  error: (status) =>
    result({ is_error: true, api_error_status: Number(status), result: `API Error: ${status}` }),
  'gave-up': (subtype) => result({ subtype, is_error: true, result: undefined }),
  attempt: async (value) => {
    const at = value.indexOf(':');
    if (value.slice(0, at) === process.env.PARALLEL_GROUPS_ATTEMPT) {
      await perform(value.slice(at + 1));
    }
  },
  'half-line': () => writeAll(1, '{"type":"result","subtype":"succ'),
  print: (text) => writeAll(1, `${unescape(text)}\n`),
  'print-error': (text) => writeAll(2, `${unescape(text)}\n`),
  flood,
  'echo-stdin': echoStdin,
  'echo-key': echoKey,
  hear,
  env: (name) => writeAll(1, `${name}=${process.env[name] ?? '(unset)'}\n`),
  cwd: () => writeAll(1, `${process.cwd()}\n`),
  write: (value) => {
    const at = value.indexOf(':');
    write(value.slice(0, at), value.slice(at + 1));
  },
  touch: (file) => write(file, String(process.pid)),
  'wait-file': async (file) => {
    while (!existsSync(file)) {
      await delay(10);
    }
  },
  wait: (ms) => delay(Number(ms)),
  spawn: (file) => child(forever, false, file),
  'spawn-orphan': (file) => child(forever, true, file),
  'spawn-stubborn': (file) => child(stubborn, true, file),
  ignore: (signal) => process.on(signal, () => {}),
  'exit-on': (value) => {
    const [signal, code] = value.split(':');
    process.on(signal, () => process.exit(Number(code)));
  },
  hang: () => {
    keepAlive.push(setInterval(() => {}, 1000));
    return new Promise(() => {});
  },
  exit: (code) => process.exit(Number(code)),
  die: async (signal) => {
    process.kill(process.pid, signal);
    await delay(10_000);
  },
};

async function perform(line) {
  const [, name, value = ''] = /^([a-z-]+)(?:=(.*))?$/s.exec(line) ?? [];
  const step = name === undefined ? undefined : steps[name];
  if (step === undefined) {
    writeAll(2, `fake-agent: unknown step: ${line}\n`);
    process.exit(97);
  }
  await step(value);
}

for (const line of await script()) {
  await perform(line);
}
process.exit(0);

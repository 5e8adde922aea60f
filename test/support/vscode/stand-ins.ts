import { writeFile } from 'node:fs/promises';
import path from 'node:path';

// Two native modules of VS Code have no prebuilt binary. Without the first, every log output
// channel stays empty; without the second, each start prints a page of errors. Both are small.

const spdlog = `'use strict';
const fs = require('node:fs');
const path = require('node:path');

class Logger {
  constructor(kind, name, file) {
    this.file = file;
    this.level = 2;
  }
  write(level, message) {
    if (this.file === undefined) return;
    fs.appendFileSync(this.file, new Date().toISOString() + ' [' + level + '] ' + message + '\\n');
  }
  trace(message) { this.write('trace', message); }
  debug(message) { this.write('debug', message); }
  info(message) { this.write('info', message); }
  warn(message) { this.write('warning', message); }
  error(message) { this.write('error', message); }
  critical(message) { this.write('critical', message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() { this.file = undefined; }
}

async function create(name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

// The harness ends orphaned extension hosts itself; see processes.ts.
const nativeWatchdog = `'use strict';
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

/** Replaces native modules that VS Code's server cannot load here with JavaScript. */
export async function replaceNativeModules(folder: string): Promise<void> {
  const modules = path.join(folder, 'node_modules', '@vscode');
  await writeFile(path.join(modules, 'spdlog', 'index.js'), spdlog);
  await writeFile(path.join(modules, 'native-watchdog', 'index.js'), nativeWatchdog);
}

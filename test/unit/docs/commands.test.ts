import { strict as assert } from 'node:assert';
import { createProgram } from '../../../src/cli/program/program.ts';
import { readPage } from './page.ts';

describe('docs/command-line.md', () => {
  it('has a usage line and a heading for every command', () => {
    const page = readPage('docs/command-line.md');
    const program = createProgram('0.0.0');
    const names = program
      .createHelp()
      .visibleCommands(program)
      .map((command) => command.name())
      .filter((name) => name !== 'help');
    const missing = names.flatMap((name) => [
      ...(new RegExp(`^    parallel-groups ${name}\\b`, 'm').test(page)
        ? []
        : [`Add a line “parallel-groups ${name}” at the top of docs/command-line.md.`]),
      ...(new RegExp(`^## (?:.*, )?${name}(?:,|$)`, 'm').test(page)
        ? []
        : [`Describe ${name} below a heading “## ${name}” in docs/command-line.md.`]),
    ]);
    assert.ok(missing.length === 0, missing.join('\n'));
  });
});

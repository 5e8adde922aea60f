import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/vscode/paths.ts';

/** Small files that only one file uses, and why each is not part of that file. */
const KEPT: Readonly<Record<string, string>> = {
  'src/coordinator/plan/markers/lonely-group.ts': 'markers.ts has no room for it',
  'src/coordinator/workflow/stage-tasks.ts': 'the rule without the plan, in the pure room',
  'src/engine/guards/allocate-fairly.ts': 'tested without runs',
  'src/runner/keyboard/piped-keyboard.ts': 'one of two keyboards',
  'src/verification/git/committed-file.ts': 'the only use of git for views',
  'src/views/agents/agent-commands.ts': 'loads its commands on first use',
  'src/views/panel/first-group.ts': 'tested without VS Code',
  'src/views/preview/task-at-cursor.ts': 'joins two rooms of the editor',
  'src/views/tree/filter-box.ts': 'one dialog',
  'src/views/tree/model/source-names.ts': 'tested without a tree',
  'src/webview/facts/rates.ts': 'tested without a page',
  'src/webview/styles/styles.ts': 'the list of the style sheets',
};
/** Each file here is one of a list, however small it is: a command, a plan format, a test parser. */
const LISTED =
  /^src\/(?:cli\/commands\/.+|tasks\/[\w-]+\/[\w-]+-format|verification\/suites\/output\/[\w-]+)\.ts$/;
const SMALL = 30;

describe('a file under 30 lines that only one other file uses', () => {
  it('is part of that file, or has a reason to stand alone', () => {
    const files = globSync('src/**/*.ts', { cwd: repository }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    const users = new Map<string, Set<string>>();
    const texts = new Map<string, string>();
    for (const file of files) {
      const text = readFileSync(path.join(repository, file), 'utf8');
      texts.set(file, text);
      for (const [, target = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
        const used = path.posix.join(path.posix.dirname(file), target);
        users.set(used, (users.get(used) ?? new Set()).add(file));
      }
    }
    const small = files.filter(
      (file) =>
        users.get(file)?.size === 1 &&
        (texts.get(file)?.split('\n').length ?? 0) - 1 < SMALL &&
        !LISTED.test(file),
    );
    const unexplained = small
      .filter((file) => !(file in KEPT))
      .map(
        (file) =>
          `Merge ${file} into ${[...(users.get(file) ?? [])].join()}, or give its reason in KEPT.`,
      );
    const unneeded = Object.keys(KEPT)
      .filter((file) => !small.includes(file))
      .map((file) => `Remove ${file} from KEPT.`);
    assert.deepEqual([...unexplained, ...unneeded], []);
  });
});

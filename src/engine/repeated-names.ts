import { visit } from 'jsonc-parser';
import { CONFIG_FILE } from '../shared/manifest.ts';

const REGISTERED: ReadonlySet<unknown> = new Set(['agents', 'subagents']);

/** Agents and subagents that `parallel-groups.json` defines twice: JSON would silently keep the last. A sentence each. */
export function repeatedNames(text: string): string[] {
  const problems: string[] = [];
  const seen = new Map<string, number>();
  visit(text, {
    onObjectProperty: (name, _offset, _length, startLine, _character, path) => {
      const [section, ...deeper] = path();
      if (!REGISTERED.has(section) || deeper.length > 0) {
        return;
      }
      const what = `${section === 'agents' ? 'agent' : 'subagent'} ${name}`;
      const first = seen.get(what);
      if (first === undefined) {
        seen.set(what, startLine + 1);
      } else {
        problems.push(
          `${CONFIG_FILE}:${String(startLine + 1)}: the ${what} is already registered in line ${String(first)} (AGENT_ALREADY_REGISTERED); the last one counts. Give one of them another name.`,
        );
      }
    },
  });
  return problems;
}

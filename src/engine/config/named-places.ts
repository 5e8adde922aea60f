import { visit } from 'jsonc-parser';
import { CONFIG_FILE } from '../../shared/manifest.ts';
import { t } from '../../shared/messages.ts';

/** The place where `parallel-groups.json` defines an agent or a subagent. */
export interface NamedPlace {
  readonly section: 'agents' | 'subagents';
  readonly name: string;
  /** 1-based. */
  readonly line: number;
}

/** Lists all agents and subagents that the text of `parallel-groups.json` defines, in the order of the text. */
export function namedPlaces(text: string): NamedPlace[] {
  const places: NamedPlace[] = [];
  visit(
    text,
    {
      onObjectProperty: (name, _offset, _length, startLine, _character, path) => {
        const [section, ...deeper] = path();
        if ((section === 'agents' || section === 'subagents') && deeper.length === 0) {
          places.push({ section, name, line: startLine + 1 });
        }
      },
    },
    { allowTrailingComma: true },
  );
  return places;
}

/** Reports names that are defined twice, one sentence each: JSON would silently keep the last definition. */
export function repeatedNames(places: readonly NamedPlace[]): string[] {
  const seen = new Map<string, number>();
  return places.flatMap(({ section, name, line }) => {
    const label = `${section === 'agents' ? 'agent' : 'subagent'} ${name}`;
    const first = seen.get(label);
    seen.set(label, first ?? line);
    return first === undefined
      ? []
      : t(
          '{0}:{1}: the {2} is already registered in line {3} (AGENT_ALREADY_REGISTERED); the last one counts. Give one of them another name.',
          CONFIG_FILE,
          line,
          label,
          first,
        );
  });
}

import type { Heading, Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { t } from '../../shared/messages.ts';
import { checked, type Definition, type DefinitionProblem } from './definition.ts';
import { restriction, splitTools } from './tool-lists.ts';

/** A role from a section of `AGENTS.md`; `line` (1-based): the line of its heading. */
export interface WrittenRole extends Definition {
  readonly line: number;
}

/** The heading of a role: `Role: Docs writer`. */
const ROLE = /^(?:agent role|role|subagent)\s*:\s*(.+)$/i;
/** The heading of a list of roles: each heading one level below it is a role. */
const ROLES = /^(?:agent roles|roles|subagents)$/i;
/** A fact at the beginning of a role's section, before its instructions. */
const FACT = /^\s*(?:[-*+]\s+)?(?:\*\*|__)?(model|tools)(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*(.*)$/i;

/**
 * The roles of an `AGENTS.md` in order, and the problems of other roles. A role is a section with a heading such as
 * `## Role: Docs writer`, or a section directly below `# Roles`, `# Agent roles` or `# Subagents`. Its name is the code in its
 * heading, or the heading's words in lower case, joined by hyphens.
 */
export function readRoles(content: string): {
  readonly roles: readonly WrittenRole[];
  readonly problems: readonly DefinitionProblem[];
} {
  const { children } = fromMarkdown(content);
  const roles: WrittenRole[] = [];
  const problems: DefinitionProblem[] = [];
  let above: Heading | null = null;
  for (const [place, node] of children.entries()) {
    if (node.type !== 'heading') {
      continue;
    }
    if (above !== null && node.depth <= above.depth) {
      above = null;
    }
    const written = plain(node).trim();
    const named = ROLE.exec(written)?.[1];
    if (ROLES.test(written)) {
      above = node;
    } else if (named !== undefined || (above !== null && node.depth === above.depth + 1)) {
      const line = node.position?.start.line ?? 1;
      const body = bodyOf(content, children, place, node.depth);
      const read = checked({
        ...draftOf(nameOf(node, named ?? written), body),
        lines: { name: line, model: line, tools: line },
      });
      if (read.ok && read.value.instructions === '') {
        problems.push({ line, message: t('The role has no instructions below its heading.') });
      } else if (read.ok) {
        roles.push({ ...read.value, line });
      } else {
        problems.push(read.failure);
      }
    }
  }
  return { roles, problems };
}

/** The text up to the next heading of the same or a higher level. */
function bodyOf(
  content: string,
  children: readonly RootContent[],
  place: number,
  depth: number,
): string {
  const next = children
    .slice(place + 1)
    .find((node) => node.type === 'heading' && node.depth <= depth);
  const start = children[place]?.position?.end.offset ?? 0;
  return content.slice(start, next?.position?.start.offset).trim();
}

function draftOf(name: string, body: string): Definition {
  const lines = body.split(/\r\n|\n|\r/);
  const facts = new Map<string, string>();
  for (let fact = FACT.exec(lines[0] ?? ''); fact !== null; fact = FACT.exec(lines[0] ?? '')) {
    const [, key = '', value = ''] = fact;
    facts.set(key.toLowerCase(), value.replaceAll('`', '').trim());
    lines.shift();
  }
  const tools = facts.get('tools');
  return {
    name,
    description: null,
    model: facts.get('model') ?? null,
    tools: tools === undefined ? null : restriction(splitTools(tools)),
    instructions: lines.join('\n').trim(),
  };
}

function nameOf(heading: Heading, words: string): string {
  const code = heading.children.find((node) => node.type === 'inlineCode');
  return code?.value.trim() ?? words.trim().toLowerCase().replace(/\s+/g, '-');
}

function plain(node: Nodes): string {
  if ('value' in node) {
    return node.value;
  }
  return 'children' in node ? node.children.map(plain).join('') : '';
}

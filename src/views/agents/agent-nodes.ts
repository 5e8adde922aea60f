import type { Folder } from '../../host/window/folder.ts';
import type { AgentsView, AgentView, SubagentView } from '../../shared/view-models/agent-views.ts';

/** A row of the Agents view. Commands identify its agent by kind, name and folder. */
export type AgentNode =
  | {
      readonly kind: 'agentsFolder';
      readonly id: string;
      readonly name: string;
      readonly children: readonly AgentNode[];
    }
  | {
      readonly kind: 'agent';
      readonly id: string;
      readonly name: string;
      readonly folder: string;
      readonly view: AgentView;
    }
  | { readonly kind: 'subagents'; readonly id: string; readonly children: readonly AgentNode[] }
  | {
      readonly kind: 'subagent';
      readonly id: string;
      readonly name: string;
      readonly folder: string;
      readonly view: SubagentView;
    };

/** The rows of all folders; a single folder has no row. */
export function agentNodes(
  folders: readonly { readonly folder: Pick<Folder, 'prefix'>; readonly view: AgentsView }[],
): AgentNode[] {
  const sections = folders.map(({ folder: { prefix }, view }) => ({
    prefix,
    children: nodesOf(prefix, view),
  }));
  const [first, ...others] = sections;
  return others.length === 0
    ? (first?.children ?? [])
    : sections.map(({ prefix, children }) => ({
        kind: 'agentsFolder',
        id: `folder ${prefix}`,
        name: prefix.replace(/\/$/, ''),
        children,
      }));
}

function nodesOf(folder: string, { agents, subagents }: AgentsView): AgentNode[] {
  return [
    ...agents.map((view): AgentNode => {
      const name = view.id;
      return { kind: 'agent', id: `agent ${folder}${name}`, name, folder, view };
    }),
    {
      kind: 'subagents',
      id: `subagents ${folder}`,
      children: subagents.map((view): AgentNode => {
        const { name } = view;
        return { kind: 'subagent', id: `subagent ${folder}${name}`, name, folder, view };
      }),
    },
  ];
}

import { type GivenUpRow, givenUpRows } from '../../coordinator/projections/given-up.ts';
import type { FolderDeadLetter } from '../../host/actions/given-up.ts';
import type { TaskKey } from '../../shared/ids.ts';

/** The row of a given-up task. Commands accept it like a task's row in the groups tree. */
export interface DeadLetterNode {
  readonly kind: 'task';
  readonly key: TaskKey;
  readonly group: { readonly kind: 'group'; readonly key: string };
  readonly of: FolderDeadLetter;
}

/** The row of tasks that the same refusal kept from starting. Commands apply to all of them. */
export interface RefusedNode {
  readonly kind: 'refused';
  readonly id: string;
  readonly reason: string;
  readonly tasks: readonly TaskKey[];
  readonly children: readonly DeadLetterNode[];
}

export type GivenUpNode = DeadLetterNode | RefusedNode;

/** The rows for the dead letters of all folders. */
export function givenUpNodes(deadLetters: readonly FolderDeadLetter[]): GivenUpNode[] {
  const folders = [...new Set(deadLetters.map(({ folder }) => folder))];
  return folders.flatMap((folder) => {
    const own = deadLetters.filter((each) => each.folder === folder);
    const nodes = new Map(own.map((of) => [of.deadLetter, deadLetterNode(of)]));
    return givenUpRows(own.map(({ deadLetter }) => deadLetter)).flatMap((row) =>
      nodesOf(row, folder.prefix, nodes),
    );
  });
}

function nodesOf(
  row: GivenUpRow,
  prefix: string,
  nodes: ReadonlyMap<FolderDeadLetter['deadLetter'], DeadLetterNode>,
): readonly GivenUpNode[] {
  const nodeOf = (deadLetter: FolderDeadLetter['deadLetter']): readonly DeadLetterNode[] => {
    const node = nodes.get(deadLetter);
    return node === undefined ? [] : [node];
  };
  if (row.kind === 'dead_letter') {
    return nodeOf(row.deadLetter);
  }
  const children = row.deadLetters.flatMap(nodeOf);
  const tasks = children.map(({ key }) => key);
  return [{ kind: 'refused', id: prefix + row.id, reason: row.reason, tasks, children }];
}

function deadLetterNode(of: FolderDeadLetter): DeadLetterNode {
  return { kind: 'task', key: of.task, group: { kind: 'group', key: of.group }, of };
}

import { type GivenUpRow, givenUpRows } from '../../coordinator/projections/given-up.ts';
import type { FolderDeadLetter } from '../../host/actions/given-up.ts';
import type { TaskKey } from '../../shared/ids.ts';

/** A task that was given up. Commands understand it as they understand a task's row in the tree of groups. */
export interface LetterNode {
  readonly kind: 'task';
  readonly key: TaskKey;
  readonly group: { readonly kind: 'group'; readonly key: string };
  readonly of: FolderDeadLetter;
}

/** Tasks that the same refusal kept from being started. Commands act on all of them. */
export interface RefusedNode {
  readonly kind: 'refused';
  readonly id: string;
  readonly reason: string;
  readonly tasks: readonly TaskKey[];
  readonly children: readonly LetterNode[];
}

export type GivenUpNode = LetterNode | RefusedNode;

/** The rows for the letters of all folders. */
export function givenUpNodes(letters: readonly FolderDeadLetter[]): GivenUpNode[] {
  const folders = [...new Set(letters.map(({ folder }) => folder))];
  return folders.flatMap((folder) => {
    const own = letters.filter((each) => each.folder === folder);
    const nodes = new Map(own.map((of) => [of.letter, letterNode(of)]));
    return givenUpRows(own.map(({ letter }) => letter)).flatMap((row) =>
      nodesOf(row, folder.prefix, nodes),
    );
  });
}

function nodesOf(
  row: GivenUpRow,
  prefix: string,
  nodes: ReadonlyMap<FolderDeadLetter['letter'], LetterNode>,
): readonly GivenUpNode[] {
  const of = (letter: FolderDeadLetter['letter']): readonly LetterNode[] => {
    const node = nodes.get(letter);
    return node === undefined ? [] : [node];
  };
  if (row.kind === 'dead_letter') {
    return of(row.deadLetter);
  }
  const children = row.deadLetters.flatMap(of);
  const tasks = children.map(({ key }) => key);
  return [{ kind: 'refused', id: prefix + row.id, reason: row.reason, tasks, children }];
}

function letterNode(of: FolderDeadLetter): LetterNode {
  return { kind: 'task', key: of.task, group: { kind: 'group', key: of.group }, of };
}

import type { Node } from 'jsonc-parser';
import { fingerprints } from '../../coordinator/plan/identity.ts';
import type { SourceId } from '../../shared/ids.ts';
import type { Outline, OutlinedTask } from '../format/outline.ts';
import { outlineJsonTask } from '../json/json-outline.ts';
import { locateJson } from '../json/json-places.ts';
import { parseJson } from '../json/parse-json.ts';
import { titlesOf } from './read-taskmaster.ts';
import { type TagTask, tagTasks } from './tag-tasks.ts';
import { type Tag, tagsOf } from './tags.ts';

/** Fields whose markers count, in order of precedence. */
const TEXT_FIELDS = ['title', 'description', 'details'];

/** Returns the positions of the tasks of all tags and of their markers. */
export function taskMasterOutline(text: string, path: SourceId): Outline {
  const nodes = objectsByOffset(parseJson(text).root);
  const tags = tagsOf(locateJson(text).root, path);
  return { tasks: tags.flatMap((tag) => outlineTag(text, tag, nodes)) };
}

function outlineTag(
  text: string,
  tag: Tag,
  nodes: ReadonlyMap<number, Node>,
): readonly OutlinedTask[] {
  const { tasks } = tagTasks(tag);
  const titles = titlesOf(tasks);
  const marks = fingerprints(titles);
  return tasks.flatMap((task, index) => {
    const node = nodes.get(task.place.start);
    if (node === undefined) {
      return [];
    }
    const identity = {
      source: tag.source,
      id: task.id,
      fingerprint: marks[index] ?? '',
      title: titles[index] ?? '',
    };
    return [withFullIds(outlineJsonTask(text, node, identity, TEXT_FIELDS), task)];
  });
}

/** Writes dependencies as full ids. Those of the list precede those of markers. */
function withFullIds(outlined: OutlinedTask, { dependencies }: TagTask): OutlinedTask {
  return {
    ...outlined,
    dependencies: outlined.dependencies.map((each, index) => ({
      ...each,
      written: dependencies[index] ?? each.written,
    })),
  };
}

function objectsByOffset(root: Node | null): ReadonlyMap<number, Node> {
  const found = new Map<number, Node>();
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'object') {
      found.set(node.offset, node);
    }
    for (const child of node.children ?? []) {
      open.push(child);
    }
  }
  return found;
}

import type { Task } from '../../coordinator/schema/task.ts';
import { asTaskId, type SourceId, taskKey } from '../../shared/ids.ts';

/** Returns a stand-in task for resolving an agent without a plan. It asks for `agent`, an agent or a subagent. */
export function anyTask(source: SourceId, agent: string): Task {
  return {
    key: taskKey(source, asTaskId(agent)),
    id: asTaskId(agent),
    source,
    title: agent,
    description: '',
    status: { status: 'pending', word: 'pending', launchable: true },
    group: null,
    dependencies: [],
    subagent: agent,
    fallbackAgents: [],
    skills: [],
    files: [],
    conflictsWith: [],
    contextFiles: [],
    priority: 2,
    run: null,
    place: { file: source, line: 1 },
    fingerprint: agent,
  };
}

import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from './contract/adapter.ts';
import { exitFailure, stopFailure } from './contract/process-failure.ts';
import { oneLine } from './contract/text.ts';

/**
 * A program without an event stream, such as a task's `run:` line or a test suite: judged by its exit alone, its newest
 * line of output is what it is doing.
 */
export function plainAdapter(): StreamAdapter {
  return {
    unknown: 0,
    accept(line: string): readonly AgentEvent[] {
      const text = oneLine(line);
      return text === '' ? [] : [{ type: 'step', kind: 'says', text }];
    },
    finish(end: ProcessEnd): Verdict {
      return {
        failure: stopFailure(end) ?? exitFailure(end),
        summary: null,
        sessionId: null,
        usage: null,
        edits: [],
        denials: [],
        lastWord: null,
      };
    },
  };
}

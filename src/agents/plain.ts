import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from './contract/adapter.ts';
import { exitFailure, stopFailure } from './contract/process-failure.ts';
import { plainLine } from './contract/text.ts';

/**
 * The adapter of a program without an event stream, such as a task's `run:` line or a test suite. The exit alone decides
 * about success, and each line of output is a step.
 */
export function plainAdapter(): StreamAdapter {
  return {
    unknown: 0,
    accept(line: string): readonly AgentEvent[] {
      const text = plainLine(line);
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

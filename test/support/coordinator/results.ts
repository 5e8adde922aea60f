import * as fc from 'fast-check';
import type { AgentResult } from '../../../src/coordinator/schema/events.ts';
import type { PostedResult } from '../../../src/coordinator/schema/posted.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import { keyOf } from './plans.ts';

/** Makes an empty result, with the changes of a test. */
export function agentResult(changes: Partial<AgentResult> = {}): AgentResult {
  const lists = { decisions: [], requirements: [], constraints: [], findings: [] };
  return { summary: '', artifacts: {}, ...lists, ...changes };
}

/** Makes the result that the first attempt of a task posted. */
export function posted(
  id: string,
  role: string,
  result: Partial<AgentResult>,
  changes: Partial<PostedResult> = {},
): PostedResult {
  return {
    task: keyOf(id),
    id,
    attempt: 1,
    subagent: 'coder',
    role,
    at: 1000,
    result: agentResult(result),
    ...changes,
  };
}

/** Makes an empty blackboard, with the changes of a test. */
export function board(changes: Partial<RunSpec['blackboard']> = {}): RunSpec['blackboard'] {
  const lists = { decisions: [], requirements: [], constraints: [], findings: [] };
  return { artifacts: {}, ...lists, ...changes };
}

const lines = fc.array(fc.constantFrom('one', 'two', 'three', 'four'), { maxLength: 3 });
const artifacts = fc.dictionary(fc.constantFrom('api', 'notes', '__proto__'), fc.jsonValue(), {
  maxKeys: 3,
});

/** Results that agree, repeat and contradict one another. */
export const someResult: fc.Arbitrary<AgentResult> = fc.record({
  summary: fc.string(),
  artifacts,
  decisions: lines,
  requirements: lines,
  constraints: lines,
  findings: lines,
});

/** Results of different tasks in different roles. */
export const someResults: fc.Arbitrary<PostedResult[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 6 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc
          .record({
            result: someResult,
            role: fc.constantFrom('collector', 'drafter', 'validator', 'scribe', 'nobody'),
            at: fc.nat(),
          })
          .map(({ result, role, at }) => posted(`T${number}`, role, result, { at })),
      ),
    ),
  );

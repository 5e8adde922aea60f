import type { Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { LineIndex } from '../format/line-index.ts';
import type { JsonFault } from './parse-json.ts';

/** The problem code for a file that belongs to another tool. */
export const NOT_A_TASK_FILE = 'not-a-task-file';

/** Creates the problem for a text that is not JSON; `fault`: the first fault. */
export function malformedJson(fault: JsonFault, file: SourceId, lines: LineIndex): Problem {
  const where = `line ${lines.line(fault.start)}, column ${lines.column(fault.start)}`;
  const message = t(
    'This is not valid JSON at {0} ({1}). Correct it; tasks that are broken by it are left out.',
    where,
    fault.message,
  );
  const what = { severity: 'error', code: 'malformed-json', message } as const;
  return lines.problem(file, what, fault.start, fault.end);
}

import { sourceStatus } from '../../coordinator/plan/graph/source-status.ts';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { Problem } from '../../coordinator/schema/task.ts';
import { asSourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { FrontMatter, FrontMatterFault } from '../format/front-matter.ts';
import type { LineIndex } from '../format/line-index.ts';
import type { EpicTask } from './epic-task.ts';
import type { TaskFields } from './task-fields.ts';

const INVALID = 'invalid-front-matter';

interface Found extends Span {
  readonly severity: Problem['severity'];
  readonly code: string;
  readonly message: string;
}

/** What is wrong in the file of a task, and what to do about it. */
export function epicTaskProblems(
  { matter, fields, file, title, body, bodySpan }: EpicTask,
  path: string,
  text: string,
  lines: LineIndex,
): readonly Problem[] {
  const inBody = body.markers.problems.map(({ code, message, start, end }) =>
    warning(code, message, { start: bodySpan.start + start, end: bodySpan.start + end }),
  );
  if (bodySpan.end < text.length) {
    inBody.push(tooLong(bodySpan));
  }
  const found = matter.ok
    ? [
        ...unreadable(fields, matter.value),
        ...unknownWord(fields, file.id, matter.value),
        ...title.markers.problems.map(({ code, message }) =>
          warning(code, message, placeOf('name', matter.value)),
        ),
        ...inBody,
      ]
    : [missing(matter.failure), ...inBody];
  return found.map(({ severity, code, message, start, end }) =>
    lines.problem(asSourceId(path), { severity, code, message }, start, end),
  );
}

function tooLong({ end }: Span): Found {
  const message = t(
    'What follows here is not read, because the text of a task may have 65,536 characters. Move it to a file of its own.',
  );
  return warning('too-large', message, { start: end, end });
}

function missing({ message, start, end }: FrontMatterFault): Found {
  const held = t('{0} Until then the task is held back.', message);
  return { severity: 'error', code: INVALID, message: held, start, end };
}

function unreadable({ faults }: TaskFields, matter: FrontMatter): readonly Found[] {
  return faults.map(({ key, expected }) => ({
    severity: 'error',
    code: INVALID,
    message: t('“{0}” cannot be read. Write {1}; until then the task is held back.', key, expected),
    ...placeOf(key, matter),
  }));
}

function unknownWord({ status }: TaskFields, id: string, matter: FrontMatter): readonly Found[] {
  if (status === '' || sourceStatus(status) !== null) {
    return [];
  }
  const message = t(
    '“{0}” is no known status, so “{1}” is not launched. Use open, in-progress, closed, blocked or cancelled.',
    status,
    id,
  );
  return [warning('unknown-status', message, placeOf('status', matter))];
}

function warning(code: string, message: string, { start, end }: Span): Found {
  return { severity: 'warning', code, message, start, end };
}

/** At the head of the file where the key has no value to point at. */
function placeOf(key: string, matter: FrontMatter): Span {
  return matter.place(key) ?? { start: 0, end: 0 };
}

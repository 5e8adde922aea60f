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

interface DraftProblem extends Span {
  readonly severity: Problem['severity'];
  readonly code: string;
  readonly message: string;
}

/** Returns the problems in a task file, each with its remedy. */
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
    inBody.push(bodyTooLong(bodySpan));
  }
  const drafts = matter.ok
    ? [
        ...invalidFields(fields, matter.value),
        ...unknownStatusProblem(fields, file.id, matter.value),
        ...title.markers.problems.map(({ code, message }) =>
          warning(code, message, placeOf('name', matter.value)),
        ),
        ...inBody,
      ]
    : [unreadableMatter(matter.failure), ...inBody];
  return drafts.map(({ severity, code, message, start, end }) =>
    lines.problem(asSourceId(path), { severity, code, message }, start, end),
  );
}

function bodyTooLong({ end }: Span): DraftProblem {
  const message = t(
    'What follows here is not read, because the text of a task may have 65,536 characters. Move it to a file of its own.',
  );
  return warning('too-large', message, { start: end, end });
}

function unreadableMatter({ message, start, end }: FrontMatterFault): DraftProblem {
  const heldBack = t('{0} Until then the task is held back.', message);
  return { severity: 'error', code: INVALID, message: heldBack, start, end };
}

function invalidFields({ faults }: TaskFields, matter: FrontMatter): readonly DraftProblem[] {
  return faults.map(({ key, expected }) => ({
    severity: 'error',
    code: INVALID,
    message: t('“{0}” cannot be read. Write {1}; until then the task is held back.', key, expected),
    ...placeOf(key, matter),
  }));
}

function unknownStatusProblem(
  { status }: TaskFields,
  id: string,
  matter: FrontMatter,
): readonly DraftProblem[] {
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

function warning(code: string, message: string, { start, end }: Span): DraftProblem {
  return { severity: 'warning', code, message, start, end };
}

/** Returns the span of a key's value; the start of the file if the key has none. */
function placeOf(key: string, matter: FrontMatter): Span {
  return matter.place(key) ?? { start: 0, end: 0 };
}

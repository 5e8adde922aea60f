import * as vscode from 'vscode';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Problem } from '../../../coordinator/schema/task.ts';
import { asSourceId } from '../../../shared/ids.ts';
import { LineIndex } from '../../../tasks/format/line-index.ts';
import { formatOf } from '../../../tasks/read/formats.ts';
import { closerPlace, type ProblemText } from './closer-place.ts';
import type { ProblemFile } from './problem-file.ts';
import { related } from './related.ts';

/** The most diagnostics of a file; more would not help, and each costs time. */
const MOST = 500;

/** Converts the problems of a file to diagnostics. */
export function diagnosticsOf(file: ProblemFile): vscode.Diagnostic[] {
  const places = new TextPlaces(file.text ?? '');
  const text: ProblemText | null =
    file.outlined === null
      ? null
      : {
          plan: file.plan,
          text: file.text ?? '',
          outlined: file.outlined,
          lineOf: (offset) => places.position(offset).line + 1,
        };
  return problemsNow(file)
    .slice(0, MOST)
    .flatMap((problem) => {
      const span = text === null ? null : closerPlace(problem, text);
      // The user has fixed this problem in the editor, although the saved file still has it.
      if (span === null && file.edited && problem.tasks !== undefined) {
        return [];
      }
      const range = span === null ? places.rangeOf(problem) : places.range(span);
      return [diagnostic(problem, range, file, text, places)];
    });
}

/** The current problems: those of an edited text are parsed again, those of the whole plan remain until it is saved. */
function problemsNow({ plan, path, text, edited, problems }: ProblemFile): readonly Problem[] {
  if (!edited || text === null) {
    return problems;
  }
  const own = new Set(plan.sources.flatMap((source) => source.problems));
  const read = formatOf(path, text).read(text, asSourceId(path));
  return [...read.problems, ...problems.filter((problem) => !own.has(problem))];
}

function diagnostic(
  problem: Problem,
  range: vscode.Range,
  file: ProblemFile,
  text: ProblemText | null,
  places: TextPlaces,
): vscode.Diagnostic {
  const severity =
    problem.severity === 'error'
      ? vscode.DiagnosticSeverity.Error
      : vscode.DiagnosticSeverity.Warning;
  const made = new vscode.Diagnostic(range, problem.message, severity);
  made.code = problem.code;
  made.source = 'Parallel Groups';
  made.relatedInformation = related(problem, file, text).map(({ message, uri, at }) => {
    const where = typeof at === 'number' ? places.line(at, uri === file.uri) : places.range(at);
    return new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, where), message);
  });
  return made;
}

/** Ranges in one text. */
class TextPlaces {
  readonly #index: LineIndex;
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#index = new LineIndex(text);
    this.#lines = text.split(/\r\n|\n|\r/);
  }

  position(offset: number): vscode.Position {
    return new vscode.Position(this.#index.line(offset) - 1, this.#index.column(offset) - 1);
  }

  range({ start, end }: Span): vscode.Range {
    return new vscode.Range(this.position(start), this.position(end));
  }

  /** The range of the problem, else the text of its line. */
  rangeOf({ place, range }: Problem): vscode.Range {
    if (range === null) {
      return this.line(place.line, true);
    }
    const { startColumn, endLine, endColumn } = range;
    return new vscode.Range(place.line - 1, startColumn - 1, endLine - 1, endColumn - 1);
  }

  /** The range of a line (1-based): its trimmed text if the line is in this text, else empty. */
  line(line: number, isOwn: boolean): vscode.Range {
    const content = isOwn ? (this.#lines[line - 1] ?? '') : '';
    const start = content.length - content.trimStart().length;
    return new vscode.Range(line - 1, start, line - 1, content.trimEnd().length);
  }
}

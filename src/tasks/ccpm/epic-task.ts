import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { fingerprints } from '../../coordinator/plan/identity.ts';
import { blank, type Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { Result } from '../../shared/result.ts';
import {
  type FrontMatter,
  type FrontMatterFault,
  readFrontMatter,
} from '../format/front-matter.ts';
import { type Described, described } from '../json/described.ts';
import { spansOf } from '../markdown/inline/node-spans.ts';
import { type EpicFile, epicFile } from './epic-file.ts';
import { type TaskFields, taskFields } from './task-fields.ts';

/** One parsed task file. */
export interface EpicTask {
  readonly file: EpicFile;
  readonly matter: Result<FrontMatter, FrontMatterFault>;
  readonly fields: TaskFields;
  readonly title: Described;
  readonly body: Described;
  /** The part of the file that was read as the body. */
  readonly bodySpan: Span;
  readonly fingerprint: string;
}

/** Maximum length of a body that is read, in UTF-16 units: no prompt includes more. */
const MAX_BODY = 64 * 1024;
/** The length of the body's start that is searched for a heading, in UTF-16 units. */
const MAX_HEAD = 16 * 1024;

const NO_FIELDS: TaskFields = {
  name: '',
  status: '',
  dependsOn: [],
  conflictsWith: [],
  parallel: false,
  faults: [],
};

/** Parses a task file; `null` if `path` is not the path of an epic's task. */
export function epicTask(text: string, path: string): EpicTask | null {
  const file = epicFile(path);
  if (file === null) {
    return null;
  }
  const matter = readFrontMatter(text);
  const fields = matter.ok ? taskFields(matter.value) : NO_FIELDS;
  const bodyStart = matter.ok ? matter.value.body : matter.failure.body;
  const bodySpan = { start: bodyStart, end: Math.min(text.length, bodyStart + MAX_BODY) };
  const body = blankComments(text.slice(bodySpan.start, bodySpan.end));
  const title = described(fields.name || firstHeading(body) || file.id);
  const shown = title.text.replace(/\s+/g, ' ').trim() || file.id;
  const [fingerprint = ''] = fingerprints([shown]);
  return {
    file,
    matter,
    fields,
    title: { ...title, text: shown },
    body: described(body),
    bodySpan,
    fingerprint,
  };
}

function firstHeading(body: string): string {
  const heading = fromMarkdown(body.slice(0, MAX_HEAD)).children.find(
    ({ type }) => type === 'heading',
  );
  const start = heading?.position?.start.offset ?? 0;
  const [line = ''] = body.slice(start, heading?.position?.end.offset ?? start).split(/[\r\n]/);
  return line
    .replace(/^#+[ \t]*|[ \t]+#+[ \t]*$/g, '')
    .replace(/^task(?:\s+#?\d+)?\s*:\s*/i, '')
    .trim();
}

/** Overwrites the comments of a Markdown text with spaces: readers do not see them, so no prompt includes them. */
function blankComments(text: string): string {
  if (!text.includes('<!--')) {
    return text;
  }
  const comments: Span[] = [];
  const nodes: Nodes[] = [fromMarkdown(text)];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    comments.push(...spansOf(node, text).comments);
    if ('children' in node) {
      nodes.push(...node.children);
    }
  }
  return blank(text, comments);
}

import { joinMarkers, type Markers } from '../../../coordinator/plan/markers/markers.ts';
import { t } from '../../../shared/messages.ts';
import { described } from '../../json/described.ts';
import type { Issue } from './issue-schema.ts';

/** The title and description of an issue, with its markers extracted. */
export interface IssueText {
  readonly title: string;
  readonly description: string;
  readonly markers: Markers;
}

/** Reads title and description; appends bd's separate fields to the description, each under a heading. */
export function issueText(issue: Issue): IssueText {
  const title = described(issue.title ?? '');
  const description = described(sections(issue));
  return {
    title: title.text.replace(/\s+/g, ' ').trim() || issue.id,
    description: description.text.trim(),
    markers: joinMarkers(title.markers, description.markers),
  };
}

function sections(issue: Issue): string {
  const parts = [
    issue.description,
    labelled('Design', issue.design),
    labelled(t('Acceptance criteria'), issue.acceptance_criteria),
    labelled('Notes', issue.notes),
  ];
  return parts.filter((part) => (part ?? '').trim() !== '').join('\n\n');
}

function labelled(label: string, text: string | null | undefined): string | null {
  return (text ?? '').trim() === '' ? null : `${label}:\n${text ?? ''}`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../../shared/messages.ts';
import type { Evidence } from '../../../shared/view-models/group-views.ts';
import {
  EVIDENCE_WORDS,
  evidenceMark,
  evidenceParts,
} from '../../../shared/words/evidence-words.ts';
import { severityIcon, statusIcon } from '../elements/icons.ts';

/** Renders the evidence for and against a task being done, each item with its reason. */
export function evidenceList(evidence: readonly Evidence[]): TemplateResult {
  return html`<ul class="evidence">
    ${evidence.map(item)}
  </ul>`;
}

function item(evidence: Evidence): TemplateResult {
  const { icon, word } = markOf(evidence);
  const { sentence, below } = evidenceParts(evidence);
  return html`<li>
    ${icon}<span class="visually-hidden">${word}: </span>
    <div>
      ${EVIDENCE_WORDS[evidence.kind]()}: ${sentence}
      ${below === '' ? nothing : html`<pre class="output">${below}</pre>`}
    </div>
  </li>`;
}

function markOf(evidence: Evidence): { readonly icon: TemplateResult; readonly word: string } {
  switch (evidenceMark(evidence)) {
    case '✓':
      return { icon: statusIcon('completed'), word: t('Yes') };
    case '✗':
      return { icon: statusIcon('failed'), word: t('No') };
    case '⚠':
      return { icon: severityIcon('warning'), word: t('Warning') };
    case '–':
      return { icon: statusIcon('pending'), word: t('Neither') };
  }
}

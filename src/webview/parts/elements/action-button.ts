import { html, nothing, type TemplateResult } from 'lit';

export interface ActionButton {
  readonly label: string;
  /** Why it cannot be used now; `null` = it can. */
  readonly refusal: string | null;
  readonly kind: 'primary' | 'secondary' | 'link';
  /** Where the label alone does not say what it acts on. */
  readonly name?: string;
  readonly click: () => void;
}

/**
 * A native button. One that cannot be used stays in the order of focus, so that focus is not lost when it changes under
 * a person's hands, and so that its tooltip can say why.
 */
export function actionButton(button: ActionButton): TemplateResult {
  const { label, refusal, kind, name } = button;
  const click = () => {
    if (refusal === null) {
      button.click();
    }
  };
  return html`<button
    type="button"
    class=${kind}
    aria-disabled=${refusal === null ? 'false' : 'true'}
    aria-label=${name ?? nothing}
    title=${refusal ?? nothing}
    @click=${click}
  >
    ${label}
  </button>`;
}

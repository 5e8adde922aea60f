import { html, nothing, type TemplateResult } from 'lit';

export interface ActionButton {
  readonly label: string;
  /** The reason why the button is disabled; `null` if it is enabled. */
  readonly refusal: string | null;
  readonly kind: 'primary' | 'secondary' | 'link';
  /** Accessible name, if the label alone does not identify the target. */
  readonly name?: string;
  readonly click: () => void;
}

/**
 * Renders a native button. A disabled button stays focusable, so that the user does not lose the focus when its state
 * changes, and so that its tooltip can show the reason.
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

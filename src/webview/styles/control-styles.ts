import { css } from 'lit';

/** Styles of the buttons and the group selector, which match VS Code's own controls. */
export const controlStyles = css`
  button,
  select {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.45;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
  .primary,
  .secondary {
    padding: 3px 12px;
    border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
    border-radius: var(--radius);
  }
  .primary {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
  }
  .primary:not([aria-disabled='true']):hover {
    background: var(--vscode-button-hoverBackground);
  }
  .secondary {
    background: var(--vscode-button-secondaryBackground);
    color: var(--vscode-button-secondaryForeground);
  }
  .secondary:not([aria-disabled='true']):hover {
    background: var(--vscode-button-secondaryHoverBackground);
  }
  .link {
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  .toggle {
    display: flex;
    align-items: flex-start;
    gap: 6px;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    font-weight: normal;
  }
  .toggle .chevron {
    margin-block-start: 1px;
    color: var(--vscode-icon-foreground, inherit);
  }
  .toggle[aria-expanded='true'] .chevron {
    transform: rotate(90deg);
  }
  select {
    max-width: 40ch;
    padding: 3px 6px;
    border: 1px solid var(--vscode-dropdown-border, var(--line));
    border-radius: var(--radius);
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
  }
`;

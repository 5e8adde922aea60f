import { css } from 'lit';

/** Styles of the page, its header and its phases. All colours come from the theme. */
export const pageStyles = css`
  :root {
    --line: var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border)));
    /* The colour of unfinished parts: never as bright as finished ones. */
    --track: color-mix(in srgb, var(--vscode-foreground) 18%, transparent);
    --muted: var(--vscode-descriptionForeground);
    --radius: 4px;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    padding: 16px 20px 32px;
    background: var(--vscode-editor-background);
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family, system-ui, sans-serif);
    font-size: var(--vscode-font-size, 13px);
    font-weight: var(--vscode-font-weight, normal);
    line-height: 1.45;
    font-variant-numeric: tabular-nums;
  }
  main {
    display: grid;
    gap: 16px;
    max-width: 1400px;
    margin: 0 auto;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  pre {
    margin: 0;
    padding: 0;
  }
  h1 {
    font-size: 1.7em;
    font-weight: 600;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }
  header {
    display: grid;
    gap: 8px;
  }
  .title-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-inline-start: auto;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 16px;
  }
  .progress {
    width: 100%;
    height: 4px;
    border-radius: 2px;
    background: var(--track);
  }
  .notice {
    padding: 6px 10px;
    border: 1px solid var(--vscode-inputValidation-warningBorder, var(--line));
    background: var(--vscode-inputValidation-warningBackground, transparent);
    color: var(--vscode-inputValidation-warningForeground, inherit);
  }
  .phases ol {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    list-style: none;
  }
  .step {
    display: grid;
    align-content: start;
    gap: 2px;
    padding-inline-end: 16px;
  }
  .step h2 {
    font-size: 1em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .step p {
    color: var(--muted);
    overflow-wrap: anywhere;
  }
  .step.waiting h2,
  .step.skipped h2 {
    color: var(--muted);
    font-weight: normal;
  }
  .marker {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-end: 4px;
    margin-inline-end: -10px;
  }
  .step:not(:last-child) .marker::after {
    content: '';
    flex: 1;
    height: 0;
    border-top: 2px solid var(--track);
  }
  .step.done:not(:last-child) .marker::after {
    border-color: var(--vscode-testing-iconPassed);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--muted);
  }
  .empty {
    color: var(--muted);
    max-width: 70ch;
  }
  @media (max-width: 620px) {
    .phases ol {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      row-gap: 12px;
    }
    .step:nth-child(2) .marker::after {
      visibility: hidden;
    }
  }
`;

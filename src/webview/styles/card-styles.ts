import { css } from 'lit';

/** Styles of the sections and their content. */
export const cardStyles = css`
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
    gap: 16px;
  }
  .card {
    display: grid;
    align-content: start;
    gap: 8px;
    min-width: 0;
    padding: 12px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .card.metrics,
  .card.tasks,
  .card.workflow {
    grid-column: 1 / -1;
  }
  .card > h2 {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 1em;
    font-weight: 600;
  }
  h3 {
    font-size: 1em;
    font-weight: 600;
  }
  .heading-row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  .plain {
    display: grid;
    gap: 4px;
    list-style: none;
  }
  .plain li {
    display: flex;
    gap: 6px;
    overflow-wrap: anywhere;
  }
  .plain .icon {
    margin-block-start: 1px;
  }
  .message {
    display: block;
    color: var(--muted);
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.92em;
    white-space: pre-wrap;
  }
  .id {
    font-weight: 600;
    white-space: nowrap;
  }
  pre,
  code {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
  }
  pre {
    padding: 8px 10px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: var(--radius);
    background: var(--vscode-textCodeBlock-background);
    overflow-x: auto;
  }
  @media (max-width: 820px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;

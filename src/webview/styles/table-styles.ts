import { css } from 'lit';

/** Styles of the tables of tasks and tests. */
export const tableStyles = css`
  .scroller {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 12px 4px 0;
    text-align: start;
    vertical-align: top;
    font-weight: normal;
  }
  thead th {
    color: var(--muted);
    font-size: 0.92em;
    white-space: nowrap;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  tbody tr.details {
    border-top: 0;
  }
  tbody tr.task:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .number {
    white-space: nowrap;
  }
  /* Two rows of actions need less space than the reason beside them. */
  .actions {
    min-width: 20ch;
  }
  .actions > * {
    margin-inline-end: 8px;
    white-space: nowrap;
  }
  th.task {
    min-width: 20ch;
    overflow-wrap: break-word;
  }
  .now {
    min-width: 20ch;
    overflow-wrap: anywhere;
  }
  tr.task > .now {
    color: var(--muted);
  }
  .clamped {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .more {
    display: flex;
    gap: 8px;
    align-items: center;
    margin-top: 8px;
  }
  .tests table,
  .metrics table {
    justify-self: start;
    width: auto;
  }
  .tests th,
  .tests td,
  .metrics th,
  .metrics td {
    padding-inline-end: 20px;
  }
  /* Of a theme's two reds, the one that is legible as text. */
  .reason {
    color: var(--vscode-list-errorForeground, var(--vscode-errorForeground));
  }
  .cancelled .title {
    text-decoration: line-through;
  }
  .details td {
    padding-block: 0 10px;
    padding-inline-start: 22px;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(9em, max-content) minmax(0, 1fr);
    gap: 3px 16px;
  }
  dt {
    color: var(--muted);
  }
  dd {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .evidence {
    display: grid;
    gap: 2px;
    list-style: none;
    white-space: normal;
  }
  .evidence li {
    display: flex;
    gap: 6px;
  }
  .evidence .output {
    margin: 4px 0;
    max-height: 14em;
    overflow: auto;
    font-family: var(--vscode-editor-font-family, monospace);
    white-space: pre-wrap;
  }
  /* The details of a row show these columns too. */
  @media (max-width: 820px) {
    .minor {
      display: none;
    }
  }
  /* Too narrow for columns: each task becomes a small block, with its reason as wide as the panel. */
  @media (max-width: 620px) {
    .metrics thead {
      display: none;
    }
    .tasks thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tr.task {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto auto;
      column-gap: 10px;
      padding-block: 4px;
    }
    tr.task > * {
      min-width: 0;
      padding: 0;
    }
    tr.task > .number {
      grid-row: 1;
      grid-column: 3;
    }
    tr.task > .now,
    tr.task > .actions {
      grid-column: 1 / -1;
      padding-inline-start: 22px;
    }
    tr.measured {
      display: flex;
      flex-wrap: wrap;
      column-gap: 12px;
      padding-block: 4px;
    }
    tr.measured > * {
      padding: 0;
    }
    tr.measured > th {
      flex-basis: 100%;
      overflow-wrap: anywhere;
    }
    tr.measured > td::before {
      content: attr(data-column) ' ';
      color: var(--muted);
    }
    tr.details,
    tr.details > td {
      display: block;
    }
    .tests th,
    .tests td,
    .metrics th,
    .metrics td {
      padding-inline-end: 10px;
    }
    dl {
      grid-template-columns: minmax(6em, max-content) minmax(0, 1fr);
    }
  }
`;

import { css } from 'lit';

/** The tables of tasks and of tests. */
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
  .number,
  .actions {
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
  .tests table {
    justify-self: start;
    width: auto;
  }
  .tests th,
  .tests td {
    padding-inline-end: 20px;
  }
  .reason {
    color: var(--vscode-errorForeground);
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
  /* The details of a row say these too. */
  @media (max-width: 820px) {
    .minor {
      display: none;
    }
  }
  @media (max-width: 620px) {
    .now {
      min-width: 14ch;
    }
    th.task {
      min-width: 13ch;
    }
    .tasks th,
    .tasks td {
      padding-inline-end: 8px;
    }
    .status .word {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .actions > button {
      display: block;
    }
  }
`;

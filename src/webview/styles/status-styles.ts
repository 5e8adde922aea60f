import { css } from 'lit';

/** Styles of the icons, and the status colours of VS Code's own views. */
export const statusStyles = css`
  .icon {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon .filled {
    fill: currentcolor;
    stroke: none;
  }
  .icon .cut {
    stroke: var(--vscode-editor-background);
    stroke-width: 1.6;
  }
  .icon .faint {
    opacity: 0.4;
  }
  .icon .spins {
    transform-origin: 8px 8px;
    animation: spin 1.2s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(360deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .icon .spins {
      animation: none;
    }
  }
  .vscode-reduce-motion .icon .spins {
    animation: none;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }
  .icon.pending,
  .icon.waiting {
    color: var(--vscode-testing-iconUnset);
  }
  .icon.queued {
    color: var(--vscode-testing-iconQueued);
  }
  .icon.blocked {
    color: var(--vscode-testing-iconSkipped);
  }
  .icon.running,
  .icon.stopping {
    color: var(--vscode-charts-blue);
  }
  .icon.needs_you,
  .icon.proven {
    color: var(--vscode-charts-yellow);
  }
  .icon.throttled,
  .icon.backing_off {
    color: var(--vscode-charts-orange);
  }
  .icon.completed {
    color: var(--vscode-testing-iconPassed);
  }
  .icon.failed {
    color: var(--vscode-testing-iconFailed);
  }
  .icon.cancelled {
    color: var(--vscode-disabledForeground);
  }
  .icon.warning {
    color: var(--vscode-editorWarning-foreground);
  }
  .progress .completed {
    fill: var(--vscode-testing-iconPassed);
  }
  .progress .running {
    fill: var(--vscode-charts-blue);
  }
  .progress .failed {
    fill: var(--vscode-testing-iconFailed);
  }
  .progress .blocked,
  .progress .cancelled {
    fill: var(--vscode-testing-iconSkipped);
  }
`;

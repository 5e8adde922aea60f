import { css } from 'lit';

/** Styles of lanes and bars. A bar's outline shows its state too, so that it does not depend on colour alone. */
export const timelineStyles = css`
  .lanes {
    display: grid;
    gap: 4px;
  }
  .lane {
    position: relative;
    height: 22px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-foreground) 6%, transparent);
    overflow: hidden;
  }
  .bar {
    position: absolute;
    inset-block: 0;
    min-width: 2px;
    border: 1px solid var(--bar);
    border-inline-end-color: var(--vscode-editor-background);
    border-radius: 2px;
    background: color-mix(in srgb, var(--bar) 35%, transparent);
    overflow: hidden;
    --bar: var(--vscode-testing-iconQueued);
  }
  .bar-label {
    position: absolute;
    inset-inline-start: 5px;
    line-height: 20px;
    white-space: nowrap;
  }
  .bar.running,
  .bar.stopping {
    --bar: var(--vscode-charts-blue);
    border-inline-end-width: 3px;
    border-inline-end-color: var(--bar);
  }
  .bar.completed {
    --bar: var(--vscode-testing-iconPassed);
  }
  .bar.proven,
  .bar.needs_you {
    --bar: var(--vscode-charts-yellow);
  }
  .bar.failed {
    --bar: var(--vscode-testing-iconFailed);
    border-style: double;
    border-width: 3px;
  }
  .bar.failed .bar-label {
    line-height: 16px;
  }
  .bar.throttled,
  .bar.backing_off,
  .bar.due {
    --bar: var(--vscode-charts-orange);
  }
  .bar.due {
    border-style: dashed;
    background: none;
  }
  .bar.cancelled {
    --bar: var(--vscode-disabledForeground);
    border-style: dotted;
  }
  .ticks {
    position: relative;
    height: 1.4em;
    color: var(--muted);
    font-size: 0.9em;
  }
  .tick {
    position: absolute;
    padding-inline-start: 4px;
    border-inline-start: 1px solid var(--line);
  }
`;

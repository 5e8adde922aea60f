import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../../../src/shared/manifest.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { run } from '../../support/integration/fake.ts';
import { openGroup } from '../../support/integration/runs.ts';
import { Collector } from '../../support/metrics/collector.ts';
import { eventually } from '../../support/vscode/verbs/eventually.ts';

describe('telemetry from VS Code', () => {
  const extension = useExtension();
  let collector: Collector;
  const point = (endpoint: string | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration(SETTINGS_SECTION)
      .update(SETTINGS.telemetryEndpoint, endpoint, vscode.ConfigurationTarget.Global);

  before(async () => {
    collector = await Collector.start();
  });
  after(async () => {
    await point(undefined);
    await collector.stop();
  });

  it('goes to the collector of the setting, and only while it is set', async () => {
    const plan = (name: string): string => `- [ ] T1 [P:Group-${name}] Work\n  ${run('print=1')}\n`;
    const quiet = await openGroup(
      extension.windowModel,
      'telemetry.tasks.md',
      'quiet',
      plan('quiet'),
    );
    await quiet.runToEnd();
    assert.equal(collector.requests, 0);

    await point(collector.endpoint);
    const told = await openGroup(extension.windowModel, 'telemetry.tasks.md', 'told', plan('told'));
    const { run: ended } = await told.runToEnd();
    assert.equal(ended?.metrics.total.attempts, 1);
    await eventually('the whole trace', () =>
      Promise.resolve(collector.spans.some(({ parent }) => parent === undefined)),
    );
    assert.deepEqual(collector.spans.map(({ name }) => name).sort(), [
      'invoke_workflow told',
      'run T1',
      'task T1',
    ]);
  });
});

import { strict as assert } from 'node:assert';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser } from '../support/vscode/browser.ts';
import { buildPanel, type OpenPanel, openPanel } from '../support/webview/open-panel.ts';
import { SAMPLES } from '../support/webview/samples.ts';
import { THEMES } from '../support/webview/themes.ts';
import {
  endedRun,
  groupView,
  launched,
  runView,
  snapshotOf,
  taskView,
  testsView,
} from '../support/webview/views.ts';

const { running, failed, fresh, empty } = SAMPLES;

describe('the status panel’s page', () => {
  let browser: Browser;
  let program: string;
  let panel: OpenPanel;
  const button = (name: string): Locator => panel.page.getByRole('button', { name, exact: true });
  const status = (): Locator => panel.page.getByRole('status');
  const section = (name: string): Locator =>
    panel.page.getByRole('region', { name: new RegExp(`^${name}`) });

  before(async () => {
    [browser, program] = await Promise.all([launchBrowser(), buildPanel()]);
  });
  after(() => browser.close());
  beforeEach(async () => {
    panel = await openPanel(browser, program, THEMES.dark);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.page.close();
  });

  it('says that it is there, and what it showed last', async () => {
    assert.deepEqual(await panel.takePosted(), [{ type: 'ready', group: null }]);
    await panel.send(running);
    await panel.page.getByRole('heading', { level: 1, name: 'auth' }).waitFor();
    await panel.page.reload();
    assert.deepEqual(await panel.takePosted(), [{ type: 'ready', group: 'tasks.md#auth' }]);
  });

  it('draws nothing from a message of another version or sender', async () => {
    await panel.send({ ...running, version: 0 });
    await panel.send({ type: 'other' });
    await panel.send(empty);
    await panel.page.getByRole('heading', { name: 'Parallel Groups' }).waitFor();
    assert.equal(await panel.page.getByText('auth').count(), 0);
  });

  it('speaks the language of VS Code where a translation is known, and English elsewhere', async () => {
    const translated = await openPanel(browser, program, THEMES.dark, {
      Blocked: 'Blockiert',
      'Show {0} more': '</script> {0} weitere',
    });
    await translated.send(running);
    await translated.page.getByRole('heading', { level: 2, name: 'Blockiert' }).waitFor();
    await translated.page.getByRole('heading', { level: 2, name: 'Timeline' }).waitFor();
    assert.deepEqual(translated.complaints, []);
    await translated.page.close();
  });

  it('shows the text of a task as text', async () => {
    const title = '<img src=x onerror="document.title=1"> <b>bold</b>';
    await panel.send(snapshotOf(groupView([taskView('T1', { title })]), 0));
    await panel.page.getByText(title).waitFor();
    assert.equal(await panel.page.locator('img, b').count(), 0);
  });

  it('has the tasks in a table, and opens one to its evidence', async () => {
    await panel.send(running);
    const row = panel.page.getByRole('row', { name: /T012/ });
    await row.getByRole('cell', { name: 'Completed' }).waitFor();
    const toggle = panel.page.getByRole('button', { name: 'T012 Create User model' });
    assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
    await toggle.press('Enter');
    await panel.page.getByText('Changes: 2 files changed').waitFor();
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  });

  it('tells how often, how fast and for how much each agent and subagent works', async () => {
    await panel.send(running);
    await section('Metrics').getByText('Nothing was measured yet.').waitFor();
    await panel.send(failed);
    const row = section('Metrics').getByRole('row', { name: /^claude/ });
    const cells = (await row.getByRole('cell').allTextContents()).map((cell) => cell.trim());
    assert.deepEqual(cells, [
      ...['7 (2 again)', '3 (50 %)', '2', '42 s', '1 min 35 s'],
      ...['1.2M in · 96.1k out', '$12.00'],
    ]);
    const rate = row.getByText('3 (50 %)');
    assert.equal(await rate.getAttribute('title'), '1 no evidence, 2 timeout');
    for (const name of [/^backend-architect/, /^this run/]) {
      await section('Metrics').getByRole('row', { name }).waitFor();
    }
  });

  it('keeps the focus and what is open when the state changes, and over a reload', async () => {
    await panel.send(running);
    const toggle = panel.page.getByRole('button', { name: /^T013/ });
    await toggle.press('Enter');
    await panel.send(failed);
    await panel.page.getByText('3 of 3').first().waitFor();
    assert.match((await panel.page.locator(':focus').textContent()) ?? '', /T013/);
    await panel.page.reload();
    await panel.send(failed);
    await panel.page.getByText('Changes: No file changed.').waitFor();
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  });

  it('gives the reason of a failure, and then what to do', async () => {
    await panel.send(failed);
    const row = panel.page.getByRole('row', { name: /T013/ });
    await row.getByText(/no file changed\. It stays open\.\s+Look at its output/).waitFor();
  });

  it('says of a suite that has not run whether it still will', async () => {
    const before = (run: ReturnType<typeof runView>): Promise<void> =>
      panel.send(snapshotOf(groupView([taskView('T1')], { run }), 60));
    const row = (name: string): Locator => section('Tests').getByRole('row', { name });
    await before(runView({ baseline: testsView(), tests: null }));
    await row('After not yet').waitFor();
    const none = {
      status: 'none',
      command: null,
      total: null,
      passed: null,
      failed: null,
    } as const;
    await before(endedRun(60, { baseline: null, tests: testsView(none) }));
    await row('Before not run').waitFor();
    await row('After No tests').waitFor();
  });

  it('tells new failures of the suite from those that the run found there', async () => {
    const failures = ['login works', 'logout works'].map((name) => ({ name, message: '' }));
    const baseline = testsView({ status: 'failed', failures: failures.slice(0, 1) });
    const run = endedRun(60, { baseline, tests: testsView({ status: 'failed', failures }) });
    await panel.send(snapshotOf(groupView([taskView('T1')], { run }), 70));
    await section('Tests').getByText('login works failed before too').waitFor();
    await section('Tests').getByText('logout works new').waitFor();
  });

  it('asks the extension for what a person asks for', async () => {
    await panel.send(failed);
    await panel.takePosted();
    await button('Retry failed').click();
    await button('Show the terminal of T013').click();
    await button('Open T013 in its plan').click();
    await button('Open the output of T013').click();
    await button('Open the artifacts of T013').click();
    await button('Report').click();
    await button('Add the fix tasks to the plan').click();
    await button('Copy the proposed tasks').click();
    await panel.page.getByLabel('Group').selectOption('infra');
    const group = 'tasks.md#auth';
    const task = 'tasks.md#T013';
    assert.deepEqual(await panel.takePosted(), [
      { type: 'retry', group },
      { type: 'showTerminal', task },
      { type: 'openTask', task },
      { type: 'openLog', task },
      { type: 'openArtifacts', task },
      { type: 'openReport', group },
      { type: 'addFixTasks', group },
      { type: 'copyProposals', group },
      { type: 'select', group: 'tasks.md#infra' },
    ]);
  });

  it('refuses what cannot be done now, says why, and keeps the focus there', async () => {
    await panel.send(running);
    await button('Stop').click();
    await panel.send({ ...running, group: { ...running.group, canStop: false } });
    await panel.page.getByTitle('It is stopping already.').waitFor();
    await button('Stop').press('Enter');
    await button('Run').click({ force: true });
    const stop = { type: 'stop', group: 'tasks.md#auth' };
    assert.deepEqual((await panel.takePosted()).slice(1), [stop]);
    assert.match((await panel.page.locator(':focus').textContent()) ?? '', /^\s*Run\s*$/);
    await panel.send(fresh);
    await panel.page.getByText('Restricted Mode').waitFor();
    assert.match((await button('Run').getAttribute('title')) ?? '', /Restricted Mode/);
  });

  it('offers to resume a run that nobody coordinates', async () => {
    const run = runView({ holder: 'nobody' });
    await panel.send(snapshotOf(groupView([taskView('T1')], { run, canRun: false }), 60));
    await panel.page.getByText('Interrupted', { exact: true }).waitFor();
    await panel.page.getByText(/coordinated this run is gone\. Resume takes it over/).waitFor();
    await panel.takePosted();
    await button('Resume').click();
    assert.deepEqual(await panel.takePosted(), [{ type: 'resume', group: 'tasks.md#auth' }]);
  });

  it('says aloud what phase begins, who needs a person, and how it ended', async () => {
    const task = taskView('T1', { ...launched(5, null), appearance: 'running' });
    const begins = groupView([task], { run: runView({ phase: 'pre_execution' }) });
    await panel.send(snapshotOf(begins, 1));
    await panel.page.getByRole('heading', { level: 1, name: 'auth' }).waitFor();
    assert.equal(await status().textContent(), '');
    const asks = { ...task, appearance: 'needs_you' as const, detail: 'asks: Allow npm install?' };
    await panel.send(snapshotOf(groupView([asks], { run: runView() }), 9));
    await status()
      .getByText('Coordination & monitoring has started. T1 asks: Allow npm install?')
      .waitFor();
    const done = { ...task, status: 'completed' as const, appearance: 'completed' as const };
    const tests = testsView({ message: '12 tests passed, as before.' });
    const run = endedRun(60, { tests });
    await panel.send(snapshotOf(groupView([done], { run, status: 'completed' }), 60));
    await status()
      .getByText('auth: Completed. 1 of 1 task completed. 12 tests passed, as before.')
      .waitFor();
  });

  it('draws a long table in steps, with what is in progress always among it', async () => {
    const tasks = Array.from({ length: 10_000 }, (_, place) =>
      place === 9000
        ? taskView('late', { ...launched(5, null), status: 'in_progress', appearance: 'running' })
        : taskView(`T${place}`),
    );
    await panel.send(snapshotOf(groupView(tasks, { run: runView() }), 60));
    await panel.page.getByRole('button', { name: /^late/ }).waitFor();
    await panel.page.getByText('9799 tasks not shown').waitFor();
    assert.equal(await panel.page.getByRole('rowheader').count(), 201);
    await button('Show 200 more').press('Enter');
    await panel.page.getByText('9599 tasks not shown').waitFor();
    assert.equal(await panel.page.getByRole('rowheader').count(), 401);
    assert.match((await panel.page.locator(':focus').textContent()) ?? '', /T200/);
  });

  it('says in every empty section what would make it fill', async () => {
    await panel.send(fresh);
    await section('Timeline').getByText('Every task that is launched gets a bar').waitFor();
    await section('Blocked').getByText('None. A task stands here when').waitFor();
    await section('Tests').getByText('runs before and after').waitFor();
    await section('Problems').getByText('None. What is wrong').waitFor();
  });

  it('goes on counting while nothing is sent', async () => {
    await panel.send(running);
    await panel.page.getByText('1 min 12 s', { exact: true }).waitFor();
    await panel.page.getByText(/^1 min (?:1[3-9]|[2-5]\d) s$/).waitFor();
  });

  it('stands still for those who want less motion', async () => {
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    await panel.send(running);
    const spinner = panel.page.locator('.spins').first();
    await spinner.waitFor({ state: 'attached' });
    const animation = 'getComputedStyle(document.querySelector(".spins")).animationName';
    assert.equal(await panel.page.evaluate(animation), 'none');
  });

  it('needs no more width than a narrow column has', async () => {
    await panel.page.setViewportSize({ width: 400, height: 900 });
    await panel.send(failed);
    await panel.page.getByRole('heading', { level: 1 }).waitFor();
    const overflow = 'document.documentElement.scrollWidth - innerWidth';
    assert.equal(await panel.page.evaluate(overflow), 0);
    await panel.page.getByRole('button', { name: /^T013/ }).click();
    await panel.page.getByText('Changes: No file changed.').waitFor();
    // Scrolling sideways hides things as well as spilling over the edge of a card does.
    const spilling = `[...document.querySelectorAll('section *:not(.visually-hidden)')]
      .filter((each) => each.getBoundingClientRect().right > each.closest('section').getBoundingClientRect().right)
      .map((each) => each.className || each.localName)`;
    assert.deepEqual(await panel.page.evaluate(spilling), []);
    const reason = await panel.page
      .getByText('but no file changed. It stays open.')
      .first()
      .boundingBox();
    assert.ok(reason !== null && reason.width > 200, 'a reason has room to be read');
  });
});

import { setStage } from '../support/vscode/stage.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';
import { pressInlineAction } from '../support/vscode/verbs/view.ts';

const plan = `# Harbour

- [ ] 1.1 [P:Group-dock] Fill the basin
  \`run: node actor.js basin "end 0"\`
- [ ] 1.2 [P:Group-dock] Paint the crane
  \`run: node actor.js crane "say The paint is dry" "end 4"\`
- [ ] 1.3 [P:Group-dock] Load the ship
  \`run: node actor.js ship\`
`;

describe('what was given up', () => {
  const vscode = useVscode();

  it('is listed with its reason, tried again on its own, and gone once it is done or dismissed', async () => {
    const stage = await setStage(vscode, plan);
    const window = await vscode.openWorkbench(stage);
    const { page } = window;
    const dock = await showGroups(page, 'dock');
    await pressInlineAction(dock, 'Run Parallel Group');
    await answerDialog(page, 'dock wants to run', 'Run');

    await row(page, '1.3 Load the ship, running').waitFor();
    await stage.cue('ship', 'warn The hold is full', 'end 3');
    const ship = row(page, '1.3 Load the ship, given up', 'code 3', 'just now');
    await ship.waitFor();
    const crane = row(page, '1.2 Paint the crane, given up', 'code 4');
    await crane.waitFor();
    await toast(page, 'dock: 1 of 3 tasks proven, 2 failed.').waitFor();
    await window.screenshot('given up');

    await pressInlineAction(ship, 'Retry Given-Up Task');
    await row(page, '1.3 Load the ship, given up, is tried again').waitFor();
    // Only the one that was asked for.
    await row(page, '1.2 Paint the crane, given up', 'code 4').waitFor();
    await stage.cue('ship', 'end 0');
    await row(page, '1.3 Load the ship, completed').waitFor();
    await row(page, '1.3 Load the ship, given up').waitFor({ state: 'detached' });

    await pressInlineAction(crane, 'Dismiss Given-Up Task');
    await crane.waitFor({ state: 'detached' });
    const view = page.locator('.part.sidebar .pane-header', { hasText: /given up/i });
    await view.waitFor({ state: 'detached' });
  });
});

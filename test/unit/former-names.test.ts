import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/vscode/paths.ts';

/** Names that the glossary of docs/architecture.md replaces. */
const FORMER = [
  ...['AgentDesk', 'AgentNotes', 'AgentNotesKeeper', 'AgentWatch', 'GroupSlot', 'GroupSlots'],
  ...['HeldRun', 'RunKeeper', 'BlackboardKeeper', 'DeadLetterKeeper', 'ArtifactKeeper'],
  ...['Lane', 'Stake', 'sentFor', 'parkHeads', 'WindowShares', 'MemoryBrake', 'Fate', 'Tally'],
  ...['voided', 'spokenFor', 'PersonsWord', 'whyNot', 'Obstacle', 'takeUp', 'Prover', 'RunPlan'],
  ...['AgentPlan', 'CheckPlan', 'planAgent', 'HostLauncher', 'seeThrough', 'LOOKS', 'Qualifier'],
];
const PATTERN = new RegExp(`\\b(?:${FORMER.join('|')})\\b`, 'g');
const EVENTS = /'(?:provider\.told|breaker\.told|policy\.spoke|proof\.asked|proof\.given)'/g;

describe('names that the glossary replaced', () => {
  it('are in no source, neither as names nor as events of the journal', () => {
    const found = globSync('src/**/*.ts', { cwd: repository }).flatMap((file) => {
      const text = readFileSync(path.join(repository, file), 'utf8');
      const names = [...(text.match(PATTERN) ?? []), ...(text.match(EVENTS) ?? [])];
      return names.map((name) => `${file}: ${name}`);
    });
    assert.deepEqual(found, []);
  });
});

import { describeAgent } from '../../support/model-server/agent-suite.ts';
import { codex } from '../../support/model-server/clients/codex.ts';

describeAgent({
  client: codex,
  asksAgain: false,
  drops: 1,
  // What its sandbox refuses leaves no trace in its events.
  forbidden: null,
  limitSeconds: 8,
});

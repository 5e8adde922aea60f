import { describeAgent } from '../../support/model-server/agent-suite.ts';
import { copilot } from '../../support/model-server/clients/copilot.ts';

describeAgent({
  client: copilot,
  asksAgain: true,
  drops: 1,
  // All of its tools are allowed, and the temporary folder, where the tests are, is its own.
  forbidden: null,
  limitSeconds: 8,
});

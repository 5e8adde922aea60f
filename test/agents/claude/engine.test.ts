import { describeAgent } from '../../support/model-server/agent-suite.ts';
import { claude } from '../../support/model-server/clients/claude.ts';

describeAgent({
  client: claude,
  asksAgain: false,
  drops: 2,
  forbidden: (outside) => ({ do: 'bash', command: `mkdir ${outside}` }),
  limitSeconds: 8,
});

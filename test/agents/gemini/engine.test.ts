import { describeAgent } from '../../support/model-server/agent-suite.ts';
import { gemini } from '../../support/model-server/clients/gemini.ts';

describeAgent({
  client: gemini,
  asksAgain: false,
  drops: 1,
  forbidden: (outside) => ({ do: 'bash', command: `mkdir ${outside}` }),
  limitSeconds: 8,
});

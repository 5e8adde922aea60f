import { describeAgent } from '../../support/model-server/agent-suite.ts';
import { opencode } from '../../support/model-server/clients/opencode.ts';

describeAgent({
  client: opencode,
  asksAgain: true,
  drops: 1,
  forbidden: (outside) => ({ do: 'write', file: outside, text: 'a\n' }),
  limitSeconds: 8,
});

/**
 * Every id that package.json and the code must agree on, once. `test/unit/shared/manifest.test.ts` compares them with
 * package.json.
 */
export const EXTENSION_ID = 'parallel-groups.parallel-groups';

export const COMMANDS = {
  runGroup: 'parallelGroups.runGroup',
  runPlan: 'parallelGroups.runPlan',
  runAll: 'parallelGroups.runAll',
  runWorkflow: 'parallelGroups.runWorkflow',
  runAgentOnFiles: 'parallelGroups.runAgentOnFiles',
  stopGroup: 'parallelGroups.stopGroup',
  stopAll: 'parallelGroups.stopAll',
  retryFailed: 'parallelGroups.retryFailed',
  resumeGroup: 'parallelGroups.resumeGroup',
  openTask: 'parallelGroups.openTask',
  showTerminal: 'parallelGroups.showTerminal',
  showOutput: 'parallelGroups.showOutput',
  previewPrompt: 'parallelGroups.previewPrompt',
  openArtifacts: 'parallelGroups.openArtifacts',
  openReport: 'parallelGroups.openReport',
  addFixTasks: 'parallelGroups.addFixTasks',
  refresh: 'parallelGroups.refresh',
  showStatusPanel: 'parallelGroups.showStatusPanel',
  groupStatus: 'parallelGroups.groupStatus',
  showSources: 'parallelGroups.showSources',
  viewByGroup: 'parallelGroups.viewByGroup',
  viewByGroupChecked: 'parallelGroups.viewByGroupChecked',
  viewBySource: 'parallelGroups.viewBySource',
  viewBySourceChecked: 'parallelGroups.viewBySourceChecked',
  viewBySubagent: 'parallelGroups.viewBySubagent',
  viewBySubagentChecked: 'parallelGroups.viewBySubagentChecked',
  toggleWaves: 'parallelGroups.toggleWaves',
  toggleWavesChecked: 'parallelGroups.toggleWavesChecked',
  filter: 'parallelGroups.filter',
  clearFilter: 'parallelGroups.clearFilter',
  chooseTasks: 'parallelGroups.chooseTasks',
  endChoosing: 'parallelGroups.endChoosing',
  runChosen: 'parallelGroups.runChosen',
  toggleChosen: 'parallelGroups.toggleChosen',
  closeTask: 'parallelGroups.closeTask',
  whyNotRunning: 'parallelGroups.whyNotRunning',
  allowTask: 'parallelGroups.allowTask',
  refuseTask: 'parallelGroups.refuseTask',
  nudgeTask: 'parallelGroups.nudgeTask',
  stopTask: 'parallelGroups.stopTask',
  showChanges: 'parallelGroups.showChanges',
  openSession: 'parallelGroups.openSession',
  sayProven: 'parallelGroups.sayProven',
  sayNotProven: 'parallelGroups.sayNotProven',
  addToGroup: 'parallelGroups.addToGroup',
  removeFromGroup: 'parallelGroups.removeFromGroup',
  newGroup: 'parallelGroups.newGroup',
  showLog: 'parallelGroups.showLog',
  retryGivenUp: 'parallelGroups.retryGivenUp',
  retryAllGivenUp: 'parallelGroups.retryAllGivenUp',
  dismissGivenUp: 'parallelGroups.dismissGivenUp',
  unregisterAgent: 'parallelGroups.unregisterAgent',
  registerAgentAgain: 'parallelGroups.registerAgentAgain',
  checkAgent: 'parallelGroups.checkAgent',
  resetBreaker: 'parallelGroups.resetBreaker',
  openAgentDefinition: 'parallelGroups.openAgentDefinition',
  setUpAgents: 'parallelGroups.setUpAgents',
  findAgents: 'parallelGroups.findAgents',
  chooseDefaultAgent: 'parallelGroups.chooseDefaultAgent',
  testAgent: 'parallelGroups.testAgent',
  setTestCommand: 'parallelGroups.setTestCommand',
} as const;
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = {
  container: 'parallelGroups',
  groups: 'parallelGroups.groups',
  givenUp: 'parallelGroups.givenUp',
  agents: 'parallelGroups.agents',
  panel: 'parallelGroups.statusPanel',
} as const;

/** The walkthrough that sets agents up. */
export const WALKTHROUGH = 'setup';

/** Keys used in `when` clauses. */
export const CONTEXT_KEYS = {
  running: 'parallelGroups.running',
  hasGroups: 'parallelGroups.hasGroups',
  canRun: 'parallelGroups.canRun',
  canRetry: 'parallelGroups.canRetry',
  state: 'parallelGroups.state',
  planFiles: 'parallelGroups.planFiles',
  isPlanEditor: 'parallelGroups.isPlanEditor',
  view: 'parallelGroups.view',
  waves: 'parallelGroups.waves',
  filtered: 'parallelGroups.filtered',
  hasGivenUp: 'parallelGroups.hasGivenUp',
  agentFound: 'parallelGroups.agentFound',
  agentTested: 'parallelGroups.agentTested',
} as const;

export const SETTINGS_SECTION = 'parallelGroups';
export const SETTINGS = {
  maxConcurrent: 'maxConcurrent',
  conflicts: 'conflicts',
  interactive: 'interactive',
  agent: 'agent',
  agents: 'agents',
  maxRetries: 'maxRetries',
  retryDelayMs: 'retryDelayMs',
  timeoutSeconds: 'timeoutSeconds',
  claudePath: 'claudePath',
  agentPaths: 'agentPaths',
  prices: 'prices',
  bdPath: 'bdPath',
  sourcesInclude: 'sources.include',
  sourcesExclude: 'sources.exclude',
  testCommand: 'test.command',
  testTimeoutSeconds: 'test.timeoutSeconds',
  contextRefreshCommand: 'contextRefresh.command',
  contextRefreshTimeoutSeconds: 'contextRefresh.timeoutSeconds',
  telemetryEndpoint: 'telemetry.endpoint',
  telemetryContent: 'telemetry.content',
} as const;

/** State directory in the workspace. */
export const STATE_DIRECTORY = '.parallel-groups';
/** Configuration file in the workspace root. */
export const CONFIG_FILE = 'parallel-groups.json';

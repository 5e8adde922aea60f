// The folders of the rooms without a run in progress; see inside-rooms.cjs.
'use strict';

module.exports = {
  shared: {
    '.': [[], 'Results, ids and failures know nothing of the product.'],
    'view-models': [['.'], 'What a view shows is data: it is built elsewhere.'],
    words: [['.', 'view-models'], 'Words describe values, so they may know every value here.'],
  },
  coordinator: {
    schema: [
      [],
      'Every shape on disk stands alone: reading a file does not need the rules behind it.',
    ],
    messages: [['schema', 'run/state'], 'The bus carries facts; it decides nothing.'],
    metrics: [['schema'], 'Metrics are a fold over events, so a replay counts the same.'],
    'run/state': [
      ['schema', 'metrics'],
      'The state is plain data; the rules that change it stand above it.',
    ],
    'run/agents': [
      ['schema', 'run/state'],
      'Breakers and windows look at the state, never at transitions.',
    ],
    'run/queue': [
      ['schema', 'run/state'],
      'Queues and locks order tasks, never change what became of them.',
    ],
    'run/transition': [
      ['schema', 'run/state', 'run/agents', 'run/queue'],
      'A change of status updates every index in one place.',
    ],
    'run/failure': [
      ['schema', 'run/state', 'run/transition'],
      'The failure table answers; evolve acts on it.',
    ],
    blackboard: [['schema', 'run/state'], 'The blackboard is read from a state and changes none.'],
    run: [
      [
        'schema',
        'metrics',
        'run/state',
        'run/agents',
        'run/queue',
        'run/transition',
        'run/failure',
        'blackboard',
      ],
      'The two doors, decide and evolve, are the only way into the folders of a run.',
    ],
    agents: [
      ['schema', 'run/state', 'run/transition', 'blackboard'],
      'Dispatch works without a run in progress.',
    ],
    'plan/markers': [['schema'], 'Markers are read from one text, without the rest of the plan.'],
    'plan/graph': [['schema'], 'Graph algorithms know tasks, not where they come from.'],
    'plan/conflicts': [
      ['schema', 'plan/graph'],
      'Overlaps depend on what the graph already orders.',
    ],
    plan: [
      ['schema', 'plan/markers', 'plan/graph', 'plan/conflicts', 'run/state', 'run/transition'],
      'A plan may read learned durations from runs; no run reads a plan.',
    ],
    map: [['schema'], 'A map partitions units; it knows no run.'],
    workflow: [['schema'], 'A workflow follows its runs by events alone.'],
    projections: [
      [
        'schema',
        'metrics',
        'blackboard',
        'run',
        'run/state',
        'run/agents',
        'run/queue',
        'run/transition',
        'run/failure',
      ],
      'Views read everything and nothing reads a view.',
    ],
    'projections/group': [
      [
        'schema',
        'plan',
        'plan/graph',
        'projections',
        'run',
        'run/state',
        'run/queue',
        'run/transition',
      ],
      'What a window shows of one group, made from the projections of its run.',
    ],
  },
  system: {
    '.': [[], 'Files, programs and time.'],
    processes: [['.'], 'Process trees use the plain calls below them.'],
  },
  agents: {
    contract: [[], 'What every agent offers; an agent may not need another one.'],
    stream: [['contract'], 'Reading an event stream is the same for all agents.'],
    claude: [['contract', 'stream'], 'An agent is one folder: removing it breaks no other agent.'],
    codex: [['contract', 'stream'], 'An agent is one folder: removing it breaks no other agent.'],
    copilot: [['contract', 'stream'], 'An agent is one folder: removing it breaks no other agent.'],
    gemini: [['contract', 'stream'], 'An agent is one folder: removing it breaks no other agent.'],
    opencode: [
      ['contract', 'stream'],
      'An agent is one folder: removing it breaks no other agent.',
    ],
    '.': [
      ['contract', 'stream', 'claude', 'codex', 'copilot', 'gemini', 'opencode'],
      'The registry is the only place that knows all agents.',
    ],
    definitions: [['.', 'contract'], 'Definition files of subagents name agents by the registry.'],
  },
  store: {
    files: [[], 'Reading and watching single files.'],
    directories: [['files'], 'Where things are, not what is in them.'],
    artifacts: [['files', 'directories'], 'Files for people; no other folder depends on them.'],
    attempts: [
      ['files', 'directories'],
      'The protocol between coordinator and runner; the runner needs nothing else.',
    ],
    journal: [
      ['files', 'directories'],
      'The truth must be readable without locks and projections.',
    ],
    lock: [['files', 'directories', 'attempts'], 'The lock asks which epoch the attempts saw.'],
    metadata: [
      ['files', 'directories'],
      'A projection for tools, written by the holder of the lock.',
    ],
    projections: [
      ['files', 'directories', 'attempts'],
      'Small files that can be made again from journals.',
    ],
    requests: [['files', 'directories'], 'Other processes ask here; the holder answers.'],
    user: [['files'], "The user's own storage knows no workspace files."],
    workflow: [['files', 'directories', 'journal'], 'A workflow keeps a journal of its own.'],
  },
  tasks: {
    format: [
      [],
      'The contract of a plan format; formats depend on it, never on one another by chance.',
    ],
    'markdown/inline': [['format'], 'Spans within a line.'],
    'markdown/items': [['format', 'markdown/inline'], 'Checklist items of one file.'],
    markdown: [['format', 'markdown/inline', 'markdown/items'], 'The general Markdown format.'],
    json: [['format', 'markdown/inline'], 'Descriptions inside JSON are Markdown.'],
    openspec: [
      ['format', 'markdown', 'markdown/inline', 'markdown/items'],
      'A Markdown format with its own rules.',
    ],
    'spec-kit': [
      ['format', 'markdown', 'markdown/inline', 'markdown/items'],
      'A Markdown format with its own rules.',
    ],
    ccpm: [['format', 'markdown/inline', 'json'], 'Front matter above Markdown.'],
    taskmaster: [['format', 'json'], 'A JSON format with its own rules.'],
    read: [
      ['format', 'markdown', 'json', 'openspec', 'spec-kit', 'ccpm', 'taskmaster'],
      'The list of formats is the only place that knows all of them.',
    ],
    'beads/issues': [['format', 'json'], 'Issues are data; running bd stands above them.'],
    'beads/bd': [['format', 'beads/issues'], 'Runs bd and reads what it prints.'],
    beads: [['format', 'read', 'beads/bd', 'beads/issues'], 'A plan that a program keeps.'],
    plans: [['format', 'read', 'beads'], 'Every plan of a workspace, files and programs alike.'],
    'plan-edits': [
      ['format', 'read', 'json'],
      'Edits work on the text in an editor, not on the workspace.',
    ],
    '.': [['plan-edits'], 'What the editor uses of the edits.'],
    write: [
      ['format', 'read', 'plans', 'plan-edits'],
      'Writing back needs the plan as it was read.',
    ],
  },
  verification: {
    git: [[], 'Calls git; knows no run.'],
    'suites/reports': [[], 'Reports of test runners that programs write.'],
    'suites/output': [['suites/reports'], 'Output of test runners that people read.'],
    suites: [['suites/reports', 'suites/output'], 'The result of a suite, from output or report.'],
    worktree: [['git'], 'The state of the files, compared before and after.'],
    summary: [['git'], 'The built-in context refresh.'],
    evidence: [[], 'Judges facts that others collected.'],
    'detect-tests': [[], 'Reads manifests; runs nothing.'],
  },
};

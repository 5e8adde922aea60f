// Which room of src/ may import which (docs/architecture.md). Type-only imports count: a type that
// a room may not know is a dependency too. `test/process/tools/layers/` proves that each rule bites.

const insideRooms = require('./tools/layers/inside-rooms.cjs');

const core = ['shared', 'coordinator'];
const services = ['tasks', 'agents', 'store', 'verification'];
const engine = [...core, 'system', ...services];
const host = [...engine, 'engine'];

/** Room → the other rooms that it may import. */
const mayImport = {
  shared: [],
  coordinator: ['shared'],
  system: core,
  tasks: [...core, 'system'],
  agents: [...core, 'system'],
  store: [...core, 'system'],
  verification: [...core, 'system'],
  runner: engine,
  engine,
  cli: [...engine, 'engine', 'runner'],
  host,
  terminals: [...host, 'host'],
  views: [...host, 'host'],
  webview: ['shared'],
};

const anyOf = (names) => `(${names.join('|')})`;

function roomRule([room, others]) {
  return {
    name: `room-${room}`,
    comment: `src/${room}/ may import ${others.join(', ') || 'no other room'}.`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: `^src/${anyOf([room, ...others])}/` },
  };
}

const pathOf = (room, folder) => (folder === '.' ? `src/${room}` : `src/${room}/${folder}`);
const filesOf = (room, folders) =>
  `^${anyOf(folders.map((folder) => pathOf(room, folder)))}/[^/]+$`;

/** A folder may import its own files, those below it in the table, and other rooms as the rules above say. */
function folderRules([room, folders]) {
  return Object.entries(folders).map(([folder, [others, why]]) => ({
    name: `folder-${room}-${folder}`,
    comment: `${pathOf(room, folder)}/ may import ${others.join(', ') || 'no other folder'} of ${room}. ${why}`,
    severity: 'error',
    from: { path: filesOf(room, [folder]) },
    to: { path: `^src/${room}/`, pathNot: filesOf(room, [folder, ...others]) },
  }));
}

function knownFoldersRule([room, folders]) {
  return {
    name: `known-folders-${room}`,
    comment: `A new folder of src/${room}/ needs a line in tools/layers/ first, then: node tools/docs/folder-list.ts`,
    severity: 'error',
    from: { path: `^src/${room}/`, pathNot: filesOf(room, Object.keys(folders)) },
    to: {},
  };
}

const vscode = '(^|node_modules/@types/)vscode($|/)';

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(roomRule),
    ...Object.entries(insideRooms).flatMap(folderRules),
    ...Object.entries(insideRooms).map(knownFoldersRule),
    {
      name: 'known-rooms-only',
      comment: 'A new folder under src/ needs a place in the order of rooms first.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/${anyOf(Object.keys(mayImport))}/` },
      to: {},
    },
    {
      name: 'extension-wires-the-host',
      comment: 'The runner, the CLI and the webview are programs of their own.',
      severity: 'error',
      from: { path: '^src/extension\\.ts$' },
      to: { path: '^src/(runner|cli|webview)/' },
    },
    {
      name: 'nothing-imports-the-composition-root',
      severity: 'error',
      from: {},
      to: { path: '^src/extension\\.ts$' },
    },
    {
      name: 'vscode-at-the-edge',
      comment: 'Everything else must run under the CLI and in tests without an editor.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(extension\\.ts$|host/|terminals/|views/)' },
      to: { path: vscode },
    },
    {
      name: 'no-platform-in-the-core',
      comment: 'No clock, no I/O: a run must replay from its journal alone.',
      severity: 'error',
      from: { path: '^src/(shared|coordinator|webview)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'zod-alone-in-the-core',
      severity: 'error',
      from: { path: '^src/(shared|coordinator)/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'webview-libraries-stay-there',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/webview/' },
      to: { path: 'node_modules/(lit|@lit|lit-html|lit-element|@vscode-elements)/' },
    },
    {
      name: 'telemetry-libraries-stay-there',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/telemetry/' },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'telemetry-on-demand',
      comment: 'Its libraries are loaded only where a person named a collector.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: '^src/engine/telemetry/otlp-sink\\.ts$',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be followed cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};

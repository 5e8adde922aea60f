// Bundles the four programs of the extension into dist/, or with --outdir=<folder> elsewhere. --watch rebuilds on
// change, --production minifies and leaves the source maps out. --programs=cli,runner bundles only those.
const { existsSync, readdirSync, rmSync, statSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const chosen = process.argv
  .find((each) => each.startsWith('--programs='))
  ?.slice(11)
  .split(',');
const outdir = process.argv.find((each) => each.startsWith('--outdir='))?.slice(9) ?? 'dist';

/** Folder of the chunks that the extension loads on first use. */
const CHUNKS = 'extension';
/** The command line's own are beside it: what they find by their place is found from there too. */
const CLI_CHUNKS = 'cli-';

const node = {
  platform: 'node',
  target: 'node20',
  // Packages that ship both flavours resolve to the one without a runtime require.
  mainFields: ['module', 'main'],
};

// Bundled CommonJS dependencies call require(), which an ES module does not have.
const requireInEsm = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('\n');

const allPrograms = [
  {
    ...node,
    // What activation does not need is in chunks of its own, which load on first use.
    entryPoints: [{ in: 'src/extension.ts', out: 'extension' }],
    outfile: 'extension.mjs',
    format: 'esm',
    splitting: true,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    outExtension: { '.js': '.mjs' },
    banner: { js: requireInEsm },
    external: ['vscode'],
  },
  { ...node, entryPoints: ['src/runner/main.ts'], outfile: 'runner.js', format: 'cjs' },
  {
    ...node,
    // A command loads what it needs; telemetry's libraries only where a person has it sent somewhere.
    entryPoints: [{ in: 'src/cli/main.ts', out: 'cli' }],
    outfile: 'cli.mjs',
    format: 'esm',
    splitting: true,
    chunkNames: `${CLI_CHUNKS}[name]-[hash]`,
    outExtension: { '.js': '.mjs' },
    banner: { js: `#!/usr/bin/env node\n${requireInEsm}` },
  },
  {
    entryPoints: ['src/webview/main.ts'],
    outfile: 'webview.js',
    platform: 'browser',
    // The oldest supported VS Code is built on Chromium 142.
    target: 'chrome142',
    format: 'esm',
    tsconfig: 'src/webview/tsconfig.json',
  },
];

const programs = allPrograms.filter(
  ({ outfile }) => chosen === undefined || chosen.includes(path.parse(outfile).name),
);

function optionsOf({ outfile, ...program }) {
  // With chunks there are several files, and esbuild wants the folder.
  const out = program.splitting ? { outdir } : { outfile: path.join(outdir, outfile) };
  return {
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    // Class and function names appear in errors and in the log.
    keepNames: production,
    legalComments: 'none',
    logLevel: 'info',
    absWorkingDir: __dirname,
    ...program,
    ...out,
  };
}

async function buildAll() {
  const options = programs.map(optionsOf);
  // Chunks are named for what is in them: old ones would stay beside the new.
  const out = path.resolve(__dirname, outdir);
  rmSync(path.join(out, CHUNKS), { recursive: true, force: true });
  for (const name of existsSync(out) ? readdirSync(out) : []) {
    if (name.startsWith(CLI_CHUNKS)) {
      rmSync(path.join(out, name));
    }
  }
  if (watch) {
    const contexts = await Promise.all(options.map((each) => esbuild.context(each)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.allSettled(options.map((each) => esbuild.build(each)));
  for (const { outfile } of programs) {
    const file = path.resolve(__dirname, outdir, outfile);
    if (existsSync(file)) {
      console.log(`${outfile}  ${(statSync(file).size / 1024).toFixed(0)} KiB`);
    }
  }
  // esbuild has printed the errors themselves.
  if (results.some((result) => result.status === 'rejected')) {
    process.exitCode = 1;
  }
}

void buildAll();

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { AGENTS } from '../../../src/agents/registry.ts';
import { adapterSchema } from '../../../src/coordinator/schema/attempt.ts';
import { ADAPTERS, BUILT_IN_AGENTS, type BuiltInAgent } from '../../../src/shared/agent-ids.ts';
import { readManifest } from '../../support/manifest.ts';
import { CLIENTS } from '../../support/model-server/clients/all.ts';

const place = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(place(path), 'utf8');

const manifestSchema = z.object({
  contributes: z.object({
    configuration: z.object({
      properties: z.object({
        'parallelGroups.agent': z.object({ markdownDescription: z.string() }),
        'parallelGroups.agentPaths': z.object({ properties: z.record(z.string(), z.unknown()) }),
      }),
    }),
  }),
});
const configSchema = z.object({
  properties: z.object({
    agents: z.object({
      additionalProperties: z.object({
        properties: z.object({ events: z.object({ enum: z.array(z.string()) }) }),
      }),
    }),
  }),
});

const settings = manifestSchema.parse(readManifest()).contributes.configuration.properties;

/** The section of docs/agents.md below a heading, up to the next heading. */
function section(heading: string): string {
  const page = read('docs/agents.md');
  const start = page.indexOf(`\n${heading}\n`);
  assert.ok(start !== -1, `docs/agents.md needs the heading “${heading}”.`);
  return page.slice(start + heading.length + 2).split(/\n#{1,3} /)[0] ?? '';
}

/** Passes if every agent has a piece; else the message has one sentence for each that does not. */
function everyAgent(
  has: (id: BuiltInAgent) => boolean,
  remedy: (id: BuiltInAgent) => string,
): void {
  const missing = BUILT_IN_AGENTS.filter((id) => !has(id));
  assert.ok(missing.length === 0, missing.map(remedy).join('\n'));
}

describe('every list of agents', () => {
  it('package.json: the setting agentPaths has one property for each', () => {
    assert.deepEqual(
      Object.keys(settings['parallelGroups.agentPaths'].properties),
      [...BUILT_IN_AGENTS],
      'Make `parallelGroups.agentPaths.properties` in package.json the ids of src/shared/agent-ids.ts.',
    );
  });

  it('package.json: the setting agent names each', () => {
    const described = settings['parallelGroups.agent'].markdownDescription;
    everyAgent(
      (id) => described.includes(`\`${id}\``),
      (id) => `Name \`${id}\` in the description of the setting parallelGroups.agent.`,
    );
  });

  it('media/parallel-groups.schema.json: `events` has one value for each event stream', () => {
    const { properties } = configSchema.parse(
      JSON.parse(read('media/parallel-groups.schema.json')),
    );
    assert.deepEqual(
      properties.agents.additionalProperties.properties.events.enum,
      [...ADAPTERS],
      'Make `agents.*.events.enum` in media/parallel-groups.schema.json the ids of src/shared/agent-ids.ts.',
    );
  });

  it('the attempt protocol: an adapter for each', () => {
    assert.deepEqual(adapterSchema.options, [...ADAPTERS]);
  });

  for (const [page, fact] of [
    ['find.md', 'install'],
    ['sign-in.md', 'signIn'],
  ] as const) {
    it(`media/walkthrough/${page}: a row for each`, () => {
      const rows = read(`media/walkthrough/${page}`).split('\n');
      everyAgent(
        (id) =>
          rows.some(
            (row) => row.startsWith(`| ${AGENTS[id].title} `) && row.includes(AGENTS[id][fact]),
          ),
        (id) => `Add to media/walkthrough/${page}: | ${AGENTS[id].title} | ${AGENTS[id][fact]} |`,
      );
    });
  }

  for (const heading of ['## Built-in agents', '### Signing in']) {
    it(`docs/agents.md: a row for each below “${heading}”`, () => {
      const rows = section(heading).split('\n');
      everyAgent(
        (id) => rows.some((row) => row.startsWith(`| \`${id}\` `)),
        (id) => `Add a row for \`${id}\` to the table below “${heading}” in docs/agents.md.`,
      );
    });
  }

  it('docs/agents.md: a column for each in the table of event streams, with the tested versions', () => {
    const row = section('## How each program is understood')
      .split('\n')
      .find((line) => line.startsWith('| tested versions '));
    const tested = BUILT_IN_AGENTS.map((id) => {
      const { oldest, newest } = AGENTS[id].tested;
      return oldest === newest ? oldest : `${oldest} to ${newest}`;
    });
    assert.deepEqual(
      row
        ?.split('|')
        .slice(2, -1)
        .map((cell) => cell.trim()),
      tested,
      'Update “tested versions” below “How each program is understood” in docs/agents.md.',
    );
  });

  it('docs/agents.md: `events` of a custom command names each', () => {
    const words = section('## Custom commands');
    assert.deepEqual(
      ADAPTERS.filter((id) => !words.includes(`\`${id}\``)),
      [],
      'Name them as values of `events` below “Custom commands” in docs/agents.md.',
    );
  });

  it('test/fixtures/agent-events: recordings of each', () => {
    everyAgent(
      (id) => existsSync(place(`test/fixtures/agent-events/${id}/ends.json`)),
      (id) => `Record the output of ${AGENTS[id].title}: npm run fixtures:record -- ${id}`,
    );
  });

  it('the registry, and the clients of the tests: each by its own id and title', () => {
    for (const id of BUILT_IN_AGENTS) {
      const client = CLIENTS.find((each) => each.id === id);
      assert.deepEqual([AGENTS[id].id, client?.title], [id, AGENTS[id].title]);
    }
  });
});

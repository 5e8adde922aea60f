import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { Collector, type ReceivedSpan } from '../../support/metrics/collector.ts';

const PLAN = `- [ ] T1 [P:Group-a] Write a secret plan
  fake: says=a secret word ; edit=one.txt ; ok=A secret answer
- [ ] T2 [P:Group-a] Fail once, then write another
  fake: says=working ; attempt=1:exit=3 ; edit=two.txt ; ok
- [ ] T3 [P:Group-a] A command
  \`run: true\`
`;
const CONFIG = {
  agent: 'fake',
  retryDelayMs: 10,
  agents: {
    fake: {
      command: ['node', FAKE_AGENT, '--', '--model', 'tiny-1'],
      events: 'claude',
      maxRetries: 1,
    },
  },
};

const freshWorkspace = (): CliWorkspace =>
  new CliWorkspace({ 'tasks.md': PLAN, 'parallel-groups.json': JSON.stringify(CONFIG) });

/** Has every module that a program loads written down. */
const WATCH_LOADING = `import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({ load(url, context, next) {
  appendFileSync(process.env.LOADED_FILE, url + '\\n');
  return next(url, context);
} });
`;

const VARIABLES = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
  'NODE_OPTIONS',
  'LOADED_FILE',
] as const;

describe('telemetry of a real run', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  let collector: Collector | undefined;
  const before: Partial<Record<string, string | undefined>> = {};

  beforeEach(() => {
    for (const name of VARIABLES) {
      before[name] = process.env[name];
    }
    workspace = freshWorkspace();
  });
  afterEach(async () => {
    for (const name of VARIABLES) {
      if (before[name] === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = before[name];
      }
    }
    workspace.dispose();
    await collector?.stop();
    collector = undefined;
  });

  async function execute(): Promise<string> {
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    return metadataIn(finished).status;
  }

  async function received(): Promise<Collector> {
    const started = await Collector.start();
    collector = started;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = started.endpoint;
    assert.equal(await execute(), 'completed');
    return started;
  }

  it('is one trace of run, tasks and attempts, by the conventions for GenAI', async () => {
    const { spans, services } = await received();
    assert.deepEqual([...services], ['parallel-groups']);
    assert.equal(new Set(spans.map(({ trace }) => trace)).size, 1);
    const byId = new Map(spans.map((span) => [span.id, span]));
    const line = (span: ReceivedSpan): string => {
      const parent = span.parent === undefined ? undefined : byId.get(span.parent)?.name;
      return `${parent ?? '-'} > ${span.name}${span.failed ? ' (failed)' : ''}`;
    };
    assert.deepEqual(spans.map(line).sort(), [
      '- > invoke_workflow a',
      'invoke_workflow a > task T1',
      'invoke_workflow a > task T2',
      'invoke_workflow a > task T3',
      'task T1 > invoke_agent backend-architect',
      'task T2 > invoke_agent backend-architect',
      'task T2 > invoke_agent backend-architect (failed)',
      'task T3 > run T3',
    ]);
    const failed = spans.find((span) => span.failed);
    const attributes = failed?.attributes ?? {};
    assert.deepEqual(
      [
        attributes['gen_ai.operation.name'],
        attributes['gen_ai.provider.name'],
        attributes['gen_ai.agent.name'],
        attributes['gen_ai.request.model'],
        attributes['error.type'],
        attributes['parallel_groups.task.id'],
        attributes['parallel_groups.attempt'],
      ],
      ['invoke_agent', 'anthropic', 'backend-architect', 'tiny-1', 'exit', 'T2', 1],
    );
    const good = spans.find((span) => span.name.startsWith('invoke_agent') && !span.failed);
    assert.ok(Number(good?.attributes['gen_ai.usage.input_tokens']) > 0);
    assert.ok(Number(good?.attributes['gen_ai.usage.output_tokens']) > 0);
    const root = spans.find(({ parent }) => parent === undefined);
    assert.ok(spans.every(({ ms }) => ms >= 0 && ms <= (root?.ms ?? 0)));
  });

  it('has durations, tokens and costs as metrics', async () => {
    const { points } = await received();
    const of = (name: string) => points.filter((point) => point.name === name);
    const durations = of('gen_ai.client.operation.duration');
    assert.deepEqual(
      durations
        .map(({ unit, count, attributes }) => [unit, count, attributes['error.type']])
        .sort(),
      [
        ['s', 1, 'exit'],
        ['s', 2, undefined],
      ],
    );
    const types = of('gen_ai.client.token.usage').map((point) => [
      point.unit,
      point.attributes['gen_ai.token.type'],
    ]);
    assert.ok(types.some(([unit, type]) => unit === '{token}' && type === 'input'));
    assert.ok(types.some(([, type]) => type === 'output'));
    const attempts = of('parallel_groups.attempt.duration').reduce(
      (sum, { count }) => sum + count,
      0,
    );
    assert.equal(attempts, 4);
    assert.ok(of('parallel_groups.cost').some(({ sum }) => sum > 0));
  });

  it('holds no word of a prompt, a title or an answer, unless a person wants it', async () => {
    const first = await received();
    assert.ok(first.spans.length > 0);
    assert.doesNotMatch(first.text, /secret/);
    await first.stop();
    workspace.dispose();
    workspace = freshWorkspace();
    process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT = 'true';
    const second = await received();
    const [attempt] = second.spans.filter(
      ({ attributes }) => 'gen_ai.input.messages' in attributes,
    );
    assert.match(
      String(attempt?.attributes['gen_ai.input.messages']),
      /Write a secret plan|Fail once/,
    );
    assert.match(second.text, /A secret answer/);
  });

  it('loads nothing of OpenTelemetry and connects to nobody, where no collector is configured', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pg-loaded-'));
    const hook = join(folder, 'hook.mjs');
    writeFileSync(hook, WATCH_LOADING);
    process.env.NODE_OPTIONS = `--import ${pathToFileURL(hook).href}`;
    process.env.LOADED_FILE = join(folder, 'off');
    assert.equal(await execute(), 'completed');
    workspace.dispose();
    workspace = freshWorkspace();
    process.env.LOADED_FILE = join(folder, 'on');
    const { requests } = await received();
    const [off, on] = ['off', 'on'].map((name) => readFileSync(join(folder, name), 'utf8'));
    rmSync(folder, { recursive: true });
    assert.match(off ?? '', /cli\.mjs/);
    assert.doesNotMatch(off ?? '', /otlp-sink|opentelemetry/);
    assert.match(on ?? '', /otlp-sink/);
    assert.ok(requests > 0);
  });

  for (const [illness, what] of [
    ['refuses', 'refuses everything'],
    ['hangs', 'never answers'],
  ] as const) {
    it(`changes nothing of a run where the collector ${what}`, async () => {
      collector = await Collector.start(illness);
      process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.endpoint;
      const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
      assert.deepEqual([finished.exit, metadataIn(finished).status], [0, 'completed']);
      assert.ok(collector.requests > 0);
      assert.doesNotMatch(finished.stderr, /telemetry|ECONN|otlp/i);
    });
  }

  it('is sent nowhere that only the workspace names, and says so', async () => {
    collector = await Collector.start();
    const telemetry = { endpoint: collector.endpoint };
    workspace.write('parallel-groups.json', JSON.stringify({ ...CONFIG, telemetry }));
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 0);
    assert.equal(collector.requests, 0);
    assert.match(finished.stderr, /telemetry is not read from a workspace/);
  });
});

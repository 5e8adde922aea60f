import { createServer, type Server } from 'node:http';
import * as z from 'zod/mini';

const attributesSchema = z._default(
  z.array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.optional(z.string()),
        intValue: z.optional(z.union([z.number(), z.string()])),
        doubleValue: z.optional(z.number()),
        boolValue: z.optional(z.boolean()),
      }),
    }),
  ),
  [],
);
const resourceSchema = z.object({ attributes: attributesSchema });
const spanSchema = z.object({
  traceId: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  spanId: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
  parentSpanId: z.optional(z.string()),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string().check(z.regex(/^\d+$/)),
  endTimeUnixNano: z.string().check(z.regex(/^\d+$/)),
  attributes: attributesSchema,
  status: z.object({ code: z.optional(z.number()) }),
});
const pointSchema = z.looseObject({
  attributes: attributesSchema,
  count: z.optional(z.union([z.number(), z.string()])),
  sum: z.optional(z.number()),
  asDouble: z.optional(z.number()),
  explicitBounds: z.optional(z.array(z.number())),
});
const pointsSchema = z.optional(z.object({ dataPoints: z.array(pointSchema) }));
const metricSchema = z.object({
  name: z.string(),
  unit: z.string(),
  histogram: pointsSchema,
  sum: pointsSchema,
});
const tracesSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: resourceSchema,
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});
const metricsSchema = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: resourceSchema,
      scopeMetrics: z.array(z.object({ metrics: z.array(metricSchema) })),
    }),
  ),
});

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ReceivedSpan {
  readonly name: string;
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly ms: number;
  readonly failed: boolean;
  readonly attributes: Attributes;
}

export interface ReceivedPoint {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  readonly sum: number;
  readonly attributes: Attributes;
}

/** The fault of a collector: it refuses everything, or accepts a connection and never answers. */
type Fault = 'refuses' | 'hangs' | null;

/** An OTLP/HTTP receiver on the loopback interface that parses messages by their published JSON shape. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  readonly #points = new Map<string, ReceivedPoint>();
  readonly services = new Set<unknown>();
  /** The text of all received messages. */
  text = '';
  requests = 0;
  readonly #server: Server;
  readonly #fault: Fault;

  private constructor(fault: Fault) {
    this.#fault = fault;
    this.#server = createServer((request, response) => {
      this.requests += 1;
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (this.#fault === 'hangs') {
          return;
        }
        if (this.#fault === null) {
          this.#receive(request.url ?? '', body);
        }
        response.writeHead(this.#fault === null ? 200 : 500, {
          'content-type': 'application/json',
        });
        response.end('{}');
      });
    });
  }

  static async start(fault: Fault = null): Promise<Collector> {
    const collector = new Collector(fault);
    await new Promise<void>((resolve) => {
      collector.#server.listen(0, '127.0.0.1', resolve);
    });
    return collector;
  }

  get endpoint(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('It does not listen.');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** The newest value of every series: sums are cumulative. */
  get points(): ReceivedPoint[] {
    return [...this.#points.values()];
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(path: string, body: string): void {
    this.text += body;
    const message: unknown = JSON.parse(body);
    if (path === '/v1/traces') {
      for (const { resource, scopeSpans } of tracesSchema.parse(message).resourceSpans) {
        this.services.add(plain(resource.attributes)['service.name']);
        for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
          this.spans.push(received(span));
        }
      }
    } else if (path === '/v1/metrics') {
      for (const { resource, scopeMetrics } of metricsSchema.parse(message).resourceMetrics) {
        this.services.add(plain(resource.attributes)['service.name']);
        for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) {
          for (const point of pointsOf(metric)) {
            this.#points.set(JSON.stringify([point.name, point.attributes]), point);
          }
        }
      }
    } else {
      throw new Error(`Nothing is received at ${path}.`);
    }
  }
}

function received(span: z.infer<typeof spanSchema>): ReceivedSpan {
  const ms = (BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1_000_000n;
  return {
    name: span.name,
    trace: span.traceId,
    id: span.spanId,
    parent: span.parentSpanId,
    ms: Number(ms),
    failed: span.status.code === 2,
    attributes: plain(span.attributes),
  };
}

function pointsOf({ name, unit, histogram, sum }: z.infer<typeof metricSchema>): ReceivedPoint[] {
  return [...(histogram?.dataPoints ?? []), ...(sum?.dataPoints ?? [])].map((point) => ({
    name,
    unit,
    count: Number(point.count ?? 1),
    sum: point.sum ?? point.asDouble ?? 0,
    attributes: plain(point.attributes),
  }));
}

function plain(attributes: z.infer<typeof attributesSchema>): Attributes {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const { stringValue, intValue, doubleValue, boolValue } = value;
      const number = intValue === undefined ? doubleValue : Number(intValue);
      return [key, stringValue ?? number ?? boolValue];
    }),
  );
}

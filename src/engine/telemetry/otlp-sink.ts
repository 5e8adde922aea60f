import { createHash } from 'node:crypto';
import {
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type IdGenerator,
} from '@opentelemetry/sdk-trace-base';
import { createInstruments, type Instruments, record } from './instruments.ts';
import type { AttemptRecord, SpanRecord } from './span-record.ts';

/** How long to wait for a collector, ms, so that a slow one cannot hold up the end of a run. */
const ANSWER_MS = 2000;
const SCOPE = 'parallel-groups';

/** Sends spans and metrics to an OTLP/HTTP receiver in batches in the background. Export errors are ignored. */
export class OtlpSink {
  readonly #tracers: BasicTracerProvider;
  readonly #meters: MeterProvider;
  readonly #instruments: Instruments;
  readonly #ids = new GivenIds();

  /** `endpoint`: the base address. */
  constructor(endpoint: string) {
    const resource = resourceFromAttributes({ 'service.name': SCOPE });
    const to = (signal: string) => ({
      url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}`,
      timeoutMillis: ANSWER_MS,
    });
    this.#tracers = new BasicTracerProvider({
      resource,
      idGenerator: this.#ids,
      spanProcessors: [
        new BatchSpanProcessor(new OTLPTraceExporter(to('traces')), {
          exportTimeoutMillis: ANSWER_MS,
        }),
      ],
    });
    this.#meters = new MeterProvider({
      resource,
      readers: [
        new PeriodicExportingMetricReader({
          exporter: new OTLPMetricExporter(to('metrics')),
          exportTimeoutMillis: ANSWER_MS,
        }),
      ],
    });
    this.#instruments = createInstruments(this.#meters.getMeter(SCOPE));
  }

  span(run: string, { name, id, parent, from, to, attributes, error }: SpanRecord): void {
    this.#ids.next = { trace: hexOf(run, 32), span: hexOf(`${run} ${id}`, 16) };
    const options = { kind: SpanKind.INTERNAL, startTime: from, attributes };
    const tracer = this.#tracers.getTracer(SCOPE);
    const span = tracer.startSpan(name, options, contextOf(run, parent));
    if (error !== null) {
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(Math.max(from, to));
  }

  attempt(run: string, attempt: AttemptRecord): void {
    this.span(run, attempt.span);
    record(this.#instruments, attempt);
  }

  /** Sends all pending data, because a window may stay open for days after a run. Never rejects. */
  async flush(): Promise<void> {
    await Promise.allSettled([this.#tracers.forceFlush(), this.#meters.forceFlush()]);
  }

  /** Sends all pending data and shuts down. Never rejects. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#tracers.shutdown(), this.#meters.shutdown()]);
  }
}

/** Uses given ids instead of random ones, so that reports of one run by two processes belong together. */
class GivenIds implements IdGenerator {
  next = { trace: '', span: '' };
  readonly generateTraceId = (): string => this.next.trace;
  readonly generateSpanId = (): string => this.next.span;
}

function contextOf(run: string, parent: string | null): Context {
  return parent === null
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId: hexOf(run, 32),
        spanId: hexOf(`${run} ${parent}`, 16),
        traceFlags: TraceFlags.SAMPLED,
      });
}

function hexOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

import { readFile } from 'node:fs/promises';
import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Topics } from '../../coordinator/messages/topics.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { RunId } from '../../shared/ids.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { attemptDirectory, attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import { contentOf } from './gen-ai.ts';
import type { OtlpSink } from './otlp-sink.ts';
import { RunSpans } from './run-spans.ts';
import type { Attributes } from './span-record.ts';
import type { TelemetrySettings } from './telemetry-settings.ts';

/** How long the end of a program waits for a collector, ms. */
const CLOSE_MS = 3000;

type Ended = Extract<RunEventBody, { type: 'attempt.ended' }>;

interface Told {
  readonly spans: RunSpans;
  readonly content: boolean;
  readonly sink: Promise<OtlpSink>;
}

export interface TelemetryFeedOptions {
  readonly bus: CoordinatorBus;
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Read at the start of every run. */
  readonly settings: () => TelemetrySettings;
}

/**
 * Reports the runs of this process to a collector, if a person has configured one. Only then does it load
 * OpenTelemetry, with the first run. It only listens and never blocks a run; its failures are silent.
 */
export class TelemetryFeed implements Disposable {
  readonly #options: TelemetryFeedOptions;
  readonly #runs = new Map<RunId, Told>();
  readonly #sinks = new Map<string, Promise<OtlpSink>>();
  readonly #subscriptions: readonly Disposable[];
  /** Runs work one at a time, in the order of the events. */
  readonly #queue = new SerialQueue();

  constructor(options: TelemetryFeedOptions) {
    this.#options = options;
    const { bus } = options;
    this.#subscriptions = [
      bus.subscribe('run.started', 'telemetry', (message) => {
        this.#started(message);
      }),
      bus.subscribe('run.event', 'telemetry', (message) => {
        this.#onEvent(message);
      }),
      bus.subscribe('run.ended', 'telemetry', (message) => {
        this.#ended(message);
      }),
    ];
  }

  /** Sends all pending data within a time limit; never rejects. */
  async close(): Promise<void> {
    this.dispose();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([this.#closeSinks(), limit]);
    clearTimeout(timer);
  }

  /** Stops reporting. */
  dispose(): void {
    disposeAll(this.#subscriptions);
  }

  async #closeSinks(): Promise<void> {
    await this.#queue.idle();
    const sinks = await Promise.allSettled(this.#sinks.values());
    const open = sinks.flatMap((sink) => (sink.status === 'fulfilled' ? [sink.value] : []));
    await Promise.all(open.map((sink) => sink.close()));
  }

  #started({ run, state }: Topics['run.started']): void {
    const { endpoint, content } = this.#options.settings();
    if (endpoint !== null) {
      const sink = this.#sinks.get(endpoint) ?? openSink(endpoint);
      this.#sinks.set(endpoint, sink);
      this.#runs.set(run, { spans: new RunSpans(state), content, sink });
    }
  }

  #onEvent({ run, at, event }: Topics['run.event']): void {
    const followed = this.#runs.get(run);
    followed?.spans.onEvent(at, event);
    if (followed === undefined || event.type !== 'attempt.ended') {
      return;
    }
    // Recorded at once, because the task's next attempt may start before this one is sent.
    const attempt = followed.spans.attempt(at, event);
    if (attempt !== null) {
      this.#enqueue(async () => {
        const content = followed.content && attempt.genAi ? await this.#content(run, event) : {};
        const attributes = { ...attempt.span.attributes, ...content };
        (await followed.sink).attempt(run, { ...attempt, span: { ...attempt.span, attributes } });
      });
    }
  }

  #ended({ run, state }: Topics['run.ended']): void {
    const followed = this.#runs.get(run);
    this.#runs.delete(run);
    if (followed !== undefined) {
      const spans = followed.spans.ended(state);
      this.#enqueue(async () => {
        const sink = await followed.sink;
        for (const span of spans) {
          sink.span(run, span);
        }
        void sink.flush();
      });
    }
  }

  /** The prompt and the summary of an attempt. */
  async #content(run: RunId, { task, attempt, outcome }: Ended): Promise<Attributes> {
    const ofRun = runDirectory(this.#options.workspaceRoot, run);
    const { prompt } = attemptFiles(attemptDirectory(ofRun, task, attempt));
    return contentOf(await readFile(prompt, 'utf8').catch(() => null), outcome);
  }

  #enqueue(send: () => Promise<void>): void {
    void this.#queue.run(send);
  }
}

async function openSink(endpoint: string): Promise<OtlpSink> {
  const loaded = await import('./otlp-sink.ts');
  return new loaded.OtlpSink(endpoint);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import {
  answerEvents,
  messageStart,
  type ModelRequest,
  requestSchema,
  saidIn,
  type StreamEvent,
} from './answer.ts';
import { scriptIn, stepAfter, type ToldStep } from './script.ts';

/** A model on loopback that speaks Anthropic's Messages and does what the text of each task tells it. */
export interface ModelServer {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  /** What it was asked, in order; what it was not told how to answer is refused and said here too. */
  readonly log: readonly string[];
  /** How many requests hang without an answer now. */
  readonly hanging: () => number;
  close(): Promise<void>;
}

/** Starts a model on a free port of 127.0.0.1. It keeps nothing but how often it refused, script by script. */
export async function startModelServer(): Promise<ModelServer> {
  const model = new Model();
  const server = createServer((request, response) => {
    model.answer(request, response).catch((error: unknown) => {
      model.log.push(String(error));
      refuse(response, 400, String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The model has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    log: model.log,
    hanging: () => model.hanging,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Model {
  readonly log: string[] = [];
  hanging = 0;
  readonly #refusals = new Map<string, number>();

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    if (method === 'HEAD' || url === '/api/hello') {
      response.writeHead(200).end();
      return;
    }
    if (method !== 'POST' || !/^\/v1\/messages(?:\?|$)/.test(url)) {
      throw new Error(`Nobody said what ${method} ${url} answers.`);
    }
    const asked = requestSchema.parse(JSON.parse(await text(request)));
    await this.#perform(asked, response);
  }

  async #perform(request: ModelRequest, response: ServerResponse): Promise<void> {
    const said = saidIn(request);
    const at = said.findLastIndex((words) => words !== null && scriptIn(words) !== null);
    const script = scriptIn(said[at] ?? '');
    if (script === null) throw new Error('The request carries no script.');
    const turns = said.slice(at).filter((words) => words === null).length;
    const key = (index: number): string => `${script.word} ${index}`;
    const refused = (index: number): number => this.#refusals.get(key(index)) ?? 0;
    const next = stepAfter(turns, script.steps, refused);
    if (next === undefined) throw new Error(`The script is over after ${turns} turns.`);
    this.log.push(next.told.step.do);
    this.#refusals.set(key(next.index), refused(next.index) + 1);
    await delay(next.told.delayMs ?? 0);
    this.#carryOut(request, response, next.told);
  }

  #carryOut(request: ModelRequest, response: ServerResponse, { step, usage }: ToldStep): void {
    switch (step.do) {
      case 'error':
        refuse(response, step.status, `As the script says: ${step.status}`);
        return;
      case 'hang':
        this.hanging += 1;
        response.once('close', () => (this.hanging -= 1));
        return;
      case 'drop':
        stream(response, [messageStart(request.model, 1)]);
        // Not before the beginning is on its way.
        response.write(': \n\n', () => response.destroy());
        return;
      case 'write':
      case 'bash':
      case 'text':
        stream(response, answerEvents(request, step, usage));
        response.end();
        return;
    }
  }
}

function stream(response: ServerResponse, events: readonly StreamEvent[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
}

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function refuse(response: ServerResponse, status: number, message: string): void {
  const error = { type: ERROR_TYPES[status] ?? 'api_error', message };
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ type: 'error', error }));
}

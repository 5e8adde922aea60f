import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Chunk, contentFor, type ModelRequest, type Protocol } from './protocol.ts';
import { anthropic } from './protocols/anthropic.ts';
import { chatCompletions } from './protocols/chat-completions.ts';
import { gemini } from './protocols/gemini.ts';
import { responses } from './protocols/responses.ts';
import { type ScriptedStep, scriptIn, stepAfter } from './script.ts';

const PROTOCOLS: readonly Protocol[] = [anthropic, chatCompletions, gemini, responses];
const DEFAULT_USAGE = { input: 100, output: 10 };

/** A model on loopback that follows the script in the text of each task, in the protocol of the request. */
export interface ModelServer {
  /** Without a path and without a trailing slash. */
  readonly url: string;
  /** The answers to all requests, in order; requests without a script are refused and listed here too. */
  readonly log: readonly string[];
  /** Returns the number of requests that hang without an answer now. */
  readonly hanging: () => number;
  close(): Promise<void>;
}

/** Starts a model on a free port of 127.0.0.1. Its only state is the number of refusals in each script. */
export async function startModelServer(): Promise<ModelServer> {
  const model = new Model();
  const server = createServer((request, response) => {
    model.answer(request, response).catch((error: unknown) => {
      model.log.push(String(error));
      refuse(response, 400, { error: { message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The model has no port.');
  }
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
    const protocol = PROTOCOLS.find(({ endpoint }) => endpoint.test(`${method} ${url}`));
    if (protocol === undefined) {
      throw new Error(`Nobody said what ${method} ${url} answers.`);
    }
    const modelRequest = protocol.read(JSON.parse(await text(request)), url);
    // A client that offers no tools requests something besides the task, such as a title for it.
    const scripted = modelRequest.tools.length === 0 ? ASIDE : this.#next(modelRequest);
    this.log.push(scripted === ASIDE ? 'aside' : scripted.step.do);
    await delay(scripted.delayMs ?? 0);
    this.#carryOut(protocol, modelRequest, response, scripted);
  }

  #next({ messages }: ModelRequest): ScriptedStep {
    const at = messages.findLastIndex((message) => message !== null && scriptIn(message) !== null);
    const script = scriptIn(messages[at] ?? '');
    if (script === null) {
      throw new Error('The request carries no script.');
    }
    const turns = messages.slice(at).filter((message) => message === null).length;
    const key = (index: number): string => `${script.word} ${index}`;
    const refused = (index: number): number => this.#refusals.get(key(index)) ?? 0;
    const next = stepAfter(turns, script.steps, refused);
    if (next === undefined) {
      throw new Error(`The script is over after ${turns} turns.`);
    }
    this.#refusals.set(key(next.index), refused(next.index) + 1);
    return next.scripted;
  }

  #carryOut(
    protocol: Protocol,
    modelRequest: ModelRequest,
    response: ServerResponse,
    { step, usage = DEFAULT_USAGE }: ScriptedStep,
  ): void {
    switch (step.do) {
      case 'error':
        refuse(
          response,
          step.status,
          protocol.refusal(step.status, `As the script says: ${step.status}`),
        );
        return;
      case 'hang':
        this.hanging += 1;
        response.once('close', () => (this.hanging -= 1));
        return;
      case 'drop':
        stream(response, modelRequest.begin(usage.input));
        // Only after the beginning has been sent.
        response.write(': \n\n', () => response.destroy());
        return;
      case 'write':
      case 'bash':
      case 'text': {
        const content = contentFor(modelRequest, step);
        if (modelRequest.whole === undefined) {
          stream(response, [
            ...modelRequest.begin(usage.input),
            ...modelRequest.rest(content, usage),
          ]);
          response.end();
        } else {
          const whole = modelRequest.whole(content, usage);
          response.writeHead(200, JSON_TYPE).end(JSON.stringify(whole));
        }
        return;
      }
    }
  }
}

const ASIDE: ScriptedStep = { step: { do: 'text', text: 'Said aside.' } };
const JSON_TYPE = { 'content-type': 'application/json' };

function stream(response: ServerResponse, chunks: readonly Chunk[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const { event, data } of chunks) {
    const name = event === undefined ? '' : `event: ${event}\n`;
    response.write(`${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  }
}

function refuse(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
}

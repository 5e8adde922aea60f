import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Asked, type Chunk, contentFor, type Protocol } from './protocol.ts';
import { anthropic } from './protocols/anthropic.ts';
import { chatCompletions } from './protocols/chat-completions.ts';
import { gemini } from './protocols/gemini.ts';
import { responses } from './protocols/responses.ts';
import { scriptIn, stepAfter, type ToldStep } from './script.ts';

const PROTOCOLS: readonly Protocol[] = [anthropic, chatCompletions, gemini, responses];
const DEFAULT_USAGE = { input: 100, output: 10 };

/** A model on loopback that does what the text of each task tells it, in the protocol in which it is asked. */
export interface ModelServer {
  /** Without a path and a slash at its end. */
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
    const asked = protocol.read(JSON.parse(await text(request)), url);
    // A client that offers no tool asks for something beside the task, such as a title for it.
    const told = asked.tools.length === 0 ? ASIDE : this.#next(asked);
    this.log.push(told === ASIDE ? 'aside' : told.step.do);
    await delay(told.delayMs ?? 0);
    this.#carryOut(protocol, asked, response, told);
  }

  #next({ said }: Asked): ToldStep {
    const at = said.findLastIndex((words) => words !== null && scriptIn(words) !== null);
    const script = scriptIn(said[at] ?? '');
    if (script === null) {
      throw new Error('The request carries no script.');
    }
    const turns = said.slice(at).filter((words) => words === null).length;
    const key = (index: number): string => `${script.word} ${index}`;
    const refused = (index: number): number => this.#refusals.get(key(index)) ?? 0;
    const next = stepAfter(turns, script.steps, refused);
    if (next === undefined) {
      throw new Error(`The script is over after ${turns} turns.`);
    }
    this.#refusals.set(key(next.index), refused(next.index) + 1);
    return next.told;
  }

  #carryOut(
    protocol: Protocol,
    asked: Asked,
    response: ServerResponse,
    { step, usage = DEFAULT_USAGE }: ToldStep,
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
        stream(response, asked.begin(usage.input));
        // Not before the beginning is on its way.
        response.write(': \n\n', () => response.destroy());
        return;
      case 'write':
      case 'bash':
      case 'text': {
        const content = contentFor(asked, step);
        if (asked.whole === undefined) {
          stream(response, [...asked.begin(usage.input), ...asked.rest(content, usage)]);
          response.end();
        } else {
          const whole = asked.whole(content, usage);
          response.writeHead(200, JSON_TYPE).end(JSON.stringify(whole));
        }
        return;
      }
    }
  }
}

const ASIDE: ToldStep = { step: { do: 'text', text: 'Said aside.' } };
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

import type { ModelStep, Usage } from './script.ts';

/** One provider's protocol of requests to a model. */
export interface Protocol {
  /** The requests that it answers, by method and path. */
  readonly endpoint: RegExp;
  /** Reads a request. Throws if it does not follow the protocol. */
  read(body: unknown, url: string): ModelRequest;
  /** Returns the body of a refusal. */
  refusal(status: number, message: string): object;
}

/** A request, and the format of its answer. */
export interface ModelRequest {
  /** All messages of the user; `null` for each of the model's own turns. */
  readonly messages: readonly (string | null)[];
  readonly tools: readonly Tool[];
  /** Returns the beginning of an answer, before its content. */
  begin(inputTokens: number): readonly Chunk[];
  /** Returns the answer after its beginning. */
  rest(content: Content, usage: Usage): readonly Chunk[];
  /** Returns the answer in one piece; undefined if the request asks for a stream. */
  readonly whole?: ((content: Content, usage: Usage) => object) | undefined;
}

/** A tool that the client offers, by the names of its parameters. */
export interface Tool {
  readonly name: string;
  readonly accepts: readonly string[];
  readonly requires: readonly string[];
}

/** The content of an answer: text, or a call of a tool. */
export type Content =
  | { readonly text: string }
  | { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/** An event of a stream. `data` that is a text is sent unchanged. */
export interface Chunk {
  readonly event?: string;
  readonly data: object | string;
}

type Input = Readonly<Record<string, unknown>>;

/** Returns the content that performs a step. Throws if the request offers no suitable tool. */
export function contentFor(
  { tools }: Pick<ModelRequest, 'tools'>,
  step: Extract<ModelStep, { do: 'write' | 'bash' | 'text' }>,
): Content {
  if (step.do === 'text') {
    return { text: step.text };
  }
  for (const input of inputsFor(step)) {
    const tool = tools.find((each) => fits(each, input));
    if (tool !== undefined) {
      const accepted = Object.entries(input).filter(([name]) => tool.accepts.includes(name));
      return { tool: tool.name, input: Object.fromEntries(accepted) };
    }
  }
  throw new Error(`None of the tools ${tools.map(({ name }) => name).join(', ')} can ${step.do}.`);
}

/** Parameters that a tool may require although they do not matter. */
const EXTRA = ['description'];

/** Tests whether a tool of the request's own list has the right parameters: its name differs between clients. */
function fits({ accepts, requires }: Tool, input: Input): boolean {
  const given = Object.keys(input);
  return (
    given.every((name) => EXTRA.includes(name) || accepts.includes(name)) &&
    requires.every((name) => given.includes(name))
  );
}

/** Returns the step's input in the format of every client, the best one first. */
function inputsFor(step: Extract<ModelStep, { do: 'write' | 'bash' }>): Input[] {
  const description = 'As the script says';
  if (step.do === 'bash') {
    return [
      { command: step.command, description },
      { cmd: step.command, description },
    ];
  }
  const { file, text } = step;
  return [
    { patch: addition(file, text) },
    { file_path: file, content: text },
    { filePath: file, content: text },
    { path: file, file_text: text },
    // A client whose only tool is a shell.
    ...inputsFor({ do: 'bash', command: `printf %s ${quoted(text)} > ${quoted(file)}` }),
  ];
}

/** Formats the file for Codex's own tool; it replaces an existing file. */
function addition(file: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return [
    '*** Begin Patch',
    `*** Add File: ${file}`,
    ...lines.map((line) => `+${line}`),
    '*** End Patch',
  ].join('\n');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

import type { ModelStep, Usage } from './script.ts';

/** One way to ask a model, as a provider defined it. */
export interface Protocol {
  /** The requests that it answers, by method and path. */
  readonly endpoint: RegExp;
  /** Reads a request. Throws where it is not as the protocol wants it. */
  read(body: unknown, url: string): Asked;
  /** The body of an answer that refuses. */
  refusal(status: number, message: string): object;
}

/** What a request asks, and how it wants to be answered. */
export interface Asked {
  /** All that a person said, message by message; `null` for each of the model's own turns. */
  readonly said: readonly (string | null)[];
  readonly tools: readonly Tool[];
  /** How an answer begins, before anything is said. */
  begin(inputTokens: number): readonly Chunk[];
  /** What follows the beginning. */
  rest(content: Content, usage: Usage): readonly Chunk[];
  /** The answer in one piece, where that is what was asked for. */
  readonly whole?: ((content: Content, usage: Usage) => object) | undefined;
}

/** A tool that the client offers, by the names of what it takes. */
export interface Tool {
  readonly name: string;
  readonly takes: readonly string[];
  readonly needs: readonly string[];
}

/** What the model says or has done. */
export type Content =
  | { readonly text: string }
  | { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/** An event of a stream. A text stands there as it is. */
export interface Chunk {
  readonly event?: string;
  readonly data: object | string;
}

type Input = Readonly<Record<string, unknown>>;

/** What carries a step out. Throws where the request offers no tool that could. */
export function contentFor(
  { tools }: Pick<Asked, 'tools'>,
  step: Extract<ModelStep, { do: 'write' | 'bash' | 'text' }>,
): Content {
  if (step.do === 'text') {
    return { text: step.text };
  }
  for (const input of inputsFor(step)) {
    const tool = tools.find((each) => fits(each, input));
    if (tool !== undefined) {
      const taken = Object.entries(input).filter(([name]) => tool.takes.includes(name));
      return { tool: tool.name, input: Object.fromEntries(taken) };
    }
  }
  throw new Error(`None of the tools ${tools.map(({ name }) => name).join(', ')} can ${step.do}.`);
}

/** What a tool may need without its being the point. */
const EXTRA = ['description'];

/** The tool is chosen from the request's own list, by what it takes: its name is the client's own affair. */
function fits({ takes, needs }: Tool, input: Input): boolean {
  const given = Object.keys(input);
  return (
    given.every((name) => EXTRA.includes(name) || takes.includes(name)) &&
    needs.every((name) => given.includes(name))
  );
}

/** All ways in which clients want to be told of a step, the best one first. */
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

/** As Codex's own tool takes it; a file that is there is replaced. */
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

import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { isToolName } from './tool-lists.ts';

/** A subagent as its definition file describes it. */
export interface Definition {
  readonly name: string;
  readonly description: string | null;
  /** In the words of the program that the file is for; `null`: the file names no model, or inherits it. */
  readonly model: string | null;
  /** The tools that the subagent is restricted to, by the program's own names; `null`: no restriction. */
  readonly tools: readonly string[] | null;
  readonly instructions: string;
}

/** A problem of a definition; `line` is 1-based. */
export interface DefinitionProblem {
  readonly line: number;
  readonly message: string;
}

/** The content of a file before it is checked. */
interface Draft extends Definition {
  /** The lines of these fields in the file. */
  readonly lines: { readonly name: number; readonly model: number; readonly tools: number };
}

/** A name is used in plans and never in file names. It must be one line that a person can type. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,79}$/u;
/** The longest instructions for a prompt, UTF-16 units. */
const MOST_INSTRUCTIONS = 60_000;

/** What may follow `--model`: no text that a program could read as another option. */
const MODEL = /^[A-Za-z0-9][\w.:@/[\]-]*$/;

/** Whether a text can stand on a command line as the name of a model. */
export function isModelName(text: string): boolean {
  return MODEL.test(text);
}

/** Checks that a definition's words can be used in plans and on command lines. */
export function checked({ lines, ...draft }: Draft): Result<Definition, DefinitionProblem> {
  const { name, model, tools } = draft;
  if (!NAME.test(name)) {
    const message =
      name === '' ? t('It has no name.') : t('Its name is not one that a task can use.');
    return wrong(lines.name, message);
  }
  if (model !== null && !isModelName(model)) {
    return wrong(lines.model, t("Its model {0} is not a model's name.", JSON.stringify(model)));
  }
  const odd = tools?.find((tool) => !isToolName(tool));
  if (odd !== undefined) {
    return wrong(lines.tools, t("Its tool {0} is not a tool's name.", JSON.stringify(odd)));
  }
  return success({ ...draft, instructions: draft.instructions.slice(0, MOST_INSTRUCTIONS) });
}

/** The failure of a definition that cannot be used. */
export function wrong(line: number, message: string): Result<never, DefinitionProblem> {
  return failure({ line, message });
}

const ESCAPE = String.fromCharCode(27);
const END = String.fromCharCode(7);

/**
 * The marks of VS Code's shell integration (OSC 633), which work without a shell: VS Code shows at the heading whether the
 * attempt succeeded, and can navigate between attempts.
 */
export const SHELL_MARKS = {
  beforeHeading: mark('A'),
  afterHeading: (label: string): string => mark('B') + mark(`E;${escaped(label)}`) + mark('C'),
  ended: (exitCode: number): string => mark(`D;${exitCode}`),
};

function mark(text: string): string {
  return `${ESCAPE}]633;${text}${END}`;
}

function escaped(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll(';', '\\x3b');
}

/** Labels of one sample, in the order in which they are written. */
export type Labels = readonly (readonly [name: string, value: string])[];

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Added to the family's name: `_sum`, `_count`. */
  readonly suffix?: string;
}

/** Samples that share a name. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * Families as Prometheus reads them (text format 0.0.4,
 * https://prometheus.io/docs/instrumenting/exposition_formats/). A family without samples is left out.
 */
export function expose(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) =>
      [
        `# HELP ${name} ${escapeHelp(help)}\n`,
        `# TYPE ${name} ${type}\n`,
        ...samples.map((sample) => line(name, sample)),
      ].join(''),
    )
    .join('');
}

function line(name: string, { suffix = '', labels, value }: Sample): string {
  const inside = labels.map(([label, text]) => `${label}="${escapeLabel(text)}"`).join(',');
  return `${name}${suffix}${inside === '' ? '' : `{${inside}}`} ${value}\n`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

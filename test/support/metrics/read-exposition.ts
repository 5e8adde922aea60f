/** One sample as a scraper would see it. */
export interface Scraped {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ScrapedFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Scraped[];
}

const METRIC = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  summary: ['', '_sum', '_count'],
};

/**
 * Reads Prometheus' text format strictly by its specification: every family has HELP and TYPE once and before its
 * samples, its samples are contiguous, no series appears twice, counters end in `_total` and are not negative, and the
 * text ends with a newline. Throws at the first violation.
 */
export function readExposition(text: string): ReadonlyMap<string, ScrapedFamily> {
  if (!text.endsWith('\n')) {
    throw new Error('The last line has no end.');
  }
  const families = new Map<string, ScrapedFamily & { readonly samples: Scraped[] }>();
  const series = new Set<string>();
  let current: (ScrapedFamily & { samples: Scraped[] }) | undefined;
  const lines = text.slice(0, -1).split('\n');
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] ?? '';
    const help = new RegExp(`^# HELP (${METRIC}) (.+)$`).exec(line);
    if (help !== null) {
      const name = help[1] ?? '';
      const type = new RegExp(`^# TYPE ${name} (counter|gauge|summary)$`).exec(
        lines[(place += 1)] ?? '',
      );
      if (type === null || families.has(name)) {
        throw new Error(`${name} is not announced as it should be.`);
      }
      current = { name, help: help[2] ?? '', type: type[1] ?? '', samples: [] };
      if (current.type === 'counter' && !name.endsWith('_total')) {
        throw new Error(`${name} is a counter.`);
      }
      families.set(name, current);
      continue;
    }
    const sample = readSample(line);
    const suffixes = SUFFIXES[current?.type ?? ''] ?? [];
    if (
      current === undefined ||
      !suffixes.some((suffix) => sample.name === `${current?.name ?? ''}${suffix}`)
    ) {
      throw new Error(`${sample.name} stands where it does not belong.`);
    }
    if (current.type === 'counter' && sample.value < 0) {
      throw new Error(`${line} is negative.`);
    }
    const id = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
    if (series.has(id)) {
      throw new Error(`${line} comes twice.`);
    }
    series.add(id);
    current.samples.push(sample);
  }
  return families;
}

function readSample(line: string): Scraped {
  const parts = new RegExp(`^(${METRIC})(?:\\{(.*)\\})? (\\S+)$`).exec(line);
  if (parts === null) {
    throw new Error(`This is no sample: ${line}`);
  }
  const value = Number(parts[3]);
  if (!Number.isFinite(value)) {
    throw new Error(`This is no number: ${line}`);
  }
  return { name: parts[1] ?? '', labels: readLabels(parts[2] ?? ''), value };
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(,|$)/.exec(rest);
    if (label === null) {
      throw new Error(`These are no labels: ${rest}`);
    }
    const [whole, name = '', value = ''] = label;
    if (name in labels) {
      throw new Error(`${name} comes twice.`);
    }
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped) =>
      escaped === 'n' ? '\n' : String(escaped),
    );
    rest = rest.slice(whole.length);
  }
  return labels;
}

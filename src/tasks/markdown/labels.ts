/** A title, and the labels that stood in it. */
export interface Labelled {
  readonly title: string;
  /** What stood in the brackets, in upper case, in order. */
  readonly labels: readonly string[];
}

const CODE = /(`+)[^`](?:.*?[^`])?\1(?!`)/;

/** Tells labels in brackets, such as `[P]`, from the words of a title. `names`: what may stand in the brackets. */
export function labelReader(names: RegExp): (title: string) => Labelled {
  // Code comes first, because a label in back ticks is written about, not meant.
  const pattern = new RegExp(`${CODE.source}|\\[(${names.source})\\]`, 'gi');
  return (title) => {
    const labels: string[] = [];
    const rest = title.replace(pattern, (all: string, _ticks: unknown, label: unknown) => {
      if (typeof label !== 'string') {
        return all;
      }
      labels.push(label.toUpperCase());
      return ' ';
    });
    return labels.length === 0
      ? { title, labels }
      : { title: rest.replace(/\s+/g, ' ').trim(), labels };
  };
}

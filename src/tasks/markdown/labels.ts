/** A title without its labels, and the labels. */
export interface Labelled {
  readonly title: string;
  /** Texts of the brackets, in upper case, in order. */
  readonly labels: readonly string[];
}

const CODE = /(`+)[^`](?:.*?[^`])?\1(?!`)/;

/**
 * Returns a function that separates labels in brackets, such as `[P]`, from the words of a title. `names` matches the
 * texts that the brackets may contain.
 */
export function labelReader(names: RegExp): (title: string) => Labelled {
  // Code comes first, because a label in backticks is only mentioned.
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

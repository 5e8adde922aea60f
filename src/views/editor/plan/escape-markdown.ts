/** Escapes untrusted task text, so that no part of it renders as Markdown, HTML or a link. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~$&]|:(?=\/\/)|@/g, '\\$&').replaceAll(/\s+/g, ' ');
}

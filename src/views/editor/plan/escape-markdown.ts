/** Task text is untrusted: shown as text, with nothing of it read as Markdown, HTML or a link. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~$&]|:(?=\/\/)|@/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/** Names between braces, each once. */
export function placeholdersOf(words: string): readonly string[] {
  return [...new Set([...words.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''))];
}

/** Tests text against an IAM pattern (`*` any run of characters, `?` one). Compiled once, kept. */
const compiled = new Map<string, (text: string) => boolean>();

export function wildcard(pattern: string): (text: string) => boolean {
  const known = compiled.get(pattern);
  if (known) return known;
  const test = compile(pattern);
  // Patterns come from templates, but a policy variable can make new ones: bounded.
  if (compiled.size > 10_000) compiled.clear();
  compiled.set(pattern, test);
  return test;
}

function compile(pattern: string): (text: string) => boolean {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const regexp = new RegExp(`^${source}$`, 's');
  return (text) => regexp.test(text);
}

/** ARNs match part by part: a `*` in one of the six parts does not reach over a colon, save in the last. */
export function arnWildcard(pattern: string): (text: string) => boolean {
  const parts = splitArn(pattern).map(wildcard);
  return (text) => {
    const own = splitArn(text);
    return own.length === parts.length && parts.every((matches, index) => matches(own[index] ?? ''));
  };
}

function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

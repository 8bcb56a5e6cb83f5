/**
 * The notation phrases are taught in: words one after another; `[a|b c]` one of these, `[a]?` or not at all,
 * `<class>` a named list, `...` up to eight words of the same clause. Chinese is written without spaces and
 * matched character by character.
 */
export type Item =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'gap' }
  | { readonly kind: 'choice'; readonly of: Choices; readonly optional: boolean };
export type Sequence = readonly Item[];
/** What may stand at a place, by the word it begins with: of a list of dozens one or two are ever tried. */
export type Choices = ReadonlyMap<string, readonly Sequence[]>;

const GAP_MOST = 8;
const notation = /<([\w-]+)>(\?)?|\[([^\]]*)\](\?)?|(\.\.\.)|\p{Script=Han}|[^\s<[\p{Script=Han}]+/gu;

/** Compiles one phrase; a class that nobody defined is an error at start, not at the first text. */
export function compile(phrase: string, classes: ReadonlyMap<string, Choices>): Sequence {
  return [...phrase.matchAll(notation)].map(
    ([text, name, nameOptional, choice, choiceOptional, gap]): Item => {
      if (gap !== undefined) return { kind: 'gap' };
      if (name !== undefined) {
        const of = classes.get(name);
        if (of === undefined) throw new Error(`a phrase names the class <${name}>, which there is not`);
        return { kind: 'choice', of, optional: nameOptional !== undefined };
      }
      if (choice === undefined) return { kind: 'word', text };
      return { kind: 'choice', of: compileChoices(choice, classes), optional: choiceOptional !== undefined };
    },
  );
}

export function compileChoices(entries: string, classes: ReadonlyMap<string, Choices>): Choices {
  const choices = new Map<string, Sequence[]>();
  for (const entry of entries.split('|')) {
    const sequence = compile(entry, classes);
    for (const word of new Set(firstWords(sequence))) {
      choices.set(word, [...(choices.get(word) ?? []), sequence]);
    }
  }
  return choices;
}

/** The words a phrase can begin with. */
export function firstWords(sequence: Sequence): readonly string[] {
  const [first, ...rest] = sequence;
  if (first === undefined) return [];
  if (first.kind === 'gap') throw new Error('a phrase begins with a gap');
  if (first.kind === 'word') return [first.text];
  const own = [...first.of.keys()];
  return first.optional ? [...own, ...firstWords(rest)] : own;
}

/** Every word of a phrase. */
export function wordsOf(sequence: Sequence): readonly string[] {
  return sequence.flatMap((item) => {
    if (item.kind === 'word') return [item.text];
    return item.kind === 'gap' ? [] : [...item.of.values()].flat().flatMap(wordsOf);
  });
}

export interface Line {
  /** Whether a phrase may go on into this place: it exists and opens no new clause. */
  continues(at: number): boolean;
  /** What the word there may stand for. */
  wordsAt(at: number): readonly string[];
}

/** Where the longest match from `at` ends, or -1. Bounded by the phrase, not by the text. */
export function longestEnd(sequence: Sequence, line: Line, at: number): number {
  return Math.max(-1, ...endsOf(sequence, line, new Set([at]), at));
}

function endsOf(
  sequence: Sequence,
  line: Line,
  from: ReadonlySet<number>,
  start: number,
): ReadonlySet<number> {
  let places = from;
  for (const item of sequence) {
    if (places.size === 0) return places;
    const next = new Set<number>();
    for (const at of places) for (const end of endsOfItem(item, line, at, start)) next.add(end);
    places = next;
  }
  return places;
}

function endsOfItem(item: Item, line: Line, at: number, start: number): Iterable<number> {
  switch (item.kind) {
    case 'word':
      return (at === start || line.continues(at)) && line.wordsAt(at).includes(item.text) ? [at + 1] : [];
    case 'gap':
      return gapEnds(line, at);
    case 'choice': {
      const ends = new Set<number>(item.optional ? [at] : []);
      if (at !== start && !line.continues(at)) return ends;
      for (const one of line.wordsAt(at).flatMap((word) => item.of.get(word) ?? [])) {
        for (const end of endsOf(one, line, new Set([at]), start)) ends.add(end);
      }
      return ends;
    }
  }
}

function* gapEnds(line: Line, at: number): Iterable<number> {
  yield at;
  for (let end = at; end < at + GAP_MOST && line.continues(end); end += 1) yield end + 1;
}

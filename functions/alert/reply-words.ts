import { wordClasses } from './reply-classes.ts';
import {
  type Choices,
  compile,
  compileChoices,
  firstWords,
  type Line,
  longestEnd,
  type Sequence,
  wordsOf,
} from './reply-pattern.ts';
import { type Meaning, phraseLists } from './reply-phrases.ts';
import { oneSlipApart } from './reply-slip.ts';
import { type Token, tokenise } from './reply-text.ts';

/** One understood piece of a text, in its order; an unknown word is one too. */
export interface Piece {
  readonly means: Meaning | 'card' | 'tag' | 'unknown';
  /** Of a card its last four, of a tag its digit, else the words. */
  readonly text: string;
  /** Whether a clause ended before it. */
  readonly opens: boolean;
}

export interface Found {
  readonly pieces: readonly Piece[];
  /** A question mark, a hesitation: no YES in such a text. */
  readonly hesitates: boolean;
}

/** Reads a text left to right, at each place the longest phrase; of equally long ones the first taught. */
export function findPhrases(text: string): Found {
  const { tokens, hesitates } = tokenise(text);
  const words = tokens.map(({ text: word }) => knownForms(word));
  const exact = lineOf(tokens, (at) => words[at]?.exact ?? []);
  const tolerant = lineOf(tokens, (at) => words[at]?.tolerant ?? []);
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length; ) {
    const { text: word = '', opens = true } = tokens[at] ?? {};
    const found = longestPhrase(at, { exact, tolerant });
    if (found === undefined) pieces.push(...readNumber(word, opens));
    else pieces.push({ means: found.means, text: textOf(words.slice(at, found.end)), opens });
    at = found?.end ?? at + 1;
  }
  return { pieces, hesitates };
}

const textOf = (words: readonly Forms[]): string => words.flatMap(({ exact }) => exact).join(' ');

const lineOf = (tokens: readonly Token[], wordsAt: Line['wordsAt']): Line => ({
  continues: (at) => at < tokens.length && tokens[at]?.opens === false,
  wordsAt,
});

/** A card's last four or an alert tag; "44172" and "32" are one with its 2, while glued to a 1 they stay unknown. */
function readNumber(word: string, opens: boolean): readonly Piece[] {
  const named = /^(?:(?<card>\d{4})|(?<tag>[3-9]))(?<refused>2)?$/.exec(word)?.groups;
  if (named === undefined) return [{ means: 'unknown', text: word, opens }];
  const { card, tag = '' } = named;
  const name: Piece =
    card === undefined ? { means: 'tag', text: tag, opens } : { means: 'card', text: card, opens };
  return named.refused === undefined ? [name] : [name, { means: 'no_digit', text: '2', opens: false }];
}

/** No word of ours is longer; looking for slips in longer ones would cost for nothing. */
const LONGEST_WORD = 16;

interface Phrase {
  readonly means: Meaning;
  readonly tolerant: boolean;
  readonly sequence: Sequence;
}

const classes = compileClasses();
const phrases: readonly Phrase[] = phraseLists.flatMap(({ means, tolerant = false, phrases: taught }) =>
  taught.map((phrase) => ({ means, tolerant, sequence: compile(phrase, classes) })),
);
const phrasesByFirst = indexByFirst();
const known: ReadonlySet<string> = new Set(phrases.flatMap(({ sequence }) => wordsOf(sequence)));
/** Words that a slip may have meant: only those of tolerant phrases, and long enough to be told from others. */
const slippable: readonly string[] = [
  ...new Set(phrases.filter(({ tolerant }) => tolerant).flatMap(({ sequence }) => wordsOf(sequence))),
].filter((word) => /^[a-z]{4,}$/.test(word));

function compileClasses(): ReadonlyMap<string, Choices> {
  const compiled = new Map<string, Choices>();
  for (const [name, entries] of Object.entries(wordClasses)) {
    compiled.set(name, compileChoices(entries, compiled));
  }
  return compiled;
}

function indexByFirst(): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    for (const word of new Set(firstWords(phrase.sequence))) {
      index.set(word, [...(index.get(word) ?? []), phrase]);
    }
  }
  return index;
}

interface Forms {
  /** The word as phrases write it. */
  readonly exact: readonly [string];
  /** And the words of refusal it may have been meant for. */
  readonly tolerant: readonly string[];
}

/** The word itself; stretched ("nooo", "yesss") as the word it stretches; or what it is one slip away from. */
function knownForms(word: string): Forms {
  const once = word.replace(/(\p{Script=Latin})\1{2,}/gu, '$1');
  const twice = word.replace(/(\p{Script=Latin})\1{2,}/gu, '$1$1');
  const forms = [word, twice, once, word.replace(/(\p{Script=Latin})\1+$/u, '$1')];
  const form = forms.find((one) => known.has(one));
  if (form !== undefined) return { exact: [form], tolerant: [form] };
  const bare = word.normalize('NFD').replace(/\p{M}/gu, '');
  if (known.has(bare)) return { exact: [word], tolerant: [word, bare] };
  if (once.length > LONGEST_WORD) return { exact: [word], tolerant: [word] };
  return { exact: [once], tolerant: [once, ...slippable.filter((one) => oneSlipApart(once, one))] };
}

function longestPhrase(
  at: number,
  { exact, tolerant }: { readonly exact: Line; readonly tolerant: Line },
): { readonly means: Meaning; readonly end: number } | undefined {
  let longest: { means: Meaning; end: number } | undefined;
  for (const phrase of tolerant.wordsAt(at).flatMap((word) => phrasesByFirst.get(word) ?? [])) {
    const end = longestEnd(phrase.sequence, phrase.tolerant ? tolerant : exact, at);
    if (end > (longest?.end ?? at)) longest = { means: phrase.means, end };
  }
  return longest;
}

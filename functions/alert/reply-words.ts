import { type Meaning, phraseLists } from './reply-phrases.ts';

/** What the phrases of a text say, before anyone decides what it amounts to. */
export interface Found {
  readonly meanings: ReadonlySet<Meaning>;
  /** Those of `meanings` said in firm words. */
  readonly firm: ReadonlySet<Meaning>;
  readonly lastFours: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  /** Whether every word is accounted for. */
  readonly whole: boolean;
  /** The whole text, when it is a single word. */
  readonly bare?: string;
}

/** Pictures that refuse. Pictures that agree say nothing: a YES is given in words (H6). */
const refusal = /[👎❌✖🚫🙅]/gu;

/**
 * Cuts a text into words: a Latin word, a run of digits, one Chinese character. Apostrophes and invisible
 * characters join ("didn’t" → didnt), everything else separates; three and more equal letters become one.
 */
function words(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(refusal, ' no ')
      .replace(/['’‘`´]|\p{Cf}|\p{M}/gu, '')
      .replace(/(\p{Script=Latin})\1{2,}/gu, '$1')
      .match(/\p{Script=Han}|\p{Nd}+|\p{L}+?(?=\p{Script=Han}|\P{L}|$)/gu) ?? []
  );
}

/** Reads a text left to right, the longest phrase first. */
export function findPhrases(text: string): Found {
  const tokens = words(text);
  const meanings = new Set<Meaning>();
  const firm = new Set<Meaning>();
  const lastFours = new Set<string>();
  const tags = new Set<string>();
  let whole = true;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? '';
    const phrase = longestPhrase(tokens, at);
    const named = phrase === undefined ? readDigits(token) : undefined;
    if (phrase !== undefined) meanings.add(phrase.means);
    else if (named === undefined) whole = false;
    if (phrase?.firm) firm.add(phrase.means);
    if (named?.lastFour !== undefined) lastFours.add(named.lastFour);
    if (named?.tag !== undefined) tags.add(named.tag);
    if (named?.refused !== undefined) meanings.add('not_mine');
    at += phrase?.tokens.length ?? 1;
  }
  return { meanings, firm, lastFours, tags, whole, bare: tokens.length === 1 ? tokens[0] : undefined };
}

/** A card's last four or an alert tag; "44172" and "32" are one with its 2, while glued to a 1 they stay unclear. */
function readDigits(token: string): Readonly<Record<string, string | undefined>> | undefined {
  return /^(?:(?<lastFour>\d{4})|(?<tag>[3-9]))(?<refused>2)?$/.exec(token)?.groups;
}

interface Phrase {
  readonly means: Meaning;
  readonly firm: boolean;
  readonly tokens: readonly string[];
}

/** Phrases by their first word, longest first. */
const phrasesByFirst: ReadonlyMap<string, readonly Phrase[]> = index();

function index(): ReadonlyMap<string, readonly Phrase[]> {
  const all = phraseLists.flatMap(({ means, firm = false, phrases }) =>
    phrases.map((text): Phrase => ({ means, firm, tokens: words(text) })),
  );
  all.sort((a, b) => b.tokens.length - a.tokens.length);
  return Map.groupBy(all, (phrase) => phrase.tokens[0] ?? '');
}

function longestPhrase(tokens: readonly string[], at: number): Phrase | undefined {
  const candidates = phrasesByFirst.get(tokens[at] ?? '') ?? [];
  return candidates.find((phrase) => phrase.tokens.every((token, i) => tokens[at + i] === token));
}

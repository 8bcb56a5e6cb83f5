import type { Meaning } from './reply-phrases.ts';
import { findPhrases, type Piece } from './reply-words.ts';

export type ReadingKind =
  | 'mine'
  | 'not_mine'
  | 'unclear'
  | 'stop'
  /** Takes an opt-out back. */
  | 'start'
  | 'help'
  | 'status'
  | 'freeze'
  | 'wrong_number';

/** What a customer's text says. What it may do is decided by the alert it is about. */
export interface Reading {
  readonly kind: ReadingKind;
  /** Last four digits of the one card named; several cards named is as good as none. */
  readonly lastFour?: string;
  /** The alert tag named, `3` to `9`. */
  readonly tag?: string;
  /** `not_mine` and an opt-out in one: a bare `N` from +86, or "stop, not mine". */
  readonly alsoOptOut?: true;
  /** `wrong_number` that also denies the charge: NO always holds. */
  readonly alsoNotMine?: true;
  /** `help` that asks for a person (D8). */
  readonly wantsPerson?: true;
}

/** A longer text is a letter, not an answer; only what is said in firm words is taken from it. */
const answerLimit = 480;
/** More than any phone sends in one text; beyond it nothing is read. */
const readLimit = 10_000;

/** What the pieces of a text amount to, for the rules below. */
interface Said {
  readonly pieces: readonly Piece[];
  readonly has: (...meanings: readonly Meaning[]) => boolean;
  /** Every word is understood. */
  readonly whole: boolean;
  readonly hesitates: boolean;
  readonly names: Pick<Reading, 'lastFour' | 'tag'>;
}

/**
 * Reads an inbound text as a whole (H6): tolerant towards NO, which only blocks; strict towards YES, which may
 * release: a word too much, a question mark, a contradiction or two cards make a YES unclear. Total and
 * deterministic on any text. Give it the text as it came; mask it before it is stored.
 */
export function readReply(body: string, from: { readonly mainlandChina: boolean }): Reading {
  const said = understand(body);
  const denies = deniesCharge(said);
  if (said.has('wrong_number') && !said.has('yes_statement', 'yes_digit')) {
    return { kind: 'wrong_number', ...(denies ? { alsoNotMine: true } : {}) };
  }
  if (denies) {
    const bareN = from.mainlandChina && said.pieces.length === 1 && said.pieces[0]?.text === 'n';
    return { kind: 'not_mine', ...said.names, ...(bareN || optsOut(said) ? { alsoOptOut: true } : {}) };
  }
  const kind = otherReading(said);
  return { kind, ...said.names, ...(kind === 'help' && said.has('person') ? { wantsPerson: true } : {}) };
}

function understand(body: string): Said {
  const { pieces, hesitates } = findPhrases(body.slice(0, readLimit));
  const means = new Set(pieces.map((piece) => piece.means));
  const named = (kind: 'card' | 'tag') => [
    ...new Set(pieces.filter((piece) => piece.means === kind).map(({ text }) => text)),
  ];
  const [cards, tags] = [named('card'), named('tag')];
  return {
    pieces,
    has: (...meanings) => meanings.some((meaning) => means.has(meaning)),
    whole: body.length <= answerLimit && !means.has('unknown'),
    hesitates,
    names: {
      ...(cards.length === 1 ? { lastFour: cards[0] } : {}),
      ...(tags.length === 1 ? { tag: tags[0] } : {}),
    },
  };
}

/**
 * In firm words a denial holds wherever it stands, also in a sentence we cannot read, unless a YES stands beside
 * it; a mere "yes" before it ("yes, not mine") is no such YES. In weak words ("no", "2") it must be the message,
 * or a clause of its own in it.
 */
function deniesCharge(said: Said): boolean {
  if (said.has('yes_digit', 'yes_statement')) return false;
  if (said.has('no_firm')) {
    return !said.has('yes_word') || !said.has('partial', 'no_digit');
  }
  if (said.has('yes_word', 'yes_numeral')) return false;
  if (said.has('no_numeral') && onlyOf(said, ['no_numeral', 'polite', 'around', 'card', 'tag'])) return true;
  if (said.has('no_digit', 'no_weak') && said.whole && !said.has('doubt', 'release'))
    return !said.has('partial');
  return saysNoInClause(said) || opensWithNo(said) || opensWithTwo(said);
}

/** "No, I was asleep", "2. call me": one clause says nothing but NO. */
function saysNoInClause({ pieces }: Said): boolean {
  return clausesOf(pieces).some(
    (clause) =>
      clause.some(({ means }) => means === 'no_weak' || means === 'no_digit') &&
      clause.every(({ means }) => ['no_weak', 'no_digit', 'polite', 'card', 'tag'].includes(means)),
  );
}

/** "No way Jose", "没有我在睡觉": words of refusal first, then one that goes on from them. "No English" is none. */
function opensWithNo({ pieces, has }: Said): boolean {
  const start = pieces.findIndex(({ means }) => means !== 'polite');
  const [no, next] = pieces.slice(start === -1 ? 0 : start);
  if (no?.means !== 'no_weak' || next === undefined || has('partial')) return false;
  if (/^(?:never|no|nno|noo|nop|nopes?|nah|naw|nono|no no|hell no)$/.test(no.text))
    return next.means !== 'unknown';
  return /^(?:不 是|没 有|没|不)$/.test(no.text) && ['我', '啊', '呀', '哦', '喔', '哈'].includes(next.text);
}

/** "2 i am at home": the digit first, then a sentence of one's own; "2 of them" and "2 cards" count something. */
function opensWithTwo({ pieces, has }: Said): boolean {
  const [two, next] = pieces.filter(({ means }) => means !== 'polite');
  if (two?.means !== 'no_digit' || next?.means !== 'aside' || has('partial', 'doubt')) return false;
  return /^(?:i|im|i am|i was|ive|my|we|我|我们|这|card)$/.test(next.text);
}

function clausesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const clauses: Piece[][] = [];
  for (const piece of pieces) {
    if (piece.opens || clauses.length === 0) clauses.push([]);
    clauses.at(-1)?.push(piece);
  }
  return clauses;
}

/** No denial in it. Each rule leaves what it does not read to the next. */
function otherReading(said: Said): ReadingKind {
  const answers = said.has('yes_digit', 'yes_word', 'yes_statement', 'yes_numeral');
  const refuses = said.has('no_firm', 'no_digit', 'no_weak', 'no_numeral');
  // Freezing only blocks and never waits (D5), so it wins over a YES beside it.
  if (asksFreeze(said)) return 'freeze';
  if (optsOut(said) && !answers) return 'stop';
  if (said.has('start') && onlyOf(said, ['start', 'polite'])) return 'start';
  if (answers) return !refuses && allowsYes(said) ? 'mine' : 'unclear';
  if (refuses || said.has('stop_word', 'start', 'freeze', 'freeze_word')) return 'unclear';
  if (said.has('status') && !said.has('partial')) return 'status';
  return said.has('help', 'person') && said.whole && !said.has('doubt', 'release') ? 'help' : 'unclear';
}

function asksFreeze(said: Said): boolean {
  if (said.has('doubt', 'release', 'no_weak', 'no_digit')) return false;
  return said.has('freeze') || (said.has('freeze_word') && said.whole && !said.has('partial'));
}

/** A sentence that asks for no more texts, or a keyword with nothing but politeness; "CANCEL card" is neither (H10). */
function optsOut(said: Said): boolean {
  if (said.has('stop')) return !said.has('doubt', 'release', 'freeze', 'freeze_word');
  const keyword = said.has('stop_word') && !said.has('freeze', 'freeze_word');
  const beside: readonly Piece['means'][] = ['stop_word', 'polite', 'no_firm', 'no_weak'];
  return keyword && said.pieces.every((piece) => beside.includes(piece.means) || isReplyWord(piece));
}

const isReplyWord = ({ means, text }: Piece): boolean =>
  means === 'around' && ['回', '回复', '发', '选', 'reply'].some((word) => word.startsWith(text));

/** Nothing but YES, politeness, the wish to have the card back and one name; digits once, a numeral alone, the tag before it. */
function allowsYes(said: Said): boolean {
  const { pieces, hesitates, names } = said;
  if (!said.whole || hesitates) return false;
  if (
    !onlyOf(said, [
      'yes_digit',
      'yes_word',
      'yes_statement',
      'yes_numeral',
      'polite',
      'release',
      'around',
      'card',
      'tag',
    ])
  )
    return false;
  const count = (means: Piece['means']) => pieces.filter((piece) => piece.means === means).length;
  if (!pieces.every((piece, at) => fitsYes(piece, pieces.slice(at + 1), pieces.slice(0, at)))) return false;
  if (count('card') > 0 && names.lastFour === undefined) return false;
  if (count('tag') > 0 && (names.tag === undefined || pieces.at(-1)?.means === 'tag')) return false;
  if (count('yes_digit') + count('yes_numeral') > 1) return false;
  return !said.has('yes_numeral') || !said.has('yes_word', 'yes_statement');
}

/** "4417的卡 1" names a card; "卡1", "yes my number", "1号" speak of something else than the charge. */
function fitsYes(piece: Piece, after: readonly Piece[], before: readonly Piece[]): boolean {
  if (piece.means !== 'around') return true;
  const isName = ({ means }: Piece) => means === 'card' || means === 'tag';
  if (/^(?:card|tag|ending.*|for|尾 ?[号数]|卡 ?号?|号|标 签|[末后] 四 位)$/.test(piece.text)) {
    return [...before, ...after].some(isName);
  }
  return (
    before.every(({ means }) => !means.startsWith('yes')) || /^(?:it|this|that|这 [笔个])$/.test(piece.text)
  );
}

const onlyOf = ({ pieces }: Said, allowed: readonly Piece['means'][]): boolean =>
  pieces.every(({ means }) => allowed.includes(means));

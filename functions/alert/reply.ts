import type { Meaning } from './reply-phrases.ts';
import { type Found, findPhrases } from './reply-words.ts';

export type ReadingKind =
  | 'mine'
  | 'not_mine'
  | 'unclear'
  | 'stop'
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
}

/** A longer text is a letter, not an answer; only a denial is looked for, in its beginning. */
const lengthLimit = 480;

/**
 * Reads an inbound text as a whole (H6): tolerant towards NO, which only blocks; strict towards YES, which may
 * release: a word too much, a question mark, a contradiction or two cards make a YES unclear. Give it the text as
 * it came; mask it before it is stored.
 */
export function readReply(body: string, from: { readonly mainlandChina: boolean }): Reading {
  const found = findPhrases(body.slice(0, lengthLimit));
  const whole = found.whole && body.length <= lengthLimit;
  const denies = deniesCharge(found, whole);
  if (found.meanings.has('wrong_number') && !found.firm.has('mine')) {
    return { kind: 'wrong_number', ...(denies ? { alsoNotMine: true } : {}) };
  }
  if (denies) {
    const optsOut = (whole && bareStop(found)) || (from.mainlandChina && found.bare === 'n');
    return {
      kind: 'not_mine',
      ...onlyLastFour(found),
      ...onlyTag(found),
      ...(optsOut ? { alsoOptOut: true } : {}),
    };
  }
  return whole ? readWhole(body, found) : unclear(found);
}

/** Every word is known and none of them denies. */
function readWhole(body: string, found: Found): Reading {
  if (found.meanings.has('not_mine') || found.meanings.has('doubt')) return unclear(found);
  // Freezing only blocks and never waits (D5), so it wins over a YES beside it.
  if (found.meanings.has('freeze')) return { kind: 'freeze', ...onlyLastFour(found) };
  const [only, ...more] = [...found.meanings].filter(isAnswer);
  if (only === undefined || more.length > 0) return unclear(found);
  if (only === 'mine' && !allowsYes(body, found)) return unclear(found);
  if (only === 'stop' && !bareStop(found)) return unclear(found);
  if (only === 'start' && !isBare(found)) return unclear(found);
  return { kind: only, ...onlyLastFour(found), ...onlyTag(found) };
}

function unclear(found: Found): Reading {
  return { kind: 'unclear', ...onlyLastFour(found), ...onlyTag(found) };
}

/** In firm words anywhere unless as firm a YES stands beside; in weak ones ("no") as the whole message only. */
function deniesCharge(found: Found, whole: boolean): boolean {
  if (found.firm.has('not_mine')) return !found.firm.has('mine');
  return (
    whole && found.meanings.has('not_mine') && !found.meanings.has('mine') && !found.meanings.has('doubt')
  );
}

function allowsYes(body: string, found: Found): boolean {
  return !/[?？⁇؟]/u.test(body) && found.lastFours.size <= 1 && found.tags.size <= 1;
}

/** A keyword with nothing beside it opts out; "CANCEL card" is a sentence (H10). */
function bareStop(found: Found): boolean {
  return found.meanings.has('stop') && isBare(found);
}

function isBare(found: Found): boolean {
  return !found.meanings.has('filler') && found.lastFours.size + found.tags.size === 0;
}

function isAnswer(meaning: Meaning): meaning is 'mine' | 'stop' | 'start' | 'help' | 'status' {
  return ['mine', 'stop', 'start', 'help', 'status'].includes(meaning);
}

function onlyLastFour({ lastFours }: Found): Pick<Reading, 'lastFour'> {
  return lastFours.size === 1 ? { lastFour: [...lastFours][0] } : {};
}

function onlyTag({ tags }: Found): Pick<Reading, 'tag'> {
  return tags.size === 1 ? { tag: [...tags][0] } : {};
}

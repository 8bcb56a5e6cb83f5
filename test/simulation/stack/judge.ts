import type { Item } from '../../../functions/platform/database.ts';
import type { PhoneMessage } from '../../../infra/local/front/phone.ts';
import { findViolations } from '../../support/invariants.ts';
import type { Violation } from '../../support/rule.ts';
import type { Tables } from '../../support/tables.ts';
import { endRules } from '../end-rules.ts';
import type { SimulatedIssuer } from '../issuer.ts';
import type { Sent } from '../sent.ts';

export const CARD_NUMBERS = ['4111 1111 1111 1111', '4111111111111111'] as const;

/** One story after its end, as it is judged. */
export interface Told {
  readonly mark: string;
  readonly sent: Sent;
  readonly issuer: SimulatedIssuer;
  /** Every number the story texted from or to. */
  readonly numbers: readonly string[];
  readonly people: readonly { readonly customerId: string; readonly number: string | null }[];
}

/** Long enough that no digest holds one by chance. */
const MARK = /night\d+x/;
export const markOf = (seed: number): string => `night${String(seed).padStart(4, '0')}x`;

/** The items of each story, found by the mark in its ids, or its phones' digests; what has none belongs to all. */
export function itemsByMark(
  items: readonly Item[],
  markOfDigest: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Item[]> {
  const marks = new Map<string, string>();
  for (const item of items) {
    const ofPhone = item.pk.startsWith('PHONE#')
      ? markOfDigest.get(item.pk.slice('PHONE#'.length))
      : undefined;
    const mark = ofPhone ?? MARK.exec(JSON.stringify(item))?.[0];
    if (mark !== undefined && !marks.has(item.pk)) marks.set(item.pk, mark);
  }
  return Map.groupBy(items, ({ pk }) => marks.get(pk) ?? '');
}

/** What must never happen, asked of one story's part of the stack. */
export function judge(
  told: Told,
  tables: Tables,
  seen: { readonly texts: readonly PhoneMessage[]; readonly digestOf: (e164: string) => string },
): readonly Violation[] {
  const { numbers, people, sent } = told;
  const own = new Set(numbers);
  const texts = seen.texts.filter(({ number }) => own.has(number));
  const known = people.flatMap(({ number }) => number ?? []);
  const phones = people.flatMap(({ customerId, number }) =>
    // Of a shared number the texts are of several customers: the end rules look at all of them together.
    number === null || known.indexOf(number) !== known.lastIndexOf(number)
      ? []
      : [{ customerId, number, digest: seen.digestOf(number) }],
  );
  const read = {
    tables,
    texts,
    logLines: [],
    deadLetters: {},
    sent: {
      transactions: sent.transactions,
      replies: sent.replies.map(({ messageId }) => messageId),
      phones,
      secrets: [],
      cardNumbers: CARD_NUMBERS,
    },
  };
  const world = { issuer: told.issuer, provider: { texts }, digestOf: seen.digestOf };
  return [...findViolations(read), ...endRules({ ...read, world, told: sent })];
}

import * as z from 'zod/mini';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { Reason, RuleOutcome } from './compile-rules.ts';

/** What an entry may be about. */
export const entryKinds = ['card', 'merchant', 'device', 'country'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Most entries of one kind: they are read together, as one item, by every function that screens. */
export const MOST_ENTRIES = 1_000;
/** An entry ends by itself; who still wants it then says so again. */
export const MOST_ENTRY_DAYS = { block: 366, allow: 90 } as const;

const staff = z.object({ id: z.string(), name: z.string() });

/** A card, merchant, device or country to block or to allow. */
export const entrySchema = z.object({
  entryId: z.string(),
  kind: z.enum(entryKinds),
  value: z.string(),
  list: z.enum(['block', 'allow']),
  /** What a block does at least; an allow entry has none, its policy is `allowing`. */
  outcome: z.optional(z.enum(['alert', 'freeze'])),
  reason: z.string(),
  author: staff,
  addedAt: z.string(),
  /** The first moment at which it holds no more. */
  until: z.string(),
});
export type Entry = z.output<typeof entrySchema>;
/** As much of an entry as a decision is made of. */
export type MatchedEntry = Pick<Entry, 'entryId' | 'kind' | 'list' | 'outcome'>;

/** Form of the value of each kind. */
export const entryValue: Readonly<Record<EntryKind, RegExp>> = {
  card: /^[A-Za-z0-9_-]{1,64}$/,
  merchant: /^[^\p{Cc}]{1,64}$/u,
  device: /^[^\p{Cc}]{1,128}$/u,
  country: /^[A-Z]{2}$/,
};

/**
 * What an allow entry of each kind makes of an outcome; every reason stays listed. One step, however many allow: they do
 * not add up. A thief may use a known device, so it undoes no freeze. A whole country silences nothing: it is asked about
 * instead of frozen.
 */
export const allowing: Readonly<Record<EntryKind, Readonly<Record<RuleOutcome, RuleOutcome>>>> = {
  card: { freeze: 'alert', alert: 'clear', clear: 'clear' },
  merchant: { freeze: 'alert', alert: 'clear', clear: 'clear' },
  device: { freeze: 'freeze', alert: 'clear', clear: 'clear' },
  country: { freeze: 'alert', alert: 'alert', clear: 'clear' },
};

const weightOf: Readonly<Record<RuleOutcome, number>> = { clear: 0, alert: 1, freeze: 2 };
const heavier = (a: RuleOutcome, b: RuleOutcome): RuleOutcome => (weightOf[a] >= weightOf[b] ? a : b);
const lighter = (a: RuleOutcome, b: RuleOutcome): RuleOutcome => (weightOf[a] <= weightOf[b] ? a : b);

/**
 * The outcome when entries match, in this order of precedence:
 * 1. any block beats every allow, whatever either is about;
 * 2. the heaviest block counts, and never lightens what the rules found;
 * 3. without a block, the allow that lightens most counts, once.
 */
export function outcomeWithEntries(ruled: RuleOutcome, entries: readonly MatchedEntry[]): RuleOutcome {
  const blocks = entries.filter(({ list }) => list === 'block');
  if (blocks.length > 0)
    return blocks.reduce<RuleOutcome>((worst, { outcome = 'alert' }) => heavier(worst, outcome), ruled);
  return entries.reduce<RuleOutcome>((least, { kind }) => lighter(least, allowing[kind][ruled]), ruled);
}

export const isBlocked = (entries: readonly Entry[]): boolean => entries.some(({ list }) => list === 'block');

/** The allow entry that made an outcome lighter: the first of those that lighten most. */
export const allowedBy = (entries: readonly Entry[]): string | undefined =>
  entries.find(({ list, kind }) => list === 'allow' && allowing[kind].alert === 'clear')?.entryId;

/** Entries by what they are about; made once per reading. */
export type EntryBook = ReadonlyMap<string, readonly Entry[]>;

const keyOf = (kind: EntryKind, value: string): string => `${kind}\n${value}`;

export function entryBook(entries: readonly Entry[]): EntryBook {
  return Map.groupBy(entries, ({ kind, value }) => keyOf(kind, value));
}

/**
 * The entries a transaction falls under. Expiry is as of the transaction's own time: one that comes late is judged by the
 * entries that held when it was made.
 */
export function matchingEntries(book: EntryBook, event: TransactionAuthorized): readonly Entry[] {
  if (book.size === 0) return none;
  const { cardToken, merchant, deviceId, occurredAt } = event;
  const found = [
    ...(book.get(keyOf('card', cardToken)) ?? none),
    ...(book.get(keyOf('merchant', merchant.id)) ?? none),
    ...(deviceId === undefined ? none : (book.get(keyOf('device', deviceId)) ?? none)),
    ...(book.get(keyOf('country', merchant.country)) ?? none),
  ];
  return found.filter(({ until }) => Date.parse(occurredAt) < Date.parse(until));
}
const none: readonly Entry[] = [];

/** The reason an entry is, in a decision: `blocked_merchant`, `allowed_card` … */
export const entryCode = ({ list, kind }: Pick<Entry, 'list' | 'kind'>): string =>
  `${list === 'block' ? 'blocked' : 'allowed'}_${kind}`;

/** Entries among the reasons of the rules: blocks before them, what spoke for the transaction after. */
export function entryReasons(
  entries: readonly MatchedEntry[],
  reasons: readonly Reason[],
): readonly Reason[] {
  const of = (list: Entry['list'], weight: number): readonly Reason[] =>
    entries
      .filter((entry) => entry.list === list)
      .map((entry) => ({ code: entryCode(entry), values: { entry: entry.entryId }, weight }));
  return [...of('block', 100), ...reasons, ...of('allow', -100)];
}

/** Words of those reasons, for customers and agents; what an analyst wrote is for the bank only. */
export const entryWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  blocked_card: { zh: '该卡已被银行重点关注', en: 'The bank watches this card' },
  blocked_merchant: { zh: '该商户已被银行拦截', en: 'The bank blocks this merchant' },
  blocked_device: { zh: '该设备已被银行拦截', en: 'The bank blocks this device' },
  blocked_country: { zh: '该国家或地区已被银行拦截', en: 'The bank blocks this country' },
  allowed_card: { zh: '该卡经银行确认放行', en: 'The bank has cleared this card' },
  allowed_merchant: { zh: '该商户经银行确认放行', en: 'The bank has cleared this merchant' },
  allowed_device: { zh: '该设备经银行确认放行', en: 'The bank has cleared this device' },
  allowed_country: { zh: '该国家或地区经银行确认放行', en: 'The bank has cleared this country' },
};

import { hash } from 'node:crypto';
import { expiryOf } from '../platform/expiry.ts';
import type { TextKind } from './text-facts.ts';

/**
 * How many texts may go out before somebody must be testing cards or pumping texts (H20), beside the budget of each
 * incident. The one place to change a figure; a stage may set others (`-c smsCaps=unasked.system.minute=60`).
 */
export const lanes = ['unasked', 'answer', 'code'] as const;
/** What we put out ourselves, what answers the customer's own text, a code the customer asked for. */
export type Lane = (typeof lanes)[number];
export const capScopes = ['card', 'phone', 'country', 'system'] as const;
export type CapScope = (typeof capScopes)[number];
export type CapReason = `cap_${CapScope}`;
const windowMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type CapWindow = keyof typeof windowMs;

export interface Cap {
  readonly lane: Lane;
  readonly scope: CapScope;
  readonly window: CapWindow;
  readonly most: number;
  /**
   * Over how many items the count is spread, each with its share of `most`: SNS takes 20 texts a second, and as many
   * transactions on one item would be in each other's way.
   */
  readonly shards: number;
}

export const smsCaps: readonly Cap[] = [
  // An incident has 3 in 3 days; a card has twice that in a day only when its incidents are closed as fast as they open.
  { lane: 'unasked', scope: 'card', window: 'day', most: 6, shards: 1 },
  // Several cards, or a family on one phone.
  { lane: 'unasked', scope: 'phone', window: 'day', most: 12, shards: 1 },
  { lane: 'unasked', scope: 'country', window: 'hour', most: 3_000, shards: 4 },
  // Half of what SNS takes.
  { lane: 'unasked', scope: 'system', window: 'minute', most: 600, shards: 8 },
  { lane: 'unasked', scope: 'system', window: 'hour', most: 10_000, shards: 8 },
  // Four answers an alert and two neutral ones a day are held to elsewhere; this is the flood behind them.
  { lane: 'answer', scope: 'phone', window: 'day', most: 24, shards: 1 },
  { lane: 'answer', scope: 'country', window: 'hour', most: 6_000, shards: 4 },
  { lane: 'answer', scope: 'system', window: 'hour', most: 20_000, shards: 8 },
  // Three sends an incident; codes are what pumping is after.
  { lane: 'code', scope: 'phone', window: 'day', most: 12, shards: 1 },
  { lane: 'code', scope: 'country', window: 'hour', most: 1_000, shards: 4 },
  { lane: 'code', scope: 'system', window: 'hour', most: 5_000, shards: 8 },
];

/** The lane of each text. */
const laneOfKind: Readonly<Record<TextKind, Lane>> = {
  question: 'unasked',
  secondNotice: 'unasked',
  notMineReceived: 'answer',
  mineOnAlert: 'answer',
  mineOnFrozen: 'answer',
  whichAlert: 'answer',
  unclear: 'answer',
  nothingOpen: 'answer',
  freezeWhichCard: 'answer',
  statusWhichCase: 'answer',
  wrongNumberNoted: 'answer',
  lateYes: 'answer',
  alreadyNotMine: 'answer',
  stopConfirmed: 'answer',
  startConfirmed: 'answer',
  help: 'answer',
  personAsked: 'answer',
  freezeReceived: 'answer',
  freezeUnknownCard: 'answer',
  ticketStatus: 'answer',
  cardNumberWarning: 'answer',
  contactChanged: 'unasked',
  ticketNews: 'unasked',
  verificationCode: 'code',
};
export const laneOf = (kind: TextKind): Lane => laneOfKind[kind];

/** One count a text adds to; the text may go while any of its shards has room. */
export interface Counter {
  readonly reason: CapReason;
  readonly pk: string;
  /** Sort keys of the shards begin with this; what follows is the shard's number. */
  readonly window: string;
  /** The most of each shard, which add up to the cap. */
  readonly mosts: readonly number[];
  /** The shard to try first. */
  readonly first: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface CountedText {
  readonly lane: Lane;
  /** The card a question is about; others are not counted by card. */
  readonly cardToken?: string;
  readonly phoneDigest?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly at: Date;
  /** Spreads texts over shards; the same text begins at the same one. */
  readonly spread: string;
}

/**
 * The counts a text adds to, in windows of UTC that begin on the full minute, hour and day: across such a border
 * twice a cap may go out within one window's length.
 */
export function countersOf(text: CountedText, caps: readonly Cap[] = smsCaps): readonly Counter[] {
  const whose: Readonly<Record<CapScope, string | undefined>> = {
    card: text.cardToken,
    phone: text.phoneDigest,
    country: text.country,
    system: 'all',
  };
  return caps.flatMap((cap) => {
    const who = whose[cap.scope];
    if (cap.lane !== text.lane || who === undefined) return [];
    const length = windowMs[cap.window];
    const start = Math.floor(text.at.getTime() / length) * length;
    const mosts = shared(cap.most, cap.shards);
    return {
      reason: `cap_${cap.scope}` as const,
      pk: `SMSCAP#${cap.lane}#${cap.scope}#${who}`,
      window: `${cap.window}#${new Date(start).toISOString()}#`,
      mosts,
      first: Number.parseInt(hash('sha256', text.spread, 'hex').slice(0, 8), 16) % mosts.length,
      expiresAt: expiryOf('smsCap', new Date(start + length)),
    };
  });
}

/** `most` in whole shares; never more shards than texts, so that a small cap is kept to the text. */
function shared(most: number, shards: number): readonly number[] {
  const count = Math.max(1, Math.min(shards, most));
  return Array.from({ length: count }, (_, shard) => Math.floor((most + count - 1 - shard) / count));
}

/** The shard with room when the counts stand so (by shard, absent: 0), from `first` on; undefined: the cap is reached. */
export function roomIn(counter: Counter, counts: ReadonlyMap<number, number>): number | undefined {
  const { mosts, first } = counter;
  const inOrder = mosts.map((_, step) => (first + step) % mosts.length);
  return inOrder.find((shard) => (counts.get(shard) ?? 0) < (mosts[shard] ?? 0));
}

const setting = /^(\w+)\.(\w+)\.(\w+)=(\d{1,7})$/;

/**
 * The caps with the figures a stage sets instead, e.g. `unasked.system.minute=60,code.phone.day=5`. Throws on a
 * name the table above does not have: a misspelt cap would be no cap.
 */
export function readCaps(settings: string, caps: readonly Cap[] = smsCaps): readonly Cap[] {
  return settings
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .reduce((changed, part) => {
      const [, lane, scope, window, most] = setting.exec(part) ?? [];
      const named = (cap: Cap) => cap.lane === lane && cap.scope === scope && cap.window === window;
      if (!changed.some(named)) throw new Error(`sms caps: "${part}" names no cap; see sms-caps.ts`);
      return changed.map((cap) => (named(cap) ? { ...cap, most: Number(most) } : cap));
    }, caps);
}

import { categoryOf } from './categories.ts';
import { type Chance, createChance } from './chance.ts';
import type { FraudPattern } from './events.ts';
import { reportFraud } from './labels.ts';
import type { World } from './life.ts';
import type { Merchant } from './merchants.ts';
import type { Card } from './people.ts';
import {
  buyAbroad,
  payAtCompromised,
  probe,
  spree,
  type Theft,
  takeOver,
  useClone,
  useIntercepted,
  useLost,
} from './thefts.ts';

/**
 * Share of the fraudulent transactions each pattern makes up. By kind they follow the losses on cards the
 * UK's banks reported for 2022 (UK Finance, Annual Fraud Report 2023: remote purchase £395.7m, lost and stolen
 * £100.2m, card ID theft with takeovers £51.7m, about 72 : 18 : 9), with some copied strips beside them;
 * the division within a kind is made up.
 */
const PATTERNS: Readonly<Record<FraudPattern, number>> = {
  not_present_abroad: 0.27,
  probing: 0.25,
  merchant_compromise: 0.18,
  stolen_spree: 0.1,
  lost_before_report: 0.08,
  account_takeover: 0.09,
  cloned_card: 0.02,
  card_not_received: 0.01,
};

/** What one theft of the pattern amounts to on average; measured, only used to begin them evenly. */
const thefts: Readonly<
  Record<Exclude<FraudPattern, 'merchant_compromise'>, { size: number; commit: (theft: Theft) => void }>
> = {
  probing: { size: 10.5, commit: probe },
  stolen_spree: { size: 4.6, commit: spree },
  lost_before_report: { size: 3.2, commit: useLost },
  not_present_abroad: { size: 2.3, commit: buyAbroad },
  account_takeover: { size: 4.6, commit: takeOver },
  cloned_card: { size: 3.5, commit: useClone },
  card_not_received: { size: 4, commit: useIntercepted },
};

/** A merchant whose customers' cards are used by others. */
interface Compromise {
  readonly merchant: Merchant;
  readonly caseId: string;
  readonly lastDay: number;
}

/** Days between two thefts on one card, at least, but for those that come back. */
const REST_DAYS = 30;
/** Stolen numbers are used again, sold on or not replaced: share of thefts, and days until then. Made up. */
const COMES_BACK = 0.12;
const comesBack: ReadonlySet<FraudPattern> = new Set(['not_present_abroad', 'probing', 'account_takeover']);
/** Fraudulent purchases a day at one compromised merchant, about. */
const COMPROMISE_A_DAY = 3;

export interface Frauds {
  /** Begins what begins on this day. `expected`: honest authorisations so far, this day's taken for usual. */
  strike(day: number, expected: number): void;
}

/** Thefts until their transactions make up the wanted share of all, spread over the days by chance. */
export function createFrauds(world: World, cards: readonly Card[], seed: number, share: number): Frauds {
  const chance = createChance(seed, 'frauds');
  const made = new Map<FraudPattern, number>();
  let cases = 0;
  let compromises: Compromise[] = [];
  let returns: { readonly day: number; readonly pattern: keyof typeof thefts; readonly card: Card }[] = [];
  const theftOn = (day: number, pattern: FraudPattern, card: Card, caseId: string): Theft => {
    card.struckDay = day;
    return {
      world,
      card,
      pattern,
      caseId,
      day,
      done: [],
      chance: createChance(seed, 'theft', card.index, day),
    };
  };
  const settle = ({ pattern, done, chance: own }: Theft): void => {
    made.set(pattern, (made.get(pattern) ?? 0) + done.length);
    reportFraud(world.agenda, own, pattern, done);
  };
  const nextCase = (): string => `case-${(cases++).toString(36)}`;

  const steal = (day: number, pattern: keyof typeof thefts, card: Card): number => {
    const theft = theftOn(day, pattern, card, nextCase());
    thefts[pattern].commit(theft);
    settle(theft);
    if (comesBack.has(pattern) && chance.happens(COMES_BACK))
      returns.push({ day: day + 4 + chance.below(22), pattern, card });
    return theft.done.length;
  };

  const atMerchants = (day: number, wanted: number): void => {
    compromises = compromises.filter(({ lastDay }) => lastDay >= day);
    if (wanted > 0 && compromises.length < Math.ceil(wanted / COMPROMISE_A_DAY)) {
      const merchant = victimMerchant(world, chance, cards);
      if (merchant) compromises.push({ merchant, caseId: nextCase(), lastDay: day + 7 + chance.below(20) });
    }
    for (let left = chance.poisson(Math.max(0, wanted)); left > 0 && compromises.length > 0; left--) {
      const { merchant, caseId } = chance.pick(compromises);
      const isNear = ({ holder }: Card) =>
        merchant.category.place === 'net' || holder.home === merchant.city || chance.happens(0.1);
      const card = victim(chance, cards, day, isNear);
      if (!card) continue;
      const theft = theftOn(day, 'merchant_compromise', card, caseId);
      payAtCompromised(theft, merchant);
      settle(theft);
    }
  };

  return {
    strike(day, expected) {
      const target = (share / (1 - share)) * expected;
      const due = returns.filter((again) => again.day === day);
      returns = returns.filter((again) => again.day > day);
      for (const { pattern, card } of due) steal(day, pattern, card);
      for (const [pattern, { size }] of Object.entries(thefts) as [keyof typeof thefts, Committed][]) {
        // Half a case ahead on average, so that neither end of the time is poor in thefts.
        let left = PATTERNS[pattern] * target - (made.get(pattern) ?? 0) + size / 2;
        while (left > chance.exponential(size)) {
          const card = victim(
            chance,
            cards,
            day,
            pattern === 'card_not_received' ? isUnused(day) : () => true,
          );
          if (!card) break;
          left -= steal(day, pattern, card);
        }
      }
      atMerchants(day, PATTERNS.merchant_compromise * target - (made.get('merchant_compromise') ?? 0));
    },
  };
}

type Committed = (typeof thefts)[keyof typeof thefts];

/** Few cards suit some thefts; where none is found, the theft has to wait for another day. */
const MOST_TRIES = 2000;

/** Issued lately, and nothing bought with it yet. */
const isUnused =
  (day: number) =>
  ({ issuedDay, transactions }: Card): boolean =>
    day - issuedDay <= 7 && transactions === 0;

function victim(
  chance: Chance,
  cards: readonly Card[],
  day: number,
  suits: (card: Card) => boolean,
): Card | undefined {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const card = chance.pick(cards);
    if (card.issuedDay < day && day - card.struckDay > REST_DAYS && suits(card)) return card;
  }
  return undefined;
}

/** Somewhere people do go: a merchant that a card's holder might choose. */
function victimMerchant(world: World, chance: Chance, cards: readonly Card[]): Merchant | undefined {
  const category = categoryOf(
    chance.pick(['restaurant', 'supermarket', 'fuel', 'clothing', 'pharmacy', 'market', 'netelectronics']),
  );
  const card = chance.pick(cards);
  return world.merchants.draw(chance, category, card.holder.home);
}

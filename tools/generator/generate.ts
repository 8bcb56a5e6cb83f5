import { createAgenda } from './agenda.ts';
import { createCalendar } from './calendar.ts';
import { createRegister } from './customers.ts';
import type { Generated } from './events.ts';
import { createFrauds } from './frauds.ts';
import { type Journey, planJourneys } from './journeys.ts';
import { bookJourney, liveDay, type World } from './life.ts';
import { createMerchants } from './merchants.ts';
import { type Card, createCards } from './people.ts';

export interface GenerateOptions {
  readonly seed: number;
  readonly cards: number;
  readonly days: number;
  /** First day, `YYYY-MM-DD`, in the issuer's zone. */
  readonly from: string;
  /** Share of all authorisations that are fraud; 0 to 0.5. */
  readonly fraudShare: number;
}

/**
 * Far above real life, so that a small file has enough to measure by: China's banks reported 0.0032 % of card
 * payments by value for 2021 (China Banking Association, blue book 2022), the ECB 0.036 % for 2019 (seventh report).
 */
export const DEFAULT_FRAUD_SHARE = 0.004;

/**
 * A life of so many cards as the bank's events, in order of time: first the cards and customers there are,
 * then day by day. Pure: the same options give the same events. Holds one day and what is still to come.
 */
export function* generate(options: GenerateOptions): Generator<Generated> {
  const { seed, days, from } = options;
  const calendar = createCalendar(from, days);
  const agenda = createAgenda(calendar);
  const cards = createCards(seed, options.cards, days);
  const world: World = { calendar, agenda, merchants: createMerchants(seed, options.cards) };
  const frauds = createFrauds(world, cards, seed, options.fraudShare);
  const register = createRegister(seed, calendar);
  const before = cards.filter(({ issuedDay }) => issuedDay < 0).flatMap(register);
  yield* before.sort((one, other) => one.at - other.at);
  for (const card of cards) if (card.issuedDay >= 0) register(card).forEach(agenda.add);

  const journeys = journeysOf(seed, cards, days);
  const usual = cards.reduce((sum, { holder, share }) => sum + holder.rate * share, 0);
  let honest = 0;
  for (let day = 0; day < days; day++) {
    // Before the day is lived: a card that is stolen is not used by its holder that day.
    if (options.fraudShare > 0) frauds.strike(day, honest + (day === 0 ? usual : honest / day));
    for (const card of cards)
      honest += liveWith(world, card, day, journeys.get(card.holder.customerId) ?? []);
    yield* agenda.take(day);
  }
}

function liveWith(world: World, card: Card, day: number, journeys: readonly Journey[]): number {
  if (card.issuedDay > day) return 0;
  const current = journeys.find(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
  const lived = liveDay(world, card, { day, journey: current });
  // Of two cards, one books.
  const booked = card.share < 0.5 ? undefined : journeys.find(({ bookedDay }) => bookedDay === day);
  if (booked) bookJourney(world, card, day, booked);
  return lived;
}

/** Only of those who travel at all. */
function journeysOf(seed: number, cards: readonly Card[], days: number): Map<string, readonly Journey[]> {
  const journeys = new Map<string, readonly Journey[]>();
  for (const { holder } of cards) {
    if (journeys.has(holder.customerId)) continue;
    const own = planJourneys(seed, holder, days);
    if (own.length > 0) journeys.set(holder.customerId, own);
  }
  return journeys;
}

import { type Category, categories, type Habit } from './categories.ts';
import { type Chance, createChance, type Table, tableOf } from './chance.ts';
import type { Merchant } from './merchants.ts';
import { type City, homeCities } from './places.ts';
import { planSubscriptions, type Subscription } from './subscriptions.ts';

/** Somebody who pays by card: what they do on an ordinary day. */
export interface Person {
  readonly customerId: string;
  readonly home: City;
  /** 1 is the middle of the country. */
  readonly wealth: number;
  /** Day of the month the money comes. */
  readonly payday: number;
  /** Purchases a day over all their cards. */
  readonly rate: number;
  /** How much later than others they live, hours. */
  readonly lateness: number;
  readonly habits: ReadonlySet<Habit>;
  readonly kinds: Table<Category>;
  /** Shares of purchases in shops by telephone and by touch; the rest with the chip. */
  readonly walletShare: number;
  readonly touchShare: number;
  /** Dear things bought in a year. */
  readonly bigPurchases: number;
  /** Journeys a year to other towns of the country and abroad. */
  readonly journeysHome: number;
  readonly journeysAbroad: number;
  /** Works or shops across the border every week. */
  readonly crossesBorder: boolean;
}

/** One card with what its holder has got used to. */
export interface Card {
  readonly index: number;
  readonly token: string;
  readonly lastFour: string;
  readonly holder: Person;
  readonly accountOwnerId: string;
  /** Days after the first day; negative: it was there before. */
  readonly issuedDay: number;
  /** Share of the person's purchases. */
  readonly share: number;
  readonly chance: Chance;
  readonly subscriptions: readonly Subscription[];
  /** Telephone first, then a computer if there is one. Changes when a new telephone is bought. */
  devices: string[];
  readonly favourites: Map<string, Merchant[]>;
  /** Shops on the net where the card is stored. */
  readonly storedAt: Set<string>;
  transactions: number;
  /** The card is not with its holder: lost or stolen and not replaced yet. Epoch milliseconds. */
  away: { readonly from: number; readonly until: number; readonly neverSeen?: true } | undefined;
  /** Latest day it was a victim, so that nobody is struck twice in a month. */
  struckDay: number;
}

/** Shares of people. Made up. */
const HABITS: Readonly<Record<Habit, number>> = {
  car: 0.35,
  games: 0.22,
  netAbroad: 0.16,
  stored: 0.12,
  cash: 0.3,
};
const CROSSES_BORDER = 0.08;

/** Purchases a day of the middle person; the handbook's simulator has up to four. Made up. */
const RATE = 1.3;

const paydays = [5, 8, 10, 15, 25, 28];
const homes = tableOf(homeCities, ({ weight }) => weight);

/** A person by chance; `change` sets what is to be otherwise. */
export function createPerson(chance: Chance, customerId: string, change: Partial<Person> = {}): Person {
  const home = change.home ?? chance.draw(homes);
  const habits =
    change.habits ??
    new Set((Object.keys(HABITS) as Habit[]).filter((habit) => chance.happens(HABITS[habit])));
  const wealth = chance.logNormal(1, 0.5);
  const youth = chance.real();
  return {
    customerId,
    home,
    wealth,
    payday: chance.pick(paydays),
    rate: RATE * chance.gamma(1.6),
    lateness: chance.normal() * 0.8 + (youth > 0.85 ? 2 : 0),
    habits,
    kinds: kindsOf(chance, habits),
    walletShare: youth * 0.7,
    touchShare: 0.2 + chance.real() * 0.3,
    bigPurchases: 2.2 * chance.gamma(1.5),
    journeysHome: 2.5 * chance.gamma(1) * Math.sqrt(wealth),
    journeysAbroad: 0.5 * chance.gamma(0.7) * wealth,
    crossesBorder: home.name === 'shenzhen' && chance.happens(CROSSES_BORDER),
    ...change,
  };
}

/** Everybody likes some kinds more than others. */
function kindsOf(chance: Chance, habits: ReadonlySet<Habit>): Table<Category> {
  const mine = categories.filter(({ habit, weight }) => weight > 0 && (!habit || habits.has(habit)));
  return tableOf(mine, ({ weight }) => weight * chance.gamma(2));
}

/** Shares of accounts. Made up, as the number of children and spouses with a card of their own is not published. */
const WITH_SPOUSE = 0.1;
const WITH_CHILD = 0.05;
const WITH_SECOND_CARD = 0.08;
/** Cards a year that are issued while we look. */
const NEW_A_YEAR = 0.12;

/** Cards until there are as many as wanted: accounts with their supplementary and second cards. */
export function createCards(seed: number, count: number, days: number): Card[] {
  const cards: Card[] = [];
  for (let account = 0; cards.length < count; account++) {
    const chance = createChance(seed, 'account', account);
    const owner = createPerson(chance, `c-${account.toString(36).padStart(5, '0')}-a`);
    const add = (holder: Person, share: number) => {
      if (cards.length >= count) return;
      const isNew = chance.happens((NEW_A_YEAR * days) / 365);
      const issuedDay = isNew ? chance.below(days) : -30 - chance.below(1500);
      cards.push(
        createCard({ seed, index: cards.length, holder, ownerId: owner.customerId, issuedDay, share }),
      );
    };
    const hasSecond = chance.happens(WITH_SECOND_CARD);
    add(owner, hasSecond ? 0.65 : 1);
    if (hasSecond) add(owner, 0.35);
    if (chance.happens(WITH_SPOUSE))
      add(
        createPerson(chance, `${owner.customerId.slice(0, -1)}b`, { home: owner.home, payday: owner.payday }),
        1,
      );
    if (chance.happens(WITH_CHILD)) add(childOf(chance, owner), 0.6);
  }
  return cards;
}

function childOf(chance: Chance, owner: Person): Person {
  return createPerson(chance, `${owner.customerId.slice(0, -1)}c`, {
    home: owner.home,
    habits: new Set(chance.happens(0.7) ? ['games'] : []),
    wealth: owner.wealth * 0.4,
    journeysAbroad: 0,
    crossesBorder: false,
  });
}

export interface CardInput {
  readonly seed: number;
  readonly index: number;
  readonly holder: Person;
  readonly ownerId: string;
  readonly issuedDay: number;
  readonly share: number;
  readonly named?: { readonly token: string; readonly lastFour: string; readonly devices: string[] };
}

export function createCard(input: CardInput): Card {
  const { seed, index, holder } = input;
  const chance = createChance(seed, 'card', index);
  const device = () => `d-${Math.floor(chance.real() * 2 ** 40).toString(36)}`;
  const token = `k-${createChance(seed, 'token', index)
    .below(2 ** 48)
    .toString(36)}`;
  const lastFour = String(chance.below(10_000)).padStart(4, '0');
  const devices = chance.happens(0.35) ? [device(), device()] : [device()];
  return {
    index,
    token,
    lastFour,
    devices,
    holder,
    accountOwnerId: input.ownerId,
    issuedDay: input.issuedDay,
    share: input.share,
    chance,
    subscriptions: planSubscriptions(chance, holder.wealth * (input.share < 1 ? 0.7 : 1)),
    favourites: new Map(),
    storedAt: new Set(),
    transactions: 0,
    away: undefined,
    struckDay: Number.NEGATIVE_INFINITY,
    ...input.named,
  };
}

import type { Agenda } from './agenda.ts';
import { type Calendar, DAY_BEGINS_HOUR } from './calendar.ts';
import { type Category, categories, categoryOf, type HourProfile } from './categories.ts';
import { type Chance, tableOf } from './chance.ts';
import type { EntryMode, OddLife, Truth } from './events.ts';
import type { Journey } from './journeys.ts';
import type { Merchant, Merchants } from './merchants.ts';
import type { Card, Person } from './people.ts';
import { type City, HOME_COUNTRY, HOME_ZONE } from './places.ts';
import { authorise, followUp, priceOf } from './purchase.ts';

/** What a day of life needs to know of the world. */
export interface World {
  readonly calendar: Calendar;
  readonly agenda: Agenda;
  readonly merchants: Merchants;
}

/** Made up. */
const DECLINED_IN_SHOP = 0.012;
const DECLINED_ON_NET = 0.03;
const TRIED_AGAIN = 0.65;
const APPROVED_AGAIN = 0.7;
const FAVOURITE_AGAIN = 0.82;
const FAVOURITES_KEPT = 5;
const VERIFIED_BEFORE_STORED = 0.25;
const STORED_WHERE_NEW = 0.2;
const NEW_PHONES_A_YEAR = 0.45;
const MOST_PURCHASES_A_DAY = 25;

const journeyKinds = tableOf(
  categories.filter(({ onJourney }) => onJourney !== undefined),
  ({ onJourney = 0 }) => onJourney,
);
const bigKinds = [
  'electronics',
  'furniture',
  'jewellery',
  'netelectronics',
  'school',
  'travel',
  'hospital',
].map(categoryOf);

/** What kind of day it is for a card. */
export interface LivedDay {
  readonly day: number;
  readonly journey?: Journey | undefined;
  /** Times as much is bought as usual. */
  readonly busy?: number;
}

/** One day of one card. Everything it does goes on the agenda; returns how many authorisations that were. */
export function liveDay(world: World, card: Card, { day, journey, busy = 1 }: LivedDay): number {
  const { holder, chance } = card;
  const facts = world.calendar.dateOf(day);
  const before = card.transactions;
  const city = journey?.city ?? holder.home;
  const odd = oddOf(journey);
  const expected = holder.rate * card.share * dayFactor(holder, facts) * busy * (journey ? 1.8 : 1);
  const count = Math.min(MOST_PURCHASES_A_DAY, chance.poisson(expected));
  for (let i = 0; i < count; i++) {
    const asAtHome = journey === undefined || chance.happens(journey.netShare);
    const category = asAtHome ? chance.draw(holder.kinds) : chance.draw(journeyKinds);
    // Who only crosses the border for the day also buys at this side of it.
    if (journey && asAtHome && category.place === 'local' && !journey.isOneDay) continue;
    buy(world, card, { day, category, city: asAtHome ? holder.home : city, factor: 1, odd });
  }
  if (facts.isSale && chance.happens(0.3))
    buy(world, card, { day, category: categoryOf('market'), city, factor: 1.6, odd });
  chargeSubscriptions(world, card, day, facts.dayOfMonth);
  if (journey === undefined && chance.happens((holder.bigPurchases * card.share) / 365))
    buy(world, card, {
      day,
      category: chance.pick(bigKinds),
      city,
      factor: chance.logNormal(3.5, 0.5),
      odd: 'big_purchase',
    });
  if (chance.happens(NEW_PHONES_A_YEAR / 365)) buyPhone(world, card, day);
  return card.transactions - before;
}

function oddOf(journey: Journey | undefined): OddLife | undefined {
  if (!journey || journey.city.country === HOME_COUNTRY) return undefined;
  return journey.isOneDay ? 'across_the_border' : 'journey';
}

/** Flight or train, and the hotel: dear, on the net, weeks ahead. */
export function bookJourney(world: World, card: Card, day: number, journey: Journey): void {
  const isAbroad = journey.city.country !== HOME_COUNTRY;
  const way = categoryOf(isAbroad || card.chance.happens(0.3) ? 'airline' : 'rail');
  const odd = isAbroad ? 'journey' : undefined;
  const base = { day, city: card.holder.home, odd } as const;
  buy(world, card, { ...base, category: way, factor: isAbroad ? 2.4 : 1 });
  if (card.chance.happens(0.7))
    buy(world, card, { ...base, category: categoryOf('travel'), factor: isAbroad ? 2 : 1 });
}

/** More at the weekend, and in the days after the money came. */
function dayFactor(
  person: Person,
  { dayOfMonth, isWeekend }: { dayOfMonth: number; isWeekend: boolean },
): number {
  const sincePayday = (dayOfMonth - person.payday + 30) % 30;
  return (isWeekend ? 1.2 : 0.95) * (0.9 + 0.55 * Math.exp(-sincePayday / 4));
}

interface Buying {
  readonly day: number;
  readonly category: Category;
  readonly city: City;
  /** Of the usual price. */
  readonly factor: number;
  readonly odd: OddLife | undefined;
}

function buy(world: World, card: Card, { day, category, city, factor, odd }: Buying): void {
  const { chance, holder } = card;
  const merchant = chooseMerchant(world.merchants, card, category, city);
  const hour = hourOf(
    chance,
    category.hours,
    category.place === 'net' ? holder.lateness : holder.lateness / 2,
  );
  const at = world.calendar.momentOf(day, hour, city.zone);
  const isPresent = category.place === 'local';
  if (isAway(card, at, isPresent)) return;
  const yuan = priceOf(chance, category, factor * merchant.level * holder.wealth ** 0.55);
  const { entryMode, deviceId } = howPaid(card, category, city);
  const truth: Pick<Truth, 'kind' | 'pattern'> | undefined = odd && { kind: 'genuine', pattern: odd };
  const attempt = {
    card,
    merchant,
    at,
    yuan,
    entryMode,
    ...(deviceId && { deviceId }),
    ...(truth && { truth }),
  };
  if (entryMode === 'ecommerce' && !card.storedAt.has(merchant.id) && chance.happens(STORED_WHERE_NEW)) {
    card.storedAt.add(merchant.id);
    if (chance.happens(VERIFIED_BEFORE_STORED))
      authorise(world.agenda, { ...attempt, at: at - 20_000, yuan: 0 });
  }
  if (chance.happens(isPresent ? DECLINED_IN_SHOP : DECLINED_ON_NET)) {
    authorise(world.agenda, { ...attempt, outcome: 'declined' });
    if (!chance.happens(TRIED_AGAIN)) return;
    const again = { ...attempt, at: at + 1000 * Math.round(chance.between(25, 200)) };
    if (chance.happens(APPROVED_AGAIN))
      followUp(world.agenda, chance, authorise(world.agenda, again), category);
    else authorise(world.agenda, { ...again, outcome: 'declined' });
    return;
  }
  followUp(world.agenda, chance, authorise(world.agenda, attempt), category);
}

/** Without the card nothing is bought in shops; who never had it cannot buy on the net either. */
function isAway({ away }: Card, at: number, isPresent: boolean): boolean {
  return away !== undefined && at >= away.from && at < away.until && (isPresent || away.neverSeen === true);
}

/** People go where they went before, to the places they like best most of all. */
function chooseMerchant(merchants: Merchants, card: Card, category: Category, city: City): Merchant {
  const { chance } = card;
  const key = category.place === 'net' ? category.id : `${category.id}/${city.name}`;
  const known = card.favourites.get(key) ?? [];
  if (known.length > 0 && chance.happens(FAVOURITE_AGAIN)) {
    const rank = Math.min(known.length - 1, Math.floor(chance.exponential(1)));
    const merchant = known[rank];
    if (merchant) return merchant;
  }
  const merchant =
    category.habit === 'netAbroad' ? merchants.drawAbroad(chance) : merchants.draw(chance, category, city);
  if (!known.includes(merchant)) card.favourites.set(key, [...known, merchant].slice(-FAVOURITES_KEPT));
  return merchant;
}

export function hourOf(chance: Chance, profile: HourProfile, later: number): number {
  const all = profile.reduce((sum, { weight }) => sum + weight, 0);
  let left = chance.real() * all;
  let peak = profile[0];
  for (const next of profile) {
    peak = next;
    left -= next.weight;
    if (left < 0) break;
  }
  const hour = (peak?.hour ?? 12) + (peak?.spread ?? 1) * chance.normal() + later;
  return Math.min(29.9, Math.max(DAY_BEGINS_HOUR + 0.05, hour));
}

/** Where terminals still read the strip: now and then in some countries, at home when the chip fails. Made up. */
const READS_STRIP: Readonly<Record<string, number>> = {
  CN: 0.006,
  US: 0.1,
  TH: 0.06,
  ID: 0.1,
  MX: 0.1,
  BR: 0.06,
};

function howPaid(card: Card, category: Category, city: City): { entryMode: EntryMode; deviceId?: string } {
  const { chance, holder, devices } = card;
  const phone = devices[0];
  if (category.place === 'net') {
    if (category.mcc === '4722' && chance.happens(0.04)) return { entryMode: 'moto' };
    if (chance.happens(0.06)) return { entryMode: 'ecommerce' };
    const deviceId = devices.length > 1 && chance.happens(0.3) ? devices[1] : phone;
    return { entryMode: 'ecommerce', ...(deviceId && { deviceId }) };
  }
  if (category.id === 'cash') return { entryMode: 'chip' };
  if (chance.happens(READS_STRIP[city.country] ?? 0)) return { entryMode: 'magstripe' };
  if (category.id === 'hotel' && chance.happens(0.05)) return { entryMode: 'manual' };
  const way = chance.real();
  if (way < holder.walletShare) return { entryMode: 'wallet', ...(phone && { deviceId: phone }) };
  return { entryMode: way < holder.walletShare + holder.touchShare ? 'contactless' : 'chip' };
}

/** A new telephone takes the old one's place; the first things bought with it are ordinary ones. */
function buyPhone(world: World, card: Card, day: number): void {
  const { chance } = card;
  const deviceId = `d-${Math.floor(chance.real() * 2 ** 40).toString(36)}`;
  card.devices = [deviceId, ...card.devices.slice(1)];
  const category = categoryOf(chance.pick(['market', 'delivery', 'netelectronics', 'taxi']));
  buy(world, card, { day, category, city: card.holder.home, factor: 1, odd: 'new_device' });
}

/** By night, between one and five, as batches run. */
function chargeSubscriptions(world: World, card: Card, day: number, dayOfMonth: number): void {
  const { chance, subscriptions } = card;
  for (const { merchant, yuan, dayOfMonth: due, spread } of subscriptions) {
    if (due !== dayOfMonth) continue;
    const at = world.calendar.momentOf(day, chance.between(1, 5), HOME_ZONE);
    if (isAway(card, at, false)) continue;
    const charged = authorise(world.agenda, {
      card,
      merchant,
      at,
      yuan: Math.round(yuan * Math.exp(spread * chance.normal()) * 100) / 100,
      entryMode: 'ecommerce',
      isRecurring: true,
      outcome: chance.happens(0.02) ? 'declined' : 'approved',
    });
    if (charged.outcome === 'approved') followUp(world.agenda, chance, charged, merchant.category);
  }
}

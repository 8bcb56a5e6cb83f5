import { categoryOf } from './categories.ts';
import { type Chance, tableOf } from './chance.ts';
import type { Authorized, EntryMode, FraudPattern } from './events.ts';
import { replacementMs } from './labels.ts';
import { hourOf, type World } from './life.ts';
import type { Merchant } from './merchants.ts';
import type { Card } from './people.ts';
import { cloneCities, HOME_ZONE } from './places.ts';
import { authorise, followUp, priceOf } from './purchase.ts';

/** One thief at work on one card. All figures below are made up after how such cases are described. */
export interface Theft {
  readonly world: World;
  readonly chance: Chance;
  readonly card: Card;
  readonly pattern: FraudPattern;
  readonly caseId: string;
  /** Day it begins. */
  readonly day: number;
  /** What was done so far. */
  readonly done: Authorized[];
}

interface Try {
  readonly merchant: Merchant;
  readonly at: number;
  readonly yuan: number;
  readonly entryMode: EntryMode;
  readonly deviceId?: string;
  readonly declined?: number;
}

function tryToPay(theft: Theft, { declined = 0, ...attempt }: Try): Authorized {
  const { world, chance, card, pattern, caseId, done } = theft;
  const authorised = authorise(world.agenda, {
    ...attempt,
    card,
    outcome: chance.happens(declined) ? 'declined' : 'approved',
    truth: { kind: 'fraud', pattern, caseId },
  });
  if (authorised.outcome === 'approved')
    followUp(world.agenda, chance, authorised, attempt.merchant.category);
  done.push(authorised);
  return authorised;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const around = (hour: number, spread: number) => [{ hour, spread, weight: 1 }];
const anyHour = [...around(15, 5), ...around(24, 3), ...around(8, 2)];
const deviceOf = (chance: Chance): string => `d-${Math.floor(chance.real() * 2 ** 40).toString(36)}`;
const start = ({ world, chance, day }: Theft, profile = anyHour): number =>
  world.calendar.momentOf(day, hourOf(chance, profile, 0), HOME_ZONE);
const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000) * 1000;
const round = (yuan: number): number => Math.max(1, Math.round(yuan));

/** Goods that sell again, on the net at home. */
const resold = tableOf(
  [
    { id: 'netelectronics', weight: 5 },
    { id: 'stored', weight: 3 },
    { id: 'games', weight: 3 },
    { id: 'market', weight: 4 },
    { id: 'topup', weight: 1 },
  ],
  ({ weight }) => weight,
);
/** The same in shops. */
const fenced = tableOf(
  [
    { id: 'electronics', weight: 4 },
    { id: 'jewellery', weight: 2 },
    { id: 'tobacco', weight: 3 },
    { id: 'supermarket', weight: 3 },
    { id: 'clothing', weight: 2 },
  ],
  ({ weight }) => weight,
);

/** Small attempts to see whether a number works, then, mostly, what it was tested for. */
export function probe(theft: Theft): void {
  const { world, chance, card } = theft;
  const deviceId = chance.happens(0.5) ? deviceOf(chance) : undefined;
  const common = { entryMode: 'ecommerce', ...(deviceId && { deviceId }) } as const;
  const tests = ['digital', 'games', 'topup'].map((id) =>
    world.merchants.draw(chance, categoryOf(id), card.holder.home),
  );
  if (chance.happens(0.4)) tests.push(world.merchants.drawAbroad(chance));
  let at = start(theft);
  // Mostly by hand; now and then a machine that goes on and on.
  const isMachine = chance.happens(0.12);
  const count = isMachine ? 14 + chance.poisson(8) : 3 + chance.poisson(3);
  for (let i = 0; i < count; i++) {
    const yuan = chance.happens(0.3) ? 0 : chance.pick([1, 1, 1.99, 5, 6, 9.9, 15]);
    tryToPay(theft, { ...common, merchant: chance.pick(tests), at, yuan, declined: 0.4 });
    at += seconds(20_000 + chance.exponential(isMachine ? MINUTE_MS : 3 * MINUTE_MS));
  }
  if (!chance.happens(0.7)) return;
  at += seconds(chance.logNormal(25 * MINUTE_MS, 1.1));
  for (let left = 1 + chance.poisson(1); left > 0; left--) {
    const abroad = chance.happens(0.4);
    const merchant = abroad
      ? world.merchants.drawAbroad(chance)
      : world.merchants.draw(chance, categoryOf(chance.draw(resold).id), card.holder.home);
    tryToPay(theft, { ...common, merchant, at, yuan: round(chance.logNormal(1300, 0.7)), declined: 0.2 });
    at += seconds(chance.exponential(12 * MINUTE_MS));
  }
}

/** The card itself, stolen in its town: by touch first, then as dear as it goes until it is refused. */
export function spree(theft: Theft): void {
  const { world, chance, card } = theft;
  let at = start(theft, around(17, 4));
  lose(card, at - seconds(chance.exponential(50 * MINUTE_MS)), at + replacementMs(chance));
  const count = 2 + chance.poisson(3);
  let refused = 0.05;
  for (let i = 0; i < count && refused < 0.9; i++) {
    const category = categoryOf(i === 0 ? 'convenience' : chance.draw(fenced).id);
    const merchant = world.merchants.draw(chance, category, card.holder.home);
    const yuan = i === 0 ? round(chance.logNormal(25, 0.5)) : round(chance.logNormal(850, 0.8));
    // Without the PIN: up to 1,000 yuan by touch (UnionPay's limit since 2018), else a terminal that asks for none.
    const entryMode: EntryMode = yuan <= 1000 ? 'contactless' : 'chip';
    tryToPay(theft, { merchant, at, yuan, entryMode, declined: refused });
    refused += 0.09;
    at += seconds(3 * MINUTE_MS + chance.exponential(15 * MINUTE_MS));
  }
}

/** Lost, found by somebody who is careful: everyday amounts by touch until it is reported. */
export function useLost(theft: Theft): void {
  const { world, chance, card } = theft;
  let at = start(theft, around(15, 4));
  lose(card, at - seconds(chance.exponential(2 * HOUR_MS)), at + replacementMs(chance));
  for (let left = 1 + chance.poisson(2.2); left > 0; left--) {
    const category = categoryOf(
      chance.pick(['convenience', 'supermarket', 'fastfood', 'tobacco', 'transit', 'restaurant']),
    );
    const merchant = world.merchants.draw(chance, category, card.holder.home);
    const yuan = Math.min(990, priceOf(chance, category, 1.4 * merchant.level));
    tryToPay(theft, { merchant, at, yuan, entryMode: 'contactless', declined: 0.04 });
    at += seconds(5 * MINUTE_MS + chance.exponential(70 * MINUTE_MS));
  }
}

function lose(card: Card, from: number, until: number): void {
  card.away = { from, until };
}

/** A stolen number at shops abroad on the net. */
export function buyAbroad(theft: Theft): void {
  const { world, chance } = theft;
  const deviceId = chance.happens(0.6) ? deviceOf(chance) : undefined;
  const merchants = [world.merchants.drawAbroad(chance), world.merchants.drawAbroad(chance)];
  let at = start(theft);
  for (let left = 1 + chance.poisson(1.3); left > 0; left--) {
    tryToPay(theft, {
      merchant: chance.pick(merchants),
      at,
      yuan: round(chance.logNormal(1500, 0.9)),
      entryMode: chance.happens(0.06) ? 'moto' : 'ecommerce',
      ...(deviceId && { deviceId }),
      declined: 0.2,
    });
    at += seconds(MINUTE_MS + chance.exponential(20 * MINUTE_MS));
  }
}

/** The account is in other hands: another device, bound by a verification, and other purchases than before, for days. */
export function takeOver(theft: Theft): void {
  const { world, chance, card } = theft;
  const deviceId = deviceOf(chance);
  const merchants = [0, 1, 2].map(() =>
    world.merchants.draw(chance, categoryOf(chance.draw(resold).id), card.holder.home),
  );
  let at = start(theft, [...around(23, 2.5), ...around(14, 4)]);
  if (chance.happens(0.6)) {
    tryToPay(theft, { merchant: chance.pick(merchants), at, yuan: 0, entryMode: 'ecommerce', deviceId });
    at += seconds(chance.exponential(20 * MINUTE_MS));
  }
  // Some empty the account at once, as far as its limit goes.
  const median = (chance.happens(0.15) ? 14_000 : 1100) * card.holder.wealth ** 0.4;
  for (let left = 2 + chance.poisson(2); left > 0; left--) {
    const isWallet = chance.happens(0.25);
    const merchant = isWallet
      ? world.merchants.draw(chance, categoryOf(chance.draw(fenced).id), card.holder.home)
      : chance.pick(merchants);
    const yuan = round(chance.logNormal(median, 0.8));
    tryToPay(theft, {
      merchant,
      at,
      yuan,
      entryMode: isWallet ? 'wallet' : 'ecommerce',
      deviceId,
      declined: 0.12,
    });
    at += seconds(2 * MINUTE_MS + chance.exponential(5 * HOUR_MS));
  }
}

/** A copy of the strip, used in another country while the holder lives on at home. */
export function useClone(theft: Theft): void {
  const { world, chance } = theft;
  const city = chance.pick(cloneCities);
  let at = start(theft, around(14, 4));
  for (let left = 2 + chance.poisson(1.5); left > 0; left--) {
    const isCash = chance.happens(0.25);
    const category = categoryOf(isCash ? 'cash' : chance.draw(fenced).id);
    const merchant = world.merchants.draw(chance, category, city);
    const yuan = isCash ? 100 * round(chance.logNormal(14, 0.4)) : round(chance.logNormal(1600, 0.7));
    tryToPay(theft, {
      merchant,
      at,
      yuan,
      entryMode: chance.happens(0.9) ? 'magstripe' : 'manual',
      declined: 0.2,
    });
    at += seconds(5 * MINUTE_MS + chance.exponential(25 * MINUTE_MS));
  }
}

/** A new card that never reached its holder: dear from its first use, until somebody misses it. */
export function useIntercepted(theft: Theft): void {
  const { world, chance, card } = theft;
  let at = start(theft, around(16, 3));
  card.away = {
    from: world.calendar.startOf(card.issuedDay),
    until: at + replacementMs(chance),
    neverSeen: true,
  };
  for (let left = 2 + chance.poisson(2); left > 0; left--) {
    const onNet = chance.happens(0.3);
    const category = categoryOf(onNet ? 'netelectronics' : chance.draw(fenced).id);
    const merchant = world.merchants.draw(chance, category, card.holder.home);
    const yuan = round(chance.logNormal(3200, 0.9));
    tryToPay(theft, { merchant, at, yuan, entryMode: onNet ? 'ecommerce' : 'chip', declined: 0.1 });
    at += seconds(10 * MINUTE_MS + chance.exponential(70 * MINUTE_MS));
  }
}

/** At a compromised merchant: what people pay there, one purchase. */
export function payAtCompromised(theft: Theft, merchant: Merchant): void {
  const { chance, card, world, day } = theft;
  const { category } = merchant;
  const at = world.calendar.momentOf(day, hourOf(chance, category.hours, 0.5), HOME_ZONE);
  const yuan = priceOf(chance, category, 1.3 * merchant.level * card.holder.wealth ** 0.55);
  const inShop = ['contactless', 'contactless', 'chip', 'chip', 'chip', 'magstripe'] as const;
  const entryMode = category.place === 'net' ? 'ecommerce' : chance.pick(inShop);
  tryToPay(theft, { merchant, at, yuan, entryMode, declined: 0.05 });
}

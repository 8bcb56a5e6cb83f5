import type { Category } from './categories.ts';
import { type Chance, tableOf } from './chance.ts';
import type { Merchant } from './merchants.ts';
import { homeCities, netCountries } from './places.ts';

/** A charge that comes every month by itself. */
export interface Subscription {
  readonly merchant: Merchant;
  readonly yuan: number;
  /** 1 to 28. */
  readonly dayOfMonth: number;
  /** Share by which the amount differs from month to month: 0 for a fixed price. */
  readonly spread: number;
}

interface Offer {
  readonly id: string;
  readonly name: string;
  readonly mcc: string;
  readonly yuan: readonly number[];
  readonly spread: number;
  readonly country: string;
  readonly weight: number;
}

/** Made up, with prices as such services have them. */
// biome-ignore format: one offer a line reads as the table it is
const offers: readonly Offer[] = [
  { id: 's-video', name: '星河视频', mcc: '4899', yuan: [15, 25, 30], spread: 0, country: 'CN', weight: 10 },
  { id: 's-music', name: '云音音乐', mcc: '5815', yuan: [8, 15, 18], spread: 0, country: 'CN', weight: 7 },
  { id: 's-cloud', name: '云盘会员', mcc: '7372', yuan: [6, 21, 68], spread: 0, country: 'CN', weight: 6 },
  { id: 's-mobile', name: '移动通信', mcc: '4814', yuan: [39, 59, 99, 159], spread: 0.1, country: 'CN', weight: 8 },
  { id: 's-power', name: '市电力公司', mcc: '4900', yuan: [90, 140, 220], spread: 0.4, country: 'CN', weight: 6 },
  { id: 's-gym', name: '健身俱乐部', mcc: '7997', yuan: [199, 299, 399], spread: 0, country: 'CN', weight: 3 },
  { id: 's-insurance', name: '安康保险', mcc: '6300', yuan: [120, 260, 480, 900], spread: 0, country: 'CN', weight: 3 },
  { id: 's-rent', name: '安居公寓', mcc: '6513', yuan: [1800, 2600, 3600, 5200], spread: 0, country: 'CN', weight: 3 },
  { id: 's-stream-us', name: 'STREAMFLIX.COM', mcc: '4899', yuan: [71.8, 107.7], spread: 0, country: 'US', weight: 1.5 },
  { id: 's-software-ie', name: 'CREATIVE SUITE', mcc: '5734', yuan: [78.2, 172], spread: 0, country: 'IE', weight: 1 },
];
const table = tableOf(offers, ({ weight }) => weight);

/** None for a third of the people, two or three for most others; dear ones for the better-off only. */
export function planSubscriptions(chance: Chance, wealth: number): Subscription[] {
  const count = Math.min(5, chance.poisson(1.5 * Math.sqrt(wealth)));
  const chosen = new Map<string, Offer>();
  for (let i = 0; i < count; i++) {
    const offer = chance.draw(table);
    chosen.set(offer.id, offer);
  }
  return [...chosen.values()].map((offer) => ({
    merchant: merchantOf(offer),
    yuan: chance.pick(offer.yuan),
    dayOfMonth: 1 + chance.below(28),
    spread: offer.spread,
  }));
}

function merchantOf(offer: Offer): Merchant {
  const city = [...homeCities, ...netCountries].find(({ country }) => country === offer.country);
  if (!city) throw new Error(`no place in ${offer.country}`);
  const category: Category = {
    id: offer.id,
    mcc: offer.mcc,
    place: 'net',
    median: 50,
    sigma: 0,
    prices: 'free',
    weight: 0,
    hours: [],
    refunds: 0,
    names: [],
  };
  return { id: offer.id, name: offer.name, category, city, level: 1 };
}

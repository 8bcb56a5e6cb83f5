import { type Category, categories } from './categories.ts';
import { type Chance, createChance, type Table, tableOf } from './chance.ts';
import { type City, cloneCities, destinations, HOME_COUNTRY, homeCities, netCountries } from './places.ts';

/** Where money is spent. */
export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly category: Category;
  /** Its seat: for a shop on the net where it is booked, not where the customer is. */
  readonly city: City;
  /** Its prices beside others of its kind. */
  readonly level: number;
}

/** All merchants, found by town and kind; popularity has a long tail. */
export interface Merchants {
  /** A merchant of this kind, as popular as it is; `city` matters for local ones only. */
  draw(chance: Chance, category: Category, city: City): Merchant;
  /** A shop on the net outside the country. */
  drawAbroad(chance: Chance): Merchant;
  readonly count: number;
}

/** Inhabitants' cards per merchant of a kind, and how fast popularity falls from rank to rank (Zipf). Made up. */
const CARDS_PER_MERCHANT = 220;
const LOCAL_FALL = 0.9;
const NET_FALL = 1.3;
const FEWEST = 3;
const MOST = 400;

const firstParts = [
  '金桥',
  '鸿运',
  '百联',
  '和平',
  '天一',
  '福满',
  '万家',
  '新世纪',
  '东方',
  '丰泽',
  '云顶',
  '小满',
];
const firstPartsAbroad = [
  'GOLDEN',
  'CENTRAL',
  'HARBOUR',
  'NORTHSIDE',
  'SUNRISE',
  'RIVERSIDE',
  'MAPLE',
  'CRYSTAL',
];

/** The merchants of a life with so many cards; the same seed and number of cards, the same merchants. */
export function createMerchants(seed: number, cards: number): Merchants {
  const local = new Map<string, Table<Merchant>>();
  const net = new Map<string, Table<Merchant>>();
  let count = 0;
  const many = (category: Category, city: City, wanted: number, fall: number): Table<Merchant> => {
    const chance = createChance(seed, 'merchants', category.id, city.name);
    const list = Array.from({ length: Math.min(MOST, Math.max(FEWEST, Math.round(wanted))) }, () =>
      merchantOf(chance, category, city, count++),
    );
    return tableOf(list, (_merchant, rank) => (rank + 1) ** -fall);
  };
  const share = (city: City) => city.weight / homeCities.reduce((sum, { weight }) => sum + weight, 0);
  for (const category of categories) {
    if (category.place === 'local') {
      const perCity = (cards * Math.sqrt(category.weight + 0.5)) / CARDS_PER_MERCHANT;
      for (const city of homeCities) {
        local.set(
          keyOf(category, city),
          many(category, city, 4 * perCity * share(city) + FEWEST, LOCAL_FALL),
        );
      }
      for (const city of [...destinations, ...cloneCities]) {
        if (!local.has(keyOf(category, city)))
          local.set(keyOf(category, city), many(category, city, 6 + perCity / 4, LOCAL_FALL));
      }
    } else if (category.habit === 'netAbroad') {
      const all = netCountries.flatMap((city) => many(category, city, 4 + cards / 900, NET_FALL).items);
      net.set(
        category.id,
        tableOf(all, ({ city }, rank) => city.weight * ((rank % 7) + 1) ** -NET_FALL),
      );
    } else {
      const seat = homeCities[0];
      if (seat) net.set(category.id, many(category, seat, 8 + cards / 400, NET_FALL));
    }
  }
  const find = (table: Table<Merchant> | undefined): Table<Merchant> => {
    if (!table) throw new Error('no such merchants');
    return table;
  };
  return {
    draw: (chance, category, city) =>
      chance.draw(find(category.place === 'net' ? net.get(category.id) : local.get(keyOf(category, city)))),
    drawAbroad: (chance) => chance.draw(find(net.get(chance.happens(0.85) ? 'netabroad' : 'luxury'))),
    get count() {
      return count;
    },
  };
}

const keyOf = (category: Category, city: City): string => `${category.id}/${city.name}/${city.country}`;

function merchantOf(chance: Chance, category: Category, city: City, index: number): Merchant {
  const home = city.country === HOME_COUNTRY;
  const latin = category.names.filter((part) => /^[A-Z ]+$/.test(part));
  const chinese = category.names.filter((part) => !/^[A-Z ]+$/.test(part));
  const last = home || latin.length === 0 ? (chinese.length > 0 ? chinese : latin) : latin;
  const first = home ? firstParts : firstPartsAbroad;
  const joint = home ? '' : ' ';
  return {
    id: `m-${(46_656 + index).toString(36)}`,
    name: `${chance.pick(first)}${joint}${chance.pick(last)}`,
    category,
    city,
    level: chance.logNormal(1, 0.25),
  };
}

import type { People, SampleLine } from '../../infra/local/start/sample.ts';
import { createAgenda } from './agenda.ts';
import { createCalendar } from './calendar.ts';
import { categories } from './categories.ts';
import { createChance, tableOf } from './chance.ts';
import type { BankLine, Generated } from './events.ts';
import { liveDay, type World } from './life.ts';
import { createMerchants } from './merchants.ts';
import { eveningOf } from './night-script.ts';
import { type Card, createCard, createPerson, type Person } from './people.ts';
import { homeCities } from './places.ts';

/** The seed of the night that ships: the first one whose ordinary purchases all pass, at whatever hour it is played. */
export const SAMPLE_SEED = 3;

const HISTORY_DAYS = 28;
const MINUTE_MS = 60_000;
/** The evening begins so long before its end. */
const EVENING_MS = 345 * MINUTE_MS;
/** Purchases a day of a card: few in the weeks before, which are put on the bus at every start; many in the evening. */
const RATE = 0.5;
const EVENING_TIMES = 18;
/** Everyday kinds only: what is dear or far away is the script's. */
const MOST_MEDIAN_YUAN = 100;

/** The night's ordinary life and what the script lets happen in it, as the files of `tools/sample-night` have them. */
export function sampleNight(people: People, seed: number): { history: SampleLine[]; night: SampleLine[] } {
  const end = Date.parse(people.endsAt);
  const from = new Date(end - HISTORY_DAYS * 86_400_000).toISOString().slice(0, 10);
  const calendar = createCalendar(from, HISTORY_DAYS + 1);
  const world: World = { calendar, agenda: createAgenda(calendar), merchants: createMerchants(seed, 20) };
  const cards = people.cards.map((_card, index) => cardOf(people, seed, index));
  const lived: Generated[] = [];
  for (let day = 0; day <= HISTORY_DAYS; day++) {
    const busy = day < HISTORY_DAYS ? 1 : EVENING_TIMES;
    for (const card of cards) liveDay(world, card, { day, busy });
    lived.push(...world.agenda.take(day));
  }
  const ids = new Map<string, string>();
  const history = lived
    .filter(({ at, line }) => at < calendar.startOf(HISTORY_DAYS) && line.type === 'TransactionAuthorized')
    .map(({ line }) => renamed(line, ids, 'hist'));
  const evening = lived
    .filter(({ at, line }) => at > end - EVENING_MS && at <= end && isOfTheEvening(line, ids))
    .map(({ at, line }) => ({ at, line: renamed(line, ids, 'night') }));
  const night = [...evening, ...eveningOf(people, end)].sort((one, other) => one.at - other.at);
  return { history, night: night.map(({ line }) => line) };
}

/** What is told of a purchase nobody heard of would only be put aside. */
function isOfTheEvening({ type, detail }: BankLine, ids: ReadonlyMap<string, string>): boolean {
  if (type === 'TransactionAuthorized') return true;
  return type === 'TransactionPosted' && ids.has(detail.transactionId);
}

function renamed({ type, detail }: BankLine, ids: Map<string, string>, stem: string): SampleLine {
  if (!('transactionId' in detail)) throw new Error(`${type} tells of no transaction`);
  const known = ids.get(detail.transactionId);
  const transactionId = known ?? `${stem}-${String(countOf(ids, stem) + 1).padStart(4, '0')}`;
  ids.set(detail.transactionId, transactionId);
  return { 'detail-type': type, detail: { ...detail, transactionId } };
}

const countOf = (ids: ReadonlyMap<string, string>, stem: string): number =>
  [...ids.values()].filter((id) => id.startsWith(stem)).length;

/** Calm people: no car, no games, no journeys, nothing dear. */
function cardOf(people: People, seed: number, index: number): Card {
  const card = people.cards[index];
  if (!card) throw new Error(`no card ${index}`);
  const home = homeCities[card.cardToken.startsWith('card-zhang') ? 1 : 0];
  const chance = createChance(seed, 'sample', card.cardToken);
  const kinds = categories.filter(
    ({ weight, habit, median }) => weight > 0 && habit === undefined && median <= MOST_MEDIAN_YUAN,
  );
  const calm: Partial<Person> = {
    ...(home && { home }),
    wealth: 1,
    rate: RATE,
    bigPurchases: 0,
    lateness: 0,
    kinds: tableOf(kinds, ({ weight }) => weight),
    crossesBorder: false,
  };
  const person = createPerson(chance, card.cardholderId, calm);
  const [, surname = ''] = card.cardToken.split('-');
  const made = createCard({
    seed,
    index,
    holder: person,
    ownerId: card.accountOwnerId,
    issuedDay: -200,
    share: 1,
    named: { token: card.cardToken, lastFour: card.lastFour, devices: [`phone-${surname}-${card.lastFour}`] },
  });
  return { ...made, subscriptions: made.subscriptions.filter(({ yuan }) => yuan <= MOST_MEDIAN_YUAN) };
}

import type { Call } from '../../infra/local/front/calls.ts';
import { POLLER } from '../../infra/local/host/host.ts';
import { createPut } from '../replay/feed.ts';
import type { SteeredClock } from '../replay/steered-clock.ts';
import type { OwnStack } from '../stage/local.ts';

/** What a function, or several, asked of DynamoDB and of everything else. */
export interface Trips {
  readonly reads: number;
  readonly writes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Requests to other services. */
  readonly others: number;
}

export interface RoundTrips {
  /** A card with a month behind it; one transaction. */
  readonly cleared: Trips;
  /** Mean of a month of a card at two transactions a day, ring upkeep included; another card's had the rules read. */
  readonly clearedMean: Trips & { readonly transactions: number };
  /** What reading the rules in force takes, once per function instance and half a minute. */
  readonly rulesRead: Trips;
  /** The function that screens, on a transaction that freezes. */
  readonly suspicious: Trips;
  /** All functions, from that transaction until the customer's first text is recorded. */
  readonly loop: Trips & { readonly byFunction: Readonly<Record<string, Trips>> };
  /** All functions, on the customer's NO. */
  readonly answer: Trips;
  /** Bytes the screening function logs on one cleared transaction. */
  readonly logBytes: number;
}

const DAY_MS = 86_400_000;
const MONTH = 60;
const CARD = 'bench-card';
const PHONE = '+8613900000001';
const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/** Counts on a local stack, by the calls its front answered under each function's role. */
export async function countRoundTrips(own: OwnStack, clock: SteeredClock): Promise<RoundTrips> {
  const { stack, target } = own;
  const put = createPut(target, 'bus');
  const purchase = createPurchase(clock);
  const during = async (work: () => Promise<unknown>): Promise<readonly Call[]> => {
    const mark = stack.front.calls.mark();
    await work();
    await stack.settle();
    return stack.front.calls.since(mark).filter(isOfFunction);
  };
  const screening = (calls: readonly Call[]) =>
    tripsOf(calls.filter(({ functionName }) => functionName?.endsWith('screen-transactions')));

  await put(masterData(clock));
  await stack.settle();
  const ofOther = createPurchase(clock, 'bench-other');
  const month: Call[] = [];
  const first: Call[] = [];
  for (let index = 0; index < MONTH; index += 1) {
    clock.moveTo(clock.now() + DAY_MS / 2);
    first.push(...(await during(() => put([ofOther({})]))));
    month.push(...(await during(() => put([purchase({})]))));
  }
  const logged = stack.logs('screen-transactions').length;
  const cleared = await during(() => put([purchase({})]));
  const logBytes = stack
    .logs('screen-transactions')
    .slice(logged)
    .reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0);
  const loop = await during(() => put([purchase(THEFT)]));
  if (stack.phone.messages(PHONE).length !== 1) throw new Error('the theft of the bench was not texted');
  const answer = await during(() => stack.phone.reply(PHONE, '2'));
  return {
    cleared: screening(cleared),
    clearedMean: { ...mean(screening(month), MONTH), transactions: MONTH },
    rulesRead: mean(difference(screening(first), screening(month)), MONTH),
    suspicious: screening(loop),
    loop: { ...tripsOf(loop), byFunction: byFunction(loop) },
    answer: tripsOf(answer),
    logBytes,
  };
}

/** Calls of functions; what Lambda's own pollers ask is not the function's. */
const isOfFunction = ({ functionName, invocationId }: Call): boolean =>
  functionName !== undefined && invocationId !== POLLER;

function tripsOf(calls: readonly Call[]): Trips {
  const database = calls.filter(({ service }) => service === 'dynamodb');
  const reads = database.filter(({ action }) => READS.has(action));
  const sum = (unit: 'readUnits' | 'writeUnits') =>
    database.reduce((total, { capacity }) => total + (capacity?.[unit] ?? 0), 0);
  return {
    reads: reads.length,
    writes: database.length - reads.length,
    readUnits: sum('readUnits'),
    writeUnits: sum('writeUnits'),
    others: calls.length - database.length,
  };
}

function byFunction(calls: readonly Call[]): Readonly<Record<string, Trips>> {
  const groups = Map.groupBy(calls, ({ functionName = '' }) => functionName.replace('cardguard-local-', ''));
  return Object.fromEntries([...groups].map(([name, some]) => [name, tripsOf(some)]));
}

function mean(trips: Trips, by: number): Trips {
  const { reads, writes, readUnits, writeUnits, others } = trips;
  return {
    reads: reads / by,
    writes: writes / by,
    readUnits: readUnits / by,
    writeUnits: writeUnits / by,
    others: others / by,
  };
}

/** The two cards buy the like, so that what the first takes more is the reading of the rules. */
function difference(a: Trips, b: Trips): Trips {
  return {
    reads: a.reads - b.reads,
    writes: a.writes - b.writes,
    readUnits: a.readUnits - b.readUnits,
    writeUnits: a.writeUnits - b.writeUnits,
    others: a.others - b.others,
  };
}

const isoNow = (clock: SteeredClock): string => new Date(clock.now()).toISOString();

function masterData(clock: SteeredClock) {
  const at = isoNow(clock);
  const contact = { customerId: CARD, sourceVersion: 1, occurredAt: at, name: 'Bench', phone: PHONE };
  const card = { cardToken: CARD, cardholderId: CARD, accountOwnerId: CARD, lastFour: '0001', issuedAt: at };
  return [
    { type: 'CustomerContactChanged', detail: { schemaVersion: 1, ...contact, language: 'en' } },
    { type: 'CardIssued', detail: { schemaVersion: 1, ...card, sourceVersion: 1, billingCurrency: 'CNY' } },
  ];
}

/** What the shipped rules freeze on at any hour, for a card that was only used at home. */
const THEFT = {
  amount: { minor: 888_800, currency: 'CNY' },
  billing: { minor: 888_800, currency: 'CNY' },
  merchant: { id: 'bench-theft', name: 'ONLINE XCHG', mcc: '6051', country: 'NG' },
  entryMode: 'ecommerce',
  deviceId: 'device-of-a-thief',
};

/** Ordinary purchases at ten shops in turn, with all a real event carries. */
export function createPurchase(clock: { now(): number }, cardToken: string = CARD) {
  let count = 0;
  return (over: object) => {
    count += 1;
    const money = { minor: 3_000 + 137 * (count % 40), currency: 'CNY' };
    return {
      type: 'TransactionAuthorized',
      detail: {
        schemaVersion: 1,
        transactionId: `${cardToken}-${count}`,
        cardToken,
        cardholderId: cardToken,
        accountOwnerId: cardToken,
        occurredAt: new Date(clock.now()).toISOString(),
        outcome: 'approved',
        amount: money,
        billing: money,
        merchant: {
          id: `shop-${count % 10}`,
          name: `Neighbourhood Supermarket No. ${count % 10}, Shanghai`,
          mcc: '5411',
          country: 'CN',
          city: 'Shanghai',
        },
        entryMode: 'contactless',
        recurring: false,
        merchantInitiated: false,
        ...over,
      },
    };
  };
}

import { loadavg } from 'node:os';
import { createCardStore } from '../../functions/card/card-store.ts';
import { createContactStore } from '../../functions/card/contact-store.ts';
import type { Target } from '../stage/target.ts';
import { type Counts, countRun } from './counts.ts';
import { authorisation, type BankEntry, createRunIds, masterData, type RunIds } from './events.ts';
import { createPut, type Fed, feed, type Via } from './feed.ts';
import { buildProfiles, writeProfiles } from './profiles.ts';
import { depths, waitUntilQuiet } from './quiet.ts';
import type { Days, Row } from './rows.ts';
import { type Quantiles, quantilesOf, type Sightings, watchCases } from './watch.ts';

export interface ReplayOptions {
  readonly target: Target;
  readonly days: Days;
  readonly runId: string;
  /** Transactions a second. */
  readonly rate: number;
  readonly via: Via;
  readonly enactFrauds: boolean;
  /** From the data's time to the time it is fed as, milliseconds. */
  readonly shiftMs: number;
  /** Tells a stack of our own what time it is; unset where the stack's clock is the machine's. */
  readonly moveClock?: (epochMs: number) => void;
  readonly onProgress: (text: string) => void;
  /** A stage is over. */
  readonly onDone: (text: string) => void;
}

export interface Replayed {
  readonly day: string;
  /** Of the machine over the minute before the feed and at its end; above its cores, others want them too. */
  readonly load: { readonly before: number; readonly after: number };
  readonly transactions: number;
  readonly cards: number;
  readonly history: number;
  readonly fed: Fed;
  /** Most messages seen waiting or under way in the transactions' queue. */
  readonly deepestQueue: number;
  /** From the last event sent until every queue was empty. */
  readonly quietAfterSeconds: number;
  readonly leftInQueues: Readonly<Record<string, number>>;
  readonly counts: Counts;
  readonly latency: {
    readonly eventToHoldMs?: Quantiles;
    readonly eventToConfirmedMs?: Quantiles;
    readonly eventToTextMs?: Quantiles;
  };
}

const QUIET_TIMEOUT_MS = 300_000;
const DEPTH_EVERY_MS = 500;
/** Card and contact events wait in the queue at most this many at a time. */
const SETUP_BACKLOG = 400;

interface Transaction extends BankEntry {
  readonly transactionId: string;
  readonly cardToken: string;
  readonly at: number;
}

/** Sets cards up, feeds a day, waits until all is quiet and counts. */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { target, days } = options;
  const ids = createRunIds(options.runId);
  const customers = [...new Set(days.rows.map(({ customerId }) => customerId))];
  await setUp(options, ids, customers);
  const transactions = days.rows.map((row) => transactionOf(options, ids, row));
  const cardOf = new Map(transactions.map(({ transactionId, cardToken }) => [transactionId, cardToken]));
  const watch = await watchCases(target, (id) => cardOf.get(id));
  const sentAt = new Map<string, number>();
  const depth = watchDepth(target);
  const before = loadOfMinute();
  const fed = await feed({
    entries: transactions,
    rate: options.rate,
    put: createPut(target, options.via),
    before: (batch) => {
      for (const { transactionId } of batch.entries) sentAt.set(transactionId, batch.sentAt);
      options.moveClock?.(batch.entries.at(-1)?.at ?? 0);
    },
    onProgress: (count) => options.onProgress(`feeding: ${count} of ${transactions.length} transactions`),
  });
  options.onDone(`fed ${transactions.length} transactions at ${fed.rate.toFixed(1)} a second`);
  const load = { before, after: loadOfMinute() };
  const endedAt = performance.now();
  const leftInQueues = await waitUntilQuiet(target, {
    timeoutMs: QUIET_TIMEOUT_MS,
    onProgress: (left) => options.onProgress(`waiting: ${left} messages still on their way`),
  });
  const quietAfterSeconds = (performance.now() - endedAt) / 1000;
  const deepestQueue = await depth.stop();
  await watch.stop();
  options.onProgress('counting');
  const counts = await countRun(target, { prefix: ids.prefix, transactionIds: new Set(cardOf.keys()) });
  return {
    day: days.day,
    load,
    transactions: transactions.length,
    cards: customers.length,
    history: options.days.history.length,
    fed,
    deepestQueue,
    quietAfterSeconds,
    leftInQueues,
    counts,
    latency: latencyOf(watch, sentAt),
  };
}

function transactionOf(options: ReplayOptions, ids: RunIds, row: Row): Transaction {
  const { transactionId, cardToken, ...rest } = authorisation(ids, row, options);
  return {
    type: 'TransactionAuthorized',
    detail: { transactionId, cardToken, ...rest },
    transactionId,
    cardToken,
    at: row.at + options.shiftMs,
  };
}

/** Cards and contacts by the bus, as the bank tells them, and profiles when there is history; all seen to be in. */
async function setUp(options: ReplayOptions, ids: RunIds, customers: readonly string[]): Promise<void> {
  const { target, days, shiftMs, onProgress, onDone } = options;
  const issuedAt = new Date(Date.parse(`${days.day}T00:00:00Z`) + shiftMs - 365 * 86_400_000).toISOString();
  const put = createPut(target, 'bus');
  let fed = 0;
  await feed({
    entries: customers.flatMap((customerId) => masterData(ids, customerId, issuedAt)),
    rate: Number.POSITIVE_INFINITY,
    put,
    before: async () => {
      if (fed++ % 10 === 0) while (((await depths(target)).Customers ?? 0) > SETUP_BACKLOG) await pause(50);
    },
    onProgress: (count) => onProgress(`issuing: ${count} of ${2 * customers.length} cards and contacts`),
  });
  await waitUntilQuiet(target, {
    timeoutMs: QUIET_TIMEOUT_MS,
    onProgress: (left) => onProgress(`issuing: ${left} still on their way`),
  });
  await mustBeIn(options, ids, customers);
  onDone(`issued ${customers.length} cards with their contacts`);
  if (days.history.length === 0) return;
  const profiles = buildProfiles(ids, days.history, shiftMs);
  const { db, cardsTable } = target;
  await writeProfiles({
    db,
    cardsTable,
    profiles,
    onProgress: (written) => onProgress(`warming up: ${written} of ${profiles.size} profiles`),
  });
  onDone(`warmed up ${profiles.size} profiles by ${days.history.length} earlier transactions`);
}

async function mustBeIn(options: ReplayOptions, ids: RunIds, customers: readonly string[]): Promise<void> {
  const { db, cardsTable, casesTable } = options.target;
  const cards = createCardStore({ db, cardsTable, casesTable });
  const contacts = createContactStore({ db, cardsTable });
  for (let from = 0; from < customers.length; from += 10) {
    const some = customers.slice(from, from + 10);
    const found = await Promise.all(
      some.flatMap((id) => [cards.get(ids.card(id)), contacts.get(ids.customer(id))]),
    );
    if (found.some((one) => one === undefined)) {
      throw new Error(
        'a card or contact that was sent is not in the table: see npm run redrive -- --local --list',
      );
    }
  }
}

function watchDepth(target: Target): { stop: () => Promise<number> } {
  let deepest = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      deepest = Math.max(deepest, (await depths(target)).Transactions ?? 0);
      await pause(DEPTH_EVERY_MS);
    }
  })();
  watching.catch(() => undefined);
  return {
    async stop() {
      stopped = true;
      await watching;
      return deepest;
    },
  };
}

const loadOfMinute = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** All by one monotonic clock, that of this process: sent to seen. */
function latencyOf(seen: Sightings, sentAt: ReadonlyMap<string, number>): Replayed['latency'] {
  const holds = [...seen.holds].flatMap(([card, { transactionId, seenAt }]) => {
    const sent = sentAt.get(transactionId);
    return sent === undefined ? [] : [{ card, sent, seenAt }];
  });
  const confirmed = holds.flatMap(({ card, sent }) => {
    const at = seen.confirmations.get(card);
    return at === undefined ? [] : [at - sent];
  });
  const texted = [...seen.texts].flatMap(([transactionId, at]) => {
    const sent = sentAt.get(transactionId);
    return sent === undefined ? [] : [at - sent];
  });
  return {
    eventToHoldMs: quantilesOf(holds.map(({ seenAt, sent }) => seenAt - sent)),
    eventToConfirmedMs: quantilesOf(confirmed),
    eventToTextMs: quantilesOf(texted),
  };
}

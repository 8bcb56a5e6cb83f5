import { cardGroup } from '../../functions/handlers/bank-events.ts';
import { type Rooms, roomsOn } from '../../functions/handlers/rooms.ts';
import { askCustomers } from '../../functions/handlers/work/ask-customers.ts';
import { freezeCards } from '../../functions/handlers/work/freeze-cards.ts';
import { publishEvents } from '../../functions/handlers/work/publish-events.ts';
import { receiveSmsReplies } from '../../functions/handlers/work/receive-sms-replies.ts';
import { recordCardStatus } from '../../functions/handlers/work/record-card-status.ts';
import { recordCustomers } from '../../functions/handlers/work/record-customers.ts';
import { recordLabels } from '../../functions/handlers/work/record-labels.ts';
import { routeEffects } from '../../functions/handlers/work/route-effects.ts';
import { screenTransactions } from '../../functions/handlers/work/screen-transactions.ts';
import { sendEmail } from '../../functions/handlers/work/send-email.ts';
import { sendSms } from '../../functions/handlers/work/send-sms.ts';
import { sweepDeadlines } from '../../functions/handlers/work/sweep-deadlines.ts';
import type { SmsMessage } from '../../functions/notification/sms.ts';
import type { Database, Item } from '../../functions/platform/database.ts';
import { duePartitions } from '../../functions/platform/due.ts';
import { createMemoryDatabase, type MemoryDatabase, type StreamRecord } from '../support/memory-database.ts';
import { type Chance, idsOf, SPOKEN } from './chance.ts';
import { createEngine, type Engine } from './engine.ts';
import { createFaults } from './faults.ts';
import { createIssuer, type SimulatedIssuer } from './issuer.ts';
import { createMailProvider, type SimulatedMailProvider } from './mail-provider.ts';
import { createPhoneBook, type PhoneBook, phoneKeys } from './phone-book.ts';
import { createProvider, type SimulatedProvider } from './provider.ts';
import { createQueue, type SimulatedQueue } from './queue.ts';
import { createStream } from './stream.ts';
import { createRecorder, type Recorder } from './telemetry.ts';

export const CARDS = 'Cards';
export const CASES = 'Cases';
/** 23:40 in Shanghai. */
export const NIGHT = Date.parse('2026-03-10T15:40:00.000Z');
/** Until then things go wrong; what came so late by 25 hours is there, too. */
export const CALM_AFTER_MS = 27 * 3_600_000;

/** A seeded bug: the same world with one thing done wrong. */
export interface Tampering {
  readonly db?: (db: Database) => Database;
  readonly rooms?: (rooms: Rooms, functionName: FunctionName) => Rooms;
  readonly work?: (functionName: FunctionName, handle: Handle) => Handle;
}
export type Handle = (input: never) => Promise<void>;

export type FunctionName =
  | 'screen-transactions'
  | 'record-card-status'
  | 'record-customers'
  | 'record-labels'
  | 'freeze-cards'
  | 'route-effects'
  | 'ask-customers'
  | 'send-sms'
  | 'send-email'
  | 'publish-events'
  | 'dial-calls'
  | 'receive-sms-replies'
  | 'sweep-deadlines'
  | 'api';

export interface SimulatedWorld {
  readonly engine: Engine;
  readonly db: MemoryDatabase;
  readonly rooms: (functionName: FunctionName) => Rooms;
  readonly issuer: SimulatedIssuer;
  readonly provider: SimulatedProvider;
  readonly phones: PhoneBook;
  readonly recorder: Recorder;
  readonly transactions: SimulatedQueue;
  readonly cardStatus: SimulatedQueue;
  readonly customers: SimulatedQueue;
  readonly replies: SimulatedQueue;
  readonly published: readonly string[];
  readonly mailbox: SimulatedMailProvider;
  readonly newId: () => string;
  readonly newTicketNumber: () => string;
  /** One sweep now, whatever the minute. */
  sweep(): Promise<void>;
  /** Runs until nothing is due any more, or nothing before `untilMs`. */
  run(untilMs?: number): Promise<void>;
}

export interface WorldOptions {
  readonly chance: Chance;
  /** Whether handlers interleave, and how often a call of the database fails: once in so many; 0: never. */
  readonly interleaves: boolean;
  readonly faultOnceIn: number;
  readonly moodyProvider: boolean;
  readonly bankClockMs: number;
  readonly onText: (message: SmsMessage) => void;
  readonly onChange: (record: StreamRecord) => void;
  readonly traced: boolean;
  readonly tampering?: Tampering;
  /** Events after which a schedule counts as one that never rests. */
  readonly mostEvents?: number;
  /** Time the provider takes for one text, one after the other; unset: none. */
  readonly textMs?: number;
}

/** All functions of the deployed system on tables in memory, joined by queues and a stream that misbehave. */
export function createWorld(options: WorldOptions): SimulatedWorld {
  const { chance, tampering } = options;
  const engine = createEngine({
    chance,
    startMs: NIGHT,
    interleaves: options.interleaves,
    mostEvents: options.mostEvents,
  });
  const recorder = createRecorder(engine, options.traced);
  const newId = idsOf(chance);
  const now = () => new Date(engine.now());
  let dueKnown: { at: number | undefined } | undefined;
  let sweptAt = 0;

  const faults = createFaults({
    engine,
    chance,
    onceIn: options.faultOnceIn,
    until: NIGHT + CALM_AFTER_MS,
    recorder,
  });
  const db: MemoryDatabase = createMemoryDatabase({
    tables: {
      [CARDS]: { indexes: ['gsi1'], stream: true },
      [CASES]: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: true },
    },
    newId,
    now,
    gate: faults.gate,
    readsOld: () => chance.oneIn(8),
    pageItems: 4,
    onChange: (record) => {
      dueKnown = undefined;
      recorder.changed(record);
      options.onChange(record);
      if (record.table === CASES) stream.changed(record);
    },
  });
  const tampered = tampering?.db?.(db) ?? db;
  const ground = { db: tampered, now, cardsTable: CARDS, casesTable: CASES, newSalt: newId };
  const plainRooms = roomsOn(ground);
  const rooms = (name: FunctionName): Rooms => tampering?.rooms?.(plainRooms, name) ?? plainRooms;
  const own = (name: FunctionName) => ({ rooms: rooms(name), telemetry: recorder.telemetry });
  const done = <Input>(name: FunctionName, handle: (input: Input) => Promise<void>) =>
    (tampering?.work?.(name, handle as Handle) as ((input: Input) => Promise<void>) | undefined) ?? handle;

  const phones = createPhoneBook();
  const provider = createProvider({
    engine,
    chance,
    moody: options.moodyProvider,
    textMs: options.textMs ?? 0,
    deliver: options.onText,
  });
  const issuer = createIssuer({
    engine,
    chance,
    calmAt: NIGHT + CALM_AFTER_MS,
    clockMs: () => options.bankClockMs,
    tell: (detail) =>
      cardStatus.push(eventBody('CardStatusChanged', detail), {
        copiesAfterMs: chance.oneIn(4) ? [chance.pick([0, 5_000, 3_600_000])] : [],
      }),
  });

  const numbers = { newId, newTicketNumber: () => `FR-${chance.text(8, SPOKEN)}` };
  const queue = (name: FunctionName, handle: Parameters<typeof createQueue>[0]['handle'], patient: boolean) =>
    createQueue({
      engine,
      chance,
      name,
      handle: done(name, handle),
      patient,
      groupOf: ['screen-transactions', 'record-card-status', 'record-labels'].includes(name)
        ? cardGroup
        : undefined,
      log: recorder.note,
      onMistake: recorder.mistake,
    });
  const transactions = queue(
    'screen-transactions',
    screenTransactions({ ...own('screen-transactions'), ...numbers }),
    true,
  );
  const cardStatus = queue('record-card-status', recordCardStatus(own('record-card-status')), true);
  const customers = queue(
    'record-customers',
    recordCustomers({ ...own('record-customers'), ...phones }),
    true,
  );
  const replies = queue(
    'receive-sms-replies',
    receiveSmsReplies({ ...own('receive-sms-replies'), ...phones }),
    true,
  );
  const labels = queue('record-labels', recordLabels(own('record-labels')), true);
  const published: string[] = [];
  const mailbox = createMailProvider({ engine, chance, moody: options.moodyProvider });
  const codes = { codeKeys: async () => phoneKeys, newCode: () => chance.text(8, '0123456789') };
  const publish = publishEvents({
    ...rooms('publish-events'),
    telemetry: recorder.telemetry,
    bus: {
      put: async ({ type, detail }) => {
        published.push(type);
        // The rule of the bus that hands our own labels on.
        if (type === 'AlertSettled' || type === 'TransactionsReported')
          labels.push(JSON.stringify({ source: 'cardguard', 'detail-type': type, detail }));
      },
    },
  });
  const effects = {
    sms: queue(
      'send-sms',
      sendSms({ ...own('send-sms'), ...phones, sms: provider, sender: SENDER, ...codes }),
      false,
    ),
    email: queue(
      'send-email',
      sendEmail({ ...own('send-email'), ...phones, email: mailbox, sender: MAIL_SENDER }),
      false,
    ),
    ask: queue('ask-customers', askCustomers(own('ask-customers')), false),
    publish: queue('publish-events', publish, false),
    // Agents of these nights dial by hand.
    dial: queue('dial-calls', () => Promise.reject(new Error('nobody asked to dial')), false),
  };
  const route = routeEffects({
    telemetry: recorder.telemetry,
    send: async (effect, { body, delaySeconds }) =>
      effects[effect].push(body, { delayMs: delaySeconds * 1000 }),
  });
  const stream = createStream({
    engine,
    chance,
    recorder,
    freeze: done('freeze-cards', freezeCards({ ...own('freeze-cards'), issuer })) as (
      item: Item,
    ) => Promise<void>,
    route: done('route-effects', route) as (item: Item) => Promise<void>,
  });
  // Nobody sends files in these nights.
  const shelf = { examine: async () => undefined, remove: async () => undefined };
  const sweep = sweepDeadlines({ ...own('sweep-deadlines'), ...numbers, shelf });

  /** The next full minute at which a sweep finds something. */
  function nextSweep(): number | undefined {
    dueKnown ??= { at: firstDue(db) };
    if (dueKnown.at === undefined) return undefined;
    const minute = Math.ceil(Math.max(dueKnown.at, sweptAt + 1) / 60_000) * 60_000;
    return Math.max(minute, Math.ceil(engine.now() / 60_000) * 60_000);
  }

  return {
    engine,
    db,
    rooms,
    issuer,
    provider,
    phones,
    recorder,
    transactions,
    cardStatus,
    customers,
    replies,
    published,
    mailbox,
    ...numbers,
    sweep: async () => void (await sweep(() => 55_000).catch(recorder.fault)),
    run: (untilMs) =>
      engine.run({
        untilMs,
        nextDue: nextSweep,
        look: async () => {
          sweptAt = engine.now();
          recorder.note('sweep');
          await sweep(() => 55_000).catch(recorder.fault);
        },
      }),
  };
}

const SENDER = {
  bank: { zh: '示例银行', en: 'Example Bank' },
  zone: 'Asia/Shanghai',
  twoWay: true,
  maxPriceUsd: '0.50',
  countries: ['CN', 'HK'],
};

const MAIL_SENDER = { from: 'alerts@bank.example', bank: SENDER.bank, zone: SENDER.zone };

export const eventBody = (type: string, detail: object): string =>
  JSON.stringify({ source: 'bank.cards', 'detail-type': type, detail: { schemaVersion: 1, ...detail } });

function firstDue(db: MemoryDatabase): number | undefined {
  let first: string | undefined;
  for (const pk of duePartitions) {
    const due = db.first(CASES, 'gsi1', pk);
    if (due !== undefined && (first === undefined || due < first)) first = due;
  }
  return first === undefined ? undefined : Date.parse(first);
}

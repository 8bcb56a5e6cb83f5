import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newAlert } from '../../functions/alert/alert.ts';
import { CALL_LIMITS } from '../../functions/handlers/clients.ts';
import { type Rooms, roomsOn } from '../../functions/handlers/rooms.ts';
import type { Write } from '../../functions/platform/database.ts';
import { createDynamoDatabase } from '../../functions/platform/dynamo.ts';
import { newId } from '../../functions/platform/ids.ts';
import { createKeepTicket, findToKeep } from '../../functions/ticket/keep-ticket.ts';
import { newTicket, type Ticket } from '../../functions/ticket/ticket.ts';
import { createTicketKeepingStore } from '../../functions/ticket/ticket-keeping-store.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { readTables } from '../support/tables.ts';

const OPENED = '2026-03-10T12:00:00.000Z';
const RESOLVED = '2026-03-11T12:00:00.000Z';
/** Two years after it was resolved. */
const DAY = Date.parse('2028-03-10T12:00:00.000Z') / 1000;

let stack: LocalStack;
let rooms: Rooms;
let present = Date.parse(OPENED);
const now = () => new Date(present);
beforeAll(async () => {
  stack = await startLocalStack({ quiet: true, functions: [] });
  const tableOf = (ending: string) =>
    stack.model.tables.find(({ name }) => name.endsWith(ending))?.name ?? '';
  const client = new DynamoDBClient({
    ...CALL_LIMITS,
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.accessKeyFor('admin'),
  });
  const db = createDynamoDatabase({ client, newId, random: () => 0, now });
  rooms = roomsOn({ db, now, cardsTable: tableOf('CardsTable'), casesTable: tableOf('CasesTable') });
});
afterAll(() => stack.stop());
beforeEach(async () => {
  await stack.reset();
  present = Date.parse(OPENED);
});

const deps = () => ({ ...rooms, keeping: createTicketKeepingStore(rooms) });
const keepTicket = (id: string) => createKeepTicket(deps())(id);
const commit = async (writes: readonly Write<unknown>[]) =>
  expect(await rooms.db.commit(writes)).toEqual({ outcome: 'done' });

/** A ticket with an alert that nobody answered, words, guards and an effect that is done. */
async function open(): Promise<void> {
  const ticket = newTicket({
    ticketId: 'ticket-0001',
    number: 'FR-00000001',
    category: 'suspected_fraud',
    priority: 'P2',
    customerId: 'C-1',
    cardToken: 'card-1',
    alertId: 'alert-0001',
    at: OPENED,
  });
  const alert = newAlert({
    alertId: 'alert-0001',
    ticketId: 'ticket-0001',
    cardToken: 'card-1',
    customerId: 'C-1',
    severity: 'alert',
    held: false,
    at: OPENED,
    suspicion: {} as never,
    ruleSetVersion: '1',
    modelVersion: null,
  });
  const unanswered = {
    ...alert,
    transactions: [],
    status: 'expired' as const,
    dueAt: undefined,
    expiresAt: undefined,
  };
  await commit([
    ...rooms.alerts.save(undefined, unanswered),
    ...rooms.tickets.save(undefined, ticket, {
      now: now(),
      entries: [
        { type: 'alert_opened', by: 'system', data: { alertId: 'alert-0001' } },
        { type: 'customer_wrote', by: 'customer', data: {}, words: 'hello' },
      ],
    }),
  ]);
}

async function change(over: Partial<Ticket>): Promise<void> {
  const stored = await rooms.tickets.get('ticket-0001');
  if (stored === undefined) throw new Error('no ticket');
  const entries = [{ type: 'ticket_raised' as const, by: 'system', data: {} }];
  await commit(rooms.tickets.save(stored, { ...stored.body, ...over }, { now: now(), entries }));
}

/** `expiresAt` by key, of everything but the mark of the alert. */
async function expiries(): Promise<Record<string, unknown>> {
  const { cases } = await readTables(stack);
  return Object.fromEntries(cases.map(({ pk, sk, expiresAt }) => [`${pk} ${sk}`, expiresAt]));
}

const ALL = [
  'ALERT#alert-0001 META',
  'NO#FR-00000001 GUARD',
  'OPEN#C-1#card-1 GUARD',
  'TICKET#ticket-0001 EVT#000001',
  'TICKET#ticket-0001 EVT#000002',
  'TICKET#ticket-0001 EVT#000003',
  'TICKET#ticket-0001 META',
  'TICKET#ticket-0001 MSG#000002',
];

test('a live ticket is never listed; one resolved is, a month later, and all of it gets one day', async () => {
  await open();
  present = Date.parse('2029-01-01T00:00:00.000Z');
  expect(await findToKeep(deps())).toEqual([]);
  await change({ status: 'resolved', resolvedAt: RESOLVED });
  present = Date.parse('2026-04-10T11:59:59.000Z');
  expect(await findToKeep(deps())).toEqual([]);
  expect(await keepTicket('ticket-0001')).toBe('too_early');
  present = Date.parse('2026-04-10T12:00:01.000Z');
  expect(await findToKeep(deps())).toEqual(['ticket-0001']);
  expect(await keepTicket('ticket-0001')).toBe('stamped');
  const kept = await expiries();
  delete kept['OPENALERT#card-1 GUARD'];
  expect(kept).toEqual(Object.fromEntries(ALL.map((key) => [key, DAY])));
  expect(await findToKeep(deps())).toEqual([]);
});

test('what is noted afterwards gets the same day; from that day on nothing of it is read', async () => {
  await open();
  await change({ status: 'resolved', resolvedAt: RESOLVED });
  present = Date.parse('2026-05-01T00:00:00.000Z');
  await keepTicket('ticket-0001');
  await change({});
  expect((await expiries())['TICKET#ticket-0001 EVT#000004']).toBe(DAY);
  present = DAY * 1000 - 1_000;
  expect((await rooms.tickets.timeline('ticket-0001')).intact).toBe(true);
  present = DAY * 1000;
  expect(await rooms.tickets.byNumber('FR-00000001')).toBeUndefined();
  expect(await rooms.tickets.ofIncident('C-1', 'card-1')).toBeUndefined();
  expect((await rooms.tickets.timeline('ticket-0001')).entries).toEqual([]);
});

test('a reopened ticket loses its day again, whole', async () => {
  await open();
  await change({ status: 'resolved', resolvedAt: RESOLVED });
  present = Date.parse('2026-05-01T00:00:00.000Z');
  await keepTicket('ticket-0001');
  await change({ status: 'queued', queuedAt: now().toISOString(), resolvedAt: undefined });
  expect((await expiries())['TICKET#ticket-0001 META']).toBeUndefined();
  expect(await findToKeep(deps())).toEqual(['ticket-0001']);
  expect(await keepTicket('ticket-0001')).toBe('taken_off');
  expect(Object.values(await expiries()).filter((at) => at !== undefined)).toEqual([]);
  expect(await findToKeep(deps())).toEqual([]);
});

test('reopened or cut off while it is being stamped: the next run puts it right', async () => {
  await open();
  await change({ status: 'resolved', resolvedAt: RESOLVED });
  present = Date.parse('2026-05-01T00:00:00.000Z');
  const stored = deps();
  const keeping = {
    ...stored.keeping,
    guards: (ticket: Ticket) => stored.keeping.guards(ticket),
    items: async (id: string) => {
      const items = await stored.keeping.items(id);
      await change({ status: 'queued', queuedAt: now().toISOString(), resolvedAt: undefined });
      return items;
    },
  };
  expect(await createKeepTicket({ ...stored, keeping })('ticket-0001')).toBe('changed');
  expect(Object.values(await expiries())).toContain(DAY);
  expect(await findToKeep(deps())).toEqual(['ticket-0001']);
  expect(await keepTicket('ticket-0001')).toBe('taken_off');
  expect(Object.values(await expiries()).filter((at) => at !== undefined)).toEqual([]);
});

import { expect, test } from 'vitest';
import { type Rooms, roomsOn } from '../../functions/handlers/rooms.ts';
import { screenTransactions } from '../../functions/handlers/work/screen-transactions.ts';
import { newId } from '../../functions/platform/ids.ts';
import { decodeProfile } from '../../functions/screening/profile.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';
import { queueRecord } from '../support/queue-record.ts';

const NOW = new Date('2026-03-10T15:40:00.200Z');
const TABLES = { Cards: { indexes: ['gsi1'], stream: false }, Cases: { indexes: ['gsi1'], stream: false } };
const quiet = { log: () => undefined, warn: () => undefined, count: () => undefined, flush: () => undefined };
const money = { minor: 12_000, currency: 'CNY' };
const body = JSON.stringify({
  source: 'bank.cards',
  'detail-type': 'TransactionAuthorized',
  detail: {
    ...{
      schemaVersion: 1,
      transactionId: 'T-1',
      cardToken: 'card-1',
      cardholderId: 'C',
      accountOwnerId: 'C',
    },
    ...{ occurredAt: '2026-03-10T15:39:58Z', outcome: 'approved', amount: money, billing: money },
    merchant: { id: 'M-1', name: 'Corner Shop', mcc: '5411', country: 'CN' },
    ...{ entryMode: 'chip', recurring: false, merchantInitiated: false },
  },
});

test('I3 a copy that comes between the two writes of a cleared transaction leaves it counted', async () => {
  const copy: { arrives?: () => Promise<void> } = {};
  const db = createMemoryDatabase({
    tables: TABLES,
    newId,
    gate: ({ keys, kind }, moment) => {
      const profileWritten = kind === 'commit' && moment === 'after' && keys.includes('CARD#card-1 PROFILE');
      const arrives = profileWritten ? copy.arrives : undefined;
      if (arrives !== undefined) copy.arrives = undefined;
      return arrives?.();
    },
  });
  const rooms: Rooms = roomsOn({ db, now: () => NOW, cardsTable: 'Cards', casesTable: 'Cases' });
  const screen = screenTransactions({ rooms, telemetry: quiet, newId, newTicketNumber: () => 'FR-00000000' });
  copy.arrives = () => screen(queueRecord('transactions', body));
  await screen(queueRecord('transactions', body));
  const item = await db.get('Cards', { pk: 'CARD#card-1', sk: 'PROFILE' });
  expect(item?.p instanceof Uint8Array && decodeProfile(item.p).attempts).toBe(1);
});

import { beforeEach, expect, test } from 'vitest';
import { placeHold, unknownCard } from '../../functions/card/card.ts';
import { cardStatusChangedSchema } from '../../functions/card/events.ts';
import { createRecordCardStatus } from '../../functions/card/record-card-status.ts';
import { createRequestFreeze } from '../../functions/card/request-freeze.ts';
import { type Rooms, roomsOn } from '../../functions/handlers/rooms.ts';
import type { Write } from '../../functions/platform/database.ts';
import { newId } from '../../functions/platform/ids.ts';
import { CHAIN_START } from '../../functions/platform/journal.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const cardToken = 'card-1';
const at = (second: number): string => new Date(Date.UTC(2026, 2, 10, 15, 40, second)).toISOString();
let rooms: Rooms;
let raised: string[];

/** A held card whose freeze was requested at second 0. */
beforeEach(async () => {
  const now = () => new Date(at(0));
  const tables = { Cards: { indexes: ['gsi1'], stream: false }, Cases: { indexes: ['gsi1'], stream: false } };
  rooms = roomsOn({
    db: createMemoryDatabase({ tables, newId }),
    now,
    cardsTable: 'Cards',
    casesTable: 'Cases',
  });
  raised = [];
  const fresh = unknownCard({ cardToken, cardholderId: 'C', accountOwnerId: 'C', chain: CHAIN_START });
  const held = placeHold(fresh, { kind: 'customer', at: at(0), by: 'customer:C' }) ?? fresh;
  const change = { now: now(), by: 'customer:C', type: 'customer_hold_placed' };
  const writes: readonly Write<unknown>[] = rooms.cards.saveHolds(undefined, held, change);
  await rooms.db.commit(writes);
  await request(1);
});

async function request(holdsVersion: number): Promise<void> {
  const key = rooms.cards.issuerEffect(cardToken, holdsVersion);
  await createRequestFreeze({ ...rooms, issuer: { request: async () => undefined } })({
    key,
    cardToken,
    holdsVersion,
  });
}

async function issuerSays(status: 'frozen' | 'active', second: number, holdsVersion?: number) {
  const record = createRecordCardStatus({
    ...rooms,
    askCustomer: async () => ({ outcome: 'nothing_to_ask' }),
    raiseCase: async (_card, reason) => void raised.push(reason),
  });
  return record(
    cardStatusChangedSchema.parse({
      schemaVersion: 1,
      cardToken,
      status,
      holdsVersion,
      occurredAt: at(second),
    }),
  );
}

const confirmed = async () => (await rooms.cards.get(cardToken))?.body.issuer.confirmed;

test('H17 a confirmation that the issuer’s own release overtook does not count: the card is frozen anew', async () => {
  expect(await issuerSays('active', 10)).toEqual({ outcome: 'frozen_again' });
  expect(await issuerSays('frozen', 2, 1)).toEqual({ outcome: 'ignored' });
  expect(await confirmed()).toBe('active');
  await request(2);
  expect((await issuerSays('frozen', 12, 2)).outcome).toBe('confirmed');
  expect(raised).toEqual(['released_by_issuer']);
});

test('H17 the same release told twice asks once', async () => {
  await issuerSays('frozen', 2, 1);
  expect((await issuerSays('active', 10)).outcome).toBe('frozen_again');
  expect((await issuerSays('active', 10)).outcome).toBe('ignored');
  expect((await rooms.cards.get(cardToken))?.body.holdsVersion).toBe(2);
});

test('a release from before our freeze undoes nothing', async () => {
  expect((await issuerSays('active', -3600)).outcome).toBe('ignored');
  await issuerSays('frozen', 2, 1);
  expect((await issuerSays('active', 1)).outcome).toBe('ignored');
  expect(await confirmed()).toBe('frozen');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseStored } from '../../functions/platform/stored.ts';
import { decisionSchema } from '../../functions/transaction/decision.ts';
import { createTransactionStore } from '../../functions/transaction/transaction-store.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let target: Target;
beforeAll(async () => {
  night = await startNight();
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});

const MANY = 2_200;

test('D7 a card with thousands of transactions: the list begins with the latest of all and leaves none out', async () => {
  await night.customer('zhang', 'card-1');
  const { cards } = await readTables(night.stack);
  const some = cards.find(({ sk }) => sk.startsWith('TXN#'));
  if (some === undefined) throw new Error('no decision to copy');
  const decision = parseStored(decisionSchema, some);
  const store = createTransactionStore(target);
  const writes = Array.from({ length: MANY }, (_, index) => {
    const occurredAt = new Date(night.clock.now() - (MANY - index) * 60_000).toISOString();
    return store.saveDecision('card-1', { ...decision, transactionId: `L-${index}`, occurredAt });
  });
  for (let from = 0; from < writes.length; from += 100) {
    await target.db.commit<unknown>(writes.slice(from, from + 100));
  }

  const from = new Date(night.clock.now() - 30 * 86_400_000).toISOString();
  const all = (await store.listSince('card-1', from)).map(({ transactionId }) => transactionId);
  expect(all.filter((id) => id.startsWith('L-'))).toEqual(
    Array.from({ length: MANY }, (_, index) => `L-${MANY - 1 - index}`),
  );
  expect(all).toHaveLength(MANY + 5);
  interface Page {
    readonly transactions: readonly { readonly transactionId: string }[];
    readonly next?: string;
  }
  const path = '/cards/card-1/transactions';
  const pages: string[] = [];
  let next: string | undefined;
  do {
    const query = next === undefined ? '' : `?after=${encodeURIComponent(next)}`;
    // What comes while somebody leafs does not shift the pages.
    if (pages.length === 100) await night.oddity('card-1', 'zhang');
    const { status, body }: { status: number; body: Page } = await night.get<Page>(
      'zhang',
      `${path}${query}`,
    );
    expect(status).toBe(200);
    pages.push(...body.transactions.map(({ transactionId }) => transactionId));
    next = body.next;
  } while (next !== undefined && pages.length < 3 * MANY);
  expect(pages).toEqual(all);
  const gone = await night.get('zhang', `${path}?after=${'A'.repeat(22)}~0`);
  expect(gone).toMatchObject({ status: 400, body: { type: 'urn:cardguard:problem:invalid-request' } });
  expect(night.refusedPermissions()).toEqual([]);
});

import { expect, test } from 'vitest';
import { newAlert } from '../../functions/alert/alert.ts';
import { createAlertStore } from '../../functions/alert/alert-store.ts';
import type { Write } from '../../functions/platform/database.ts';
import { newId } from '../../functions/platform/ids.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const at = '2026-03-10T15:40:00.000Z';
const money = { minor: 1, currency: 'CNY' };
const purchase = {
  transactionId: 'T-1',
  occurredAt: at,
  amount: money,
  billing: money,
  merchantName: 'M',
  mcc: '5411',
};
const suspicion = { ...purchase, country: 'CN', declined: false, recurring: false, reasons: [] };
const open = newAlert({
  ...{ alertId: 'A', ticketId: 'T', cardToken: 'card-1', customerId: 'C', severity: 'alert', held: false },
  ...{ at, suspicion, ruleSetVersion: '1', modelVersion: null },
} as Parameters<typeof newAlert>[0]);

test('H4 an alert that a NO settles between two reads is open for nothing that would join it', async () => {
  const meanwhile: { settles?: () => Promise<void> } = {};
  const db = createMemoryDatabase({
    tables: { Cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: false } },
    newId,
    gate: ({ keys, kind }) => {
      const settles = kind === 'get' && keys.includes('ALERT#A META') ? meanwhile.settles : undefined;
      if (settles !== undefined) meanwhile.settles = undefined;
      return settles?.();
    },
  });
  const alerts = createAlertStore({ db, casesTable: 'Cases' });
  const commit = (writes: readonly Write<unknown>[]) => db.commit(writes);
  await commit(alerts.save(undefined, open));
  expect((await alerts.openFor('card-1'))?.body.alertId).toBe('A');
  const stored = await alerts.get('A');
  meanwhile.settles = async () => {
    await commit(alerts.save(stored, { ...open, status: 'settled_fraud', settledAt: at }));
  };
  expect(await alerts.openFor('card-1')).toBeUndefined();
});

import { beforeEach, describe, expect, test } from 'vitest';
import { type Alert, newAlert } from '../../functions/alert/alert.ts';
import { readPhoneOf, registerPhone } from '../../functions/alert/register-phone.ts';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const AT = '2026-03-10T15:40:00.000Z';
const phoneDigest = '1.phone';
let rooms: ReturnType<typeof roomsOn>;

beforeEach(() => {
  let ids = 0;
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: [], stream: false },
      cases: { indexes: ['gsi1', 'gsi3'], stream: true },
    },
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
  rooms = roomsOn({ db, now: () => new Date(AT), cardsTable: 'cards', casesTable: 'cases' });
});

const alertOf = (alertId: string, over: Partial<Alert> = {}): Alert => ({
  ...newAlert({
    ...{ alertId, ticketId: 'T', cardToken: `card-${alertId}`, customerId: 'C', phoneDigest },
    ...{ severity: 'alert', held: false, at: AT, ruleSetVersion: 'r', modelVersion: null },
    suspicion: {
      transactionId: `T-${alertId}`,
      occurredAt: AT,
      amount: { minor: 1, currency: 'CNY' },
      billing: { minor: 1, currency: 'CNY' },
      merchantName: 'Shop',
      merchantId: 'M',
      mcc: '5411',
      country: 'CN',
      declined: false,
      recurring: false,
      reasons: [],
    },
  }),
  ...over,
});

/** Opens an alert as its transaction would, at the phone; the phone as its question has to see it. */
async function opened(alert: Alert) {
  const { phone, writes } = await registerPhone(rooms, alert, AT);
  await rooms.db.commit<unknown>([...rooms.alerts.save(undefined, alert), ...writes]);
  return phone;
}
const settle = async (alertId: string, over: Partial<Alert>): Promise<void> => {
  const stored = await rooms.alerts.get(alertId);
  if (stored === undefined) throw new Error('no alert');
  await rooms.db.commit(rooms.alerts.save(stored, { ...stored.body, ...over }));
};
const names = (phone: Awaited<ReturnType<typeof opened>>) => phone?.alerts.map(({ alertId }) => alertId);

describe('H3 H9 which alerts a question has to be told from', () => {
  test('those that may still be answered, whether they wait, ran out or could not be asked', async () => {
    await opened(alertOf('A'));
    await settle('A', { status: 'expired' });
    expect(names(await opened(alertOf('B')))).toEqual(['A', 'B']);
    expect(names(await readPhoneOf(rooms, alertOf('B')))).toEqual(['A', 'B']);
  });

  test('not one that is settled, though a late NO still finds it at the number', async () => {
    await opened(alertOf('A'));
    await settle('A', { status: 'settled_genuine', settledAt: AT });
    expect(names(await opened(alertOf('B')))).toEqual(['B']);
    expect(names(await readPhoneOf(rooms, alertOf('B')))).toEqual(['B']);
    expect((await rooms.phones.get(phoneDigest))?.body.alerts).toHaveLength(2);
  });

  test('its own tag is the one it was given, whatever the others are by now', async () => {
    await opened(alertOf('A'));
    const given = (await opened(alertOf('B')))?.alerts.at(-1)?.tag;
    await settle('A', { status: 'settled_fraud', settledAt: AT });
    expect((await readPhoneOf(rooms, alertOf('B')))?.alerts).toMatchObject([{ alertId: 'B', tag: given }]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rates } from '../../functions/api/rates.ts';
import { people } from './bank.ts';
import { type CardPage, type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

describe('a supplementary card', () => {
  beforeEach(async () => {
    await night.customer('grace', 'card-own', { lastFour: '2222' });
    await night.bank.contact(people.zhang);
    await night.bank.card('card-1', people.zhang.customerId, { accountOwnerId: people.grace.customerId });
    await night.stack.settle();
  });
  const cardsOf = async (who: 'zhang' | 'grace') =>
    (await night.get<{ cards: (CardPage & { role: string })[] }>(who, '/cards')).body.cards;

  test('the account owner sees and freezes it; its purchases and alerts are the cardholder’s alone', async () => {
    await night.spree('card-1', 'zhang');
    expect(await cardsOf('grace')).toMatchObject([
      { cardToken: 'card-own', role: 'cardholder' },
      { cardToken: 'card-1', role: 'account_owner' },
    ]);
    expect(await cardsOf('zhang')).toMatchObject([{ cardToken: 'card-1', role: 'cardholder' }]);
    const listed = await night.get('grace', '/cards/card-1/transactions');
    expect(listed).toMatchObject({ status: 403, body: { type: 'urn:cardguard:problem:cardholder-only' } });
    expect((await night.get<{ alerts: unknown[] }>('grace', '/alerts')).body.alerts).toEqual([]);
    const [alert] = (await night.get<{ alerts: { alertId: string }[] }>('zhang', '/alerts')).body.alerts;
    const path = `/alerts/${alert?.alertId}/answer`;
    expect((await night.post('grace', path, 'press-0001', { says: 'not_mine' })).status).toBe(404);
    const report = { cardToken: 'card-1', transactionIds: ['T-1'] };
    expect((await night.post('grace', '/reports', 'press-0002', report)).status).toBe(404);
    const frozen = await night.post<{ card: CardPage }>('grace', '/cards/card-1/freeze', 'press-0003');
    // Ours stands for the purchase; the owner's own stands beside it.
    expect(frozen.body.card.holds).toEqual(['fraud', 'customer']);
  });

  test('a card that moves to another account is no longer found by the one before', async () => {
    const moved = { accountOwnerId: people.zhang.customerId, sourceVersion: 2 };
    await night.bank.card('card-1', people.zhang.customerId, moved);
    await night.stack.settle();
    expect((await cardsOf('grace')).map(({ cardToken }) => cardToken)).toEqual(['card-own']);
  });
});

describe('reaching the customer', () => {
  test('the contact is shown masked, never whole', async () => {
    await night.bank.contact(people.zhang, { email: 'zhang.wei@example.com' });
    await night.stack.settle();
    const { body } = await night.get<object>('zhang', '/contact');
    expect(body).toMatchObject({
      name: '张伟',
      phone: '••••5678',
      email: 'z•••@example.com',
      hasPhone: true,
    });
    expect(JSON.stringify(body)).not.toMatch(/1381234|zhang\.wei/);
  });

  test('preferences: what is left out stays; a wrong time is refused', async () => {
    await night.customer('zhang', 'card-1');
    const read = async () => (await night.get<object>('zhang', '/preferences')).body;
    const set = (key: string, body: object) => night.post<object>('zhang', '/preferences', key, body);
    expect(await read()).toEqual({ texts: true, calls: true, quiet: null });
    await set('press-0001', { calls: false });
    await set('press-0002', { quiet: { from: '22:00', to: '07:30' } });
    expect(await read()).toEqual({ texts: true, calls: false, quiet: { from: '22:00', to: '07:30' } });
    expect((await set('press-0003', { quiet: { from: '24:00', to: '07:30' } })).status).toBe(400);
    await set('press-0004', { quiet: null });
    expect(await read()).toEqual({ texts: true, calls: false, quiet: null });
  });

  test('notices: what was sent, when and how it ended, page by page and without the number', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', '2');
    interface Notices {
      readonly notices: readonly { readonly kind: string; readonly outcome: string }[];
      readonly next?: string;
    }
    const all = (await night.get<Notices>('zhang', '/notices')).body.notices;
    expect(all.length).toBe(night.texts('zhang').length);
    expect(all.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['notMineReceived']));
    for (const one of all) expect(one).toMatchObject({ channel: 'sms', outcome: 'accepted' });
    expect(JSON.stringify(all)).not.toMatch(/\d{11}/);
    const pages: unknown[] = [];
    let path = '/notices?limit=1';
    for (;;) {
      const { notices, next } = (await night.get<Notices>('zhang', path)).body;
      pages.push(...notices);
      if (next === undefined) break;
      path = `/notices?limit=1&after=${encodeURIComponent(next)}`;
    }
    expect(pages).toEqual(all);
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    expect((await night.get<Notices>('grace', '/notices')).body.notices).toEqual([]);
  });
});

describe('how often a customer may ask', () => {
  const get = async (who: 'zhang' | 'grace', path: string) => {
    const token = await night.stack.tokens.issue({ pool: 'customers', subject: people[who].subject });
    return fetch(`${night.stack.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  };

  test('beyond the rate: 429 with the seconds to wait; another customer and a freeze go on', async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    const { most } = rates.read;
    for (let asked = 0; asked < most; asked += 20) {
      await Promise.all(Array.from({ length: 20 }, () => get('zhang', '/preferences')));
    }
    const refused = await get('zhang', '/cards');
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(rates.read.seconds);
    expect(await refused.json()).toMatchObject({ type: 'urn:cardguard:problem:too-many-requests' });
    expect((await get('grace', '/cards')).status).toBe(200);
    // D5: reading too much takes nobody's freeze away.
    expect((await night.post('zhang', '/cards/card-1/freeze', 'press-0001')).status).toBe(200);
    await night.stack.advance(seconds * 1_000);
    expect((await get('zhang', '/cards')).status).toBe(200);
  });

  test('D5 a freeze that comes again under its own key counts once, and is never refused by hand', async () => {
    await night.customer('zhang', 'card-1');
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        night.post('zhang', '/cards/card-1/freeze', `press-00${index}`),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

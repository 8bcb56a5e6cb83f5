import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Figures {
  readonly n: number;
  readonly p50Seconds?: number;
  readonly attainment?: number;
}
interface Kpis {
  readonly total: {
    readonly tickets: number;
    readonly firstResponse: Figures;
    readonly wait: Figures;
    readonly preliminary: Figures;
    readonly transfers: { readonly n: number; readonly share?: number };
    readonly firstContact: { readonly n: number; readonly share?: number; readonly provisional: number };
  };
  readonly rows: readonly { readonly channel: string; readonly priority: string }[];
  readonly unanswered: readonly { readonly number: string }[];
}

test('D6 K1 K2 K3 K5 the figures of a night follow from what happened', async () => {
  await night.customer('zhang', 'card-1');
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  await night.spree('card-2', 'grace');
  await night.reply('grace', '2');
  const { number } = (await night.onlyTicket('zhang')).ticket;
  const waiting = (await night.onlyTicket('grace')).ticket.number;
  const press = (what: string, body?: object) =>
    night.post('agent', `/agent/tickets/${number}/${what}`, `press-${what}-0001`, body);
  await night.post('zhang', `/tickets/${number}/person`, 'press-0001', { phoneConsent: true });
  await night.stack.advance(10 * 60_000);
  await press('claim');
  await press('call');
  await press('call/connected');
  await press('call/end', { outcome: 'connected', seconds: 200 });
  await press('conclude', { finding: 'fraud', plan: 'A new card and the money back.' });
  await press('resolve', { resolution: 'card_replaced', text: 'Your new card is on its way.' });
  const day = night.now().slice(0, 10);
  const kpis = await night.get<Kpis>('supervisor', `/agent/kpis?from=${day}&to=${day}`);
  expect(kpis.status).toBe(200);
  const { total, rows, unanswered } = kpis.body;
  expect(total.tickets).toBe(2);
  expect(total.firstResponse).toMatchObject({ n: 1, attainment: 1 });
  expect(total.firstResponse.p50Seconds).toBeGreaterThanOrEqual(600);
  expect(total.wait).toMatchObject({ n: 1 });
  expect(total.wait.p50Seconds).toBeGreaterThanOrEqual(600);
  expect(total.preliminary).toMatchObject({ n: 1, attainment: 1 });
  expect(total.transfers).toMatchObject({ n: 1, share: 1 });
  expect(total.firstContact).toMatchObject({ n: 1, share: 1, provisional: 1 });
  expect(rows.map(({ channel, priority }) => [channel, priority])).toEqual([['alert', 'P1']]);
  expect(unanswered.map((one) => one.number)).toEqual([waiting]);
  expect((await night.get('agent', `/agent/kpis?from=${day}&to=${day}`)).status).toBe(403);
});

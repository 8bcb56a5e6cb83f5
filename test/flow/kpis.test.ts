import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
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
    readonly talk: Figures;
    readonly focus: Figures;
    readonly work: Figures;
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
  // The page tells how long it was looked at; a repeat of the same telling counts once.
  for (const _ of [1, 2]) await press('heartbeat', { focusSeconds: 120 });
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
  expect(total.talk).toMatchObject({ n: 1, p50Seconds: 200 });
  expect(total.focus).toMatchObject({ n: 1, p50Seconds: 120 });
  expect(total.work).toMatchObject({ n: 1, p50Seconds: 320 });
  expect(rows.map(({ channel, priority }) => [channel, priority])).toEqual([['alert', 'P1']]);
  expect(unanswered.map((one) => one.number)).toEqual([waiting]);
  expect((await night.get('agent', `/agent/kpis?from=${day}&to=${day}`)).status).toBe(403);

  // The same figures as metrics: by channel or priority, nothing that names a ticket or a person.
  expect(await night.stack.invoke('reconcile-cards', { work: 'measure' })).toEqual({ measured: 2 });
  const written = metricsOf(night.stack.logs('reconcile-cards').map(({ line }) => line));
  const ofAll = written.filter(({ dimensions }) => dimensions.join() === 'service');
  expect(ofAll).toHaveLength(1);
  expect(ofAll[0]?.values).toMatchObject({
    ...{ Tickets: 2, FirstResponseMissedPercent: 0, WorkMeanSeconds: 320, TransfersSucceededPercent: 100 },
    ...{ FirstResponseP50Seconds: total.firstResponse.p50Seconds, StatusConsistentPercent: 100 },
  });
  expect(written.map(({ dimensions, values }) => dimensions.map((name) => values[name]).join())).toEqual([
    'reconcile-cards',
    'reconcile-cards,alert',
    'reconcile-cards,P1',
  ]);
});

const embedded = z.looseObject({
  _aws: z.object({ CloudWatchMetrics: z.array(z.object({ Dimensions: z.array(z.array(z.string())) })) }),
});

/** What was written in the embedded metric format: its dimensions, and all values by name. */
function metricsOf(lines: readonly string[]) {
  return lines.flatMap((line) => {
    const { data } = embedded.safeParse(line.startsWith('{"_aws"') ? JSON.parse(line) : undefined);
    if (data === undefined) return [];
    const { _aws, ...values } = data;
    return [{ dimensions: _aws.CloudWatchMetrics.flatMap(({ Dimensions }) => Dimensions.flat()), values }];
  });
}

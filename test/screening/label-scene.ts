import { roomsOn } from '../../functions/handlers/rooms.ts';
import type { Telemetry } from '../../functions/handlers/telemetry.ts';
import { recordLabels } from '../../functions/handlers/work/record-labels.ts';
import { screenTransactions } from '../../functions/handlers/work/screen-transactions.ts';
import { decodeRisk } from '../../functions/screening/merchant-risk.ts';
import { decodeProfile } from '../../functions/screening/profile.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';
import { queueRecord } from '../support/queue-record.ts';
import { DAY, HOUR, MINUTE, transaction } from './transactions.ts';

/** Purchases the shipped rules freeze on. */
export const SUSPICIOUS = ['odd-1', 'odd-2'] as const;
const NOON = Date.parse('2026-03-10T15:40:00.000Z');
const CARD = 'tok_1';

/** A word about transactions, as it would come by the bus. */
export interface Told {
  readonly says: 'FraudConfirmed' | 'FraudCleared' | 'fraud' | 'genuine' | 'proven' | 'assumed' | 'report';
  readonly of: readonly string[];
  /** When it became known. */
  readonly minute: number;
  readonly source?: 'chargeback' | 'issuer' | 'agent';
  readonly noMerchant?: true;
}

export type LabelScene = Awaited<ReturnType<typeof createLabels>>;

/** A card with a history, two cleared purchases and two that an alert asks about, on tables in memory. */
export async function createLabels() {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const now = () => new Date(NOON + HOUR);
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: ['gsi1', 'gsi2'], stream: false },
      cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: true },
    },
    newId,
    now,
  });
  const rooms = roomsOn({ db, now, cardsTable: 'cards', casesTable: 'cases' });
  const telemetry: Telemetry = { log: () => {}, warn: () => {}, count: () => {}, flush: () => {} };
  const screen = screenTransactions({ rooms, telemetry, newId, newTicketNumber: () => 'FR-00000001' });
  const record = recordLabels({ rooms, telemetry });

  /** Delivered again until it is taken, as a queue would. */
  async function deliver(handle: typeof record, source: string, type: string, detail: object): Promise<void> {
    const body = JSON.stringify({ source, 'detail-type': type, detail: { schemaVersion: 1, ...detail } });
    for (let tries = 1; ; tries += 1) {
      try {
        return await handle(queueRecord('labels', body));
      } catch (error) {
        if (tries === 50) throw error;
      }
    }
  }

  async function buy(id: string, minor: number, over: object = {}): Promise<void> {
    const at = NOON - 2 * HOUR;
    const { schemaVersion: _, ...detail } = transaction({ id, at, minor, merchantId: 'M-shop', ...over });
    await deliver(screen, 'bank.cards', 'TransactionAuthorized', detail);
  }

  const published = { eventId: 'e', occurredAt: new Date(NOON).toISOString(), ticketNumber: 'FR-00000001' };
  const alertItem = async () => {
    const label = await rooms.transactions.decision(CARD, SUSPICIOUS[0]);
    if (label === undefined) throw new Error('no suspicious purchase');
    return rooms.alerts.openFor(CARD);
  };

  async function conclude(told: Told, transactionId: string): Promise<void> {
    const { says, minute, source, noMerchant } = told;
    const merchantId = SUSPICIOUS.some((id) => id === transactionId) ? 'M-999' : 'M-shop';
    const isOld = transactionId === 'long-ago' || noMerchant === true;
    await deliver(record, source === 'agent' ? 'cardguard' : 'bank.cards', says, {
      labelId: `${says}-${transactionId}-${minute}-${source}`,
      ...{ cardToken: CARD, transactionId, source },
      at: new Date(NOON + minute * MINUTE).toISOString(),
      occurredAt: new Date(isOld ? NOON - 90 * DAY : NOON - 2 * HOUR).toISOString(),
      ...(noMerchant ? {} : { merchantId }),
    });
  }

  async function tell(told: Told): Promise<void> {
    const { says, of, minute } = told;
    if (says === 'FraudConfirmed' || says === 'FraudCleared') {
      for (const transactionId of of) await conclude(told, transactionId);
      return;
    }
    const at = new Date(NOON + minute * MINUTE).toISOString();
    const about = { ...published, cardToken: CARD, customerId: 'C-1', transactionIds: of };
    if (says === 'report') {
      await deliver(record, 'cardguard', 'TransactionsReported', { ...about, occurredAt: at });
      return;
    }
    const alert = await alertItem();
    await deliver(record, 'cardguard', 'AlertSettled', {
      ...about,
      alertId: alert?.body.alertId,
      label: says === 'fraud' ? 'fraud' : 'genuine',
      provisional: says !== 'proven',
      labelledAt: at,
      transactionCount: of.length,
      ...(says === 'assumed' ? { assumed: true } : {}),
    });
  }

  for (const daysAgo of [9, 7, 5, 3, 1])
    await buy(`usual-${daysAgo}`, 12_000 + daysAgo, {
      at: NOON - daysAgo * DAY - 5 * HOUR,
      merchantId: 'M-1',
    });
  await buy('clear-1', 7_000);
  await buy('clear-2', 8_000);
  for (const [index, id] of SUSPICIOUS.entries()) {
    const over = {
      merchantId: 'M-999',
      mcc: '6051',
      country: 'NG',
      entryMode: 'ecommerce',
      deviceId: 'thief',
    };
    await buy(id, 800_000 + index, { ...over, at: NOON - 60_000 + index });
  }

  return {
    buy,
    tell,
    reverse: (transactionId: string, minor: number) =>
      deliver(screen, 'bank.cards', 'TransactionReversed', {
        ...{ transactionId, cardToken: CARD, kind: 'reversal' },
        reversedAt: new Date(NOON).toISOString(),
        amount: { minor, currency: 'CNY' },
      }),
    alert: async () => (await alertItem())?.body,
    ticket: async () => (await rooms.tickets.ofIncident('C-1', CARD))?.body,
    journal: async () => {
      const ticket = await rooms.tickets.ofIncident('C-1', CARD);
      const { entries } = await rooms.tickets.timeline(ticket?.body.ticketId ?? '');
      return entries.map(({ type }) => type);
    },
    published: () =>
      [...db.items('cases')]
        .filter(({ pk, sk }) => pk.startsWith('LABEL#') && sk.startsWith('OUT#'))
        .map(({ payload }) => (payload as { detail: Record<string, unknown> }).detail)
        .map(({ label, provisional, labelSource, labelVersion }) => ({
          ...{ label, provisional, labelSource, labelVersion },
        })),
    quarantined: () =>
      [...db.items('cases')]
        .filter(({ pk, sk }) => pk.startsWith('QUARANTINE#') && sk === 'META')
        .map(({ reason }) => reason),
    /** All that labels may change but when, and how often others were told. */
    endState: async () => {
      const stored = await rooms.transactions.profile(CARD, { consistent: true });
      if (stored === undefined) throw new Error('no profile');
      const profile = decodeProfile(stored.bytes);
      const merchants: Record<string, unknown> = {};
      for (const id of ['M-shop', 'M-999', 'M-1']) {
        const risk = await rooms.merchants.risk(id);
        merchants[id] = decodeRisk(risk?.bytes).frauds.map(({ digest, minute }) => ({ digest, minute }));
      }
      const sorted = (digests: readonly number[]) => [...digests].sort((a, b) => a - b);
      return {
        profile: {
          ...profile,
          countries: sorted(profile.countries),
          devices: sorted(profile.devices),
          merchants: sorted(profile.merchants),
          ahead: [...profile.ahead].sort((a, b) => a.digest - b.digest),
        },
        merchants,
        labels: (await rooms.labels.ofCard(CARD)).map(
          ({ seq: _, changedAt: __, deviations: ___, ...label }) => label,
        ),
        concluded: (await alertItem())?.body.concludedFraud,
      };
    },
  };
}

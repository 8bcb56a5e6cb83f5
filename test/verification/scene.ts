import { newAlert } from '../../functions/alert/alert.ts';
import { createReleaseCard } from '../../functions/alert/release-alert.ts';
import { placeHold, unknownCard } from '../../functions/card/card.ts';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import type { Write } from '../../functions/platform/database.ts';
import { CHAIN_START } from '../../functions/platform/journal.ts';
import { newTicket } from '../../functions/ticket/ticket.ts';
import { createCompareCode, createCompareTotp } from '../../functions/verification/compare-code.ts';
import { endVerification } from '../../functions/verification/end-verification.ts';
import { createMakeCode } from '../../functions/verification/make-code.ts';
import { createOpenVerification } from '../../functions/verification/open-verification.ts';
import { createOrderCode } from '../../functions/verification/order-code.ts';
import { readSituation, stillThere } from '../../functions/verification/read-situation.ts';
import { totpOf } from '../../functions/verification/totp.ts';
import { createTryFactor } from '../../functions/verification/try-factor.ts';
import type { Action } from '../../functions/verification/verification-policy.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

export const START = '2026-03-10T15:40:00.000Z';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** One customer with two cards, each frozen by an alert of its own, and everything they may do to be believed. */
export async function createScene() {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  let nowMs = Date.parse(START);
  const now = () => new Date(nowMs);
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: ['gsi1', 'gsi2'], stream: false },
      cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: true },
    },
    newId,
  });
  const rooms = roomsOn({ db, now, cardsTable: 'cards', casesTable: 'cases' });
  const keys = { current: '1', keys: new Map([['1', 'k'.repeat(64)]]) };
  const codeKeys = async () => keys;
  let codes = 0;
  const makeCode = createMakeCode({
    ...rooms,
    codeKeys,
    newCode: () => {
      codes += 1;
      return (12_345_600 + codes).toString();
    },
  });
  const open = createOpenVerification({ ...rooms, newId });
  const order = createOrderCode(rooms);
  let compared = 0;
  const counted =
    <Args extends readonly unknown[], Result>(compare: (...args: Args) => Result) =>
    (...args: Args): Result => {
      compared += 1;
      return compare(...args);
    };
  const tryFactor = createTryFactor({
    ...rooms,
    codeKeys,
    compare: {
      sim: counted(createCompareCode({ ...rooms, codeKeys })),
      totp: counted(createCompareTotp({ ...rooms, secretOf: async ({ ciphertext }) => ciphertext })),
    },
    newTicketIds: () => ({ ticketId: newId(), number: `FR-0000000${ids % 10}` }),
  });
  const release = createReleaseCard({ ...rooms, readSituation, stillThere, endVerification });
  const together = () => [];
  const commit = async (writes: readonly Write<unknown>[]): Promise<void> => {
    const committed = await db.commit(writes);
    if (committed.outcome === 'refused') throw new Error(JSON.stringify(committed.refusals));
  };

  async function frozenCard(cardToken: string, alertId: string): Promise<void> {
    const blank = unknownCard({
      cardToken,
      cardholderId: 'C',
      accountOwnerId: 'OWNER',
      chain: CHAIN_START,
    });
    const by = 'system';
    const held = placeHold({ ...blank, lastFour: '4417' }, { kind: 'fraud', alertId, at: START, by });
    if (held === undefined) throw new Error('not held');
    const ticket = newTicket({
      ticketId: `ticket-${alertId}`,
      number: `FR-000000${alertId}`,
      category: 'suspected_fraud',
      priority: 'P2',
      customerId: 'C',
      cardToken,
      alertId,
      at: START,
    });
    const alert = newAlert({
      alertId,
      ticketId: ticket.ticketId,
      cardToken,
      customerId: 'C',
      phoneDigest: '1.phone',
      severity: 'freeze',
      held: true,
      at: START,
      suspicion: {
        transactionId: `T-${alertId}`,
        occurredAt: START,
        amount: { minor: 100_00, currency: 'CNY' },
        billing: { minor: 100_00, currency: 'CNY' },
        merchantName: 'Shop',
        merchantId: 'M-1',
        mcc: '5411',
        country: 'CN',
        declined: true,
        recurring: false,
        reasons: [],
      },
      ruleSetVersion: 'r',
      modelVersion: null,
    });
    await commit([
      ...rooms.cards.saveHolds(undefined, held, { now: now(), by, type: 'fraud_hold_placed' }),
      ...rooms.alerts.save(undefined, alert),
      ...rooms.tickets.save(undefined, ticket, {
        now: now(),
        entries: [{ type: 'alert_opened', by, data: {} }],
      }),
    ]);
  }

  await commit([
    rooms.contacts.save(undefined, {
      customerId: 'C',
      sourceVersion: 1,
      name: 'Grace',
      language: 'en',
      phoneCipher: 'x',
      phoneDigest: '1.phone',
      changedAt: START,
    }),
    rooms.totps.enrol(undefined, {
      customerId: 'C',
      secretCipher: SECRET,
      enrolledAt: '2026-01-01T00:00:00.000Z',
    }),
  ]);
  await frozenCard('card-1', 'A1');
  await frozenCard('card-2', 'A2');

  const scene = {
    rooms,
    commit,
    advance: (minutes: number) => {
      nowMs += minutes * 60_000;
    },
    at: () => now().toISOString(),
    compared: () => compared,
    totp: (steps = 0) => totpOf(SECRET).generate({ timestamp: nowMs + steps * 30_000 }),
    open: (over: { cardToken?: string; alertId?: string; action?: Action; customerId?: string } = {}) =>
      open({ customerId: 'C', cardToken: 'card-1', alertId: 'A1', action: 'unfreeze', ...over, together }),
    /** Opens one that must open. */
    opened: async (over: { cardToken?: string; alertId?: string; action?: Action } = {}): Promise<string> => {
      const outcome = await scene.open(over);
      if (!('verification' in outcome)) throw new Error(outcome.outcome);
      return outcome.verification.verificationId;
    },
    /** Orders a code and sends its text; the code as the phone shows it. */
    code: async (verificationId: string): Promise<string> => {
      const ordered = await order({ verificationId, customerId: 'C', together });
      if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
      const number = ordered.verification.codesPutOut;
      const made = await makeCode({ verificationId, number, phoneDigest: '1.phone' }, now());
      if (made === 'outdated') throw new Error('outdated');
      await commit(made.writes);
      return made.code;
    },
    guess: (verificationId: string, kind: 'sim' | 'totp', code: string, key = newId()) =>
      tryFactor({ verificationId, customerId: 'C', kind, code, key, together }),
    release: (verificationId: string, over: { customerId?: string; cardToken?: string } = {}) =>
      release({ customerId: 'C', cardToken: 'card-1', verificationId, ...over, together }),
    both: async (verificationId: string): Promise<void> => {
      await scene.guess(verificationId, 'sim', await scene.code(verificationId));
      await scene.guess(verificationId, 'totp', scene.totp());
    },
    holds: async (cardToken = 'card-1') => Object.keys((await rooms.cards.get(cardToken))?.body.holds ?? {}),
    /** Takes the fraud hold away behind everybody's back. */
    lift: async (cardToken: string): Promise<void> => {
      const stored = await rooms.cards.get(cardToken);
      if (stored === undefined) throw new Error('no card');
      await commit([rooms.cards.save(stored, { ...stored.body, holds: {} })]);
    },
    /** Changes a document behind everybody's back. */
    alert: async (over: object): Promise<void> => {
      const stored = await rooms.alerts.get('A1');
      if (stored === undefined) throw new Error('no alert');
      await commit(rooms.alerts.save(stored, { ...stored.body, ...over }));
    },
  };
  return scene;
}
export type Scene = Awaited<ReturnType<typeof createScene>>;

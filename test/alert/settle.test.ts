import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Alert,
  foldIn,
  newAlert,
  type Suspicion,
  withAcceptedText,
} from '../../functions/alert/alert.ts';
import { alertEdges, alertStatuses, mayMove } from '../../functions/alert/alert-states.ts';
import { settle } from '../../functions/alert/settle.ts';

const suspicion = (transactionId: string): Suspicion => ({
  transactionId,
  occurredAt: '2026-03-10T15:39:00.000Z',
  amount: { minor: 100, currency: 'CNY' },
  billing: { minor: 100, currency: 'CNY' },
  merchantName: 'Shop',
  mcc: '5411',
  country: 'CN',
  declined: false,
  recurring: false,
  reasons: [],
});

const opened = (severity: Alert['severity']): Alert =>
  newAlert({
    alertId: 'A',
    ticketId: 'T',
    cardToken: 'card',
    customerId: 'C',
    phoneDigest: '1.x',
    severity,
    held: severity === 'freeze',
    at: '2026-03-10T15:40:00.000Z',
    suspicion: suspicion('T-0'),
    ruleSetVersion: 'r',
    modelVersion: null,
  });

const minute = (minutes: number) =>
  new Date(Date.parse('2026-03-10T15:40:00.000Z') + minutes * 60_000).toISOString();

describe('the table of edges', () => {
  test('every status but the two settled ones can be left by NO, and fraud only by four eyes', () => {
    for (const status of alertStatuses) {
      expect(mayMove(status, 'settled_fraud', { by: 'customer', held: true })).toBe(
        status !== 'settled_fraud',
      );
    }
    expect(alertEdges.filter((edge) => edge.from === 'settled_fraud').map(({ by }) => by)).toEqual([
      ['four_eyes'],
    ]);
  });

  test('no answer of the customer alone settles genuine what is held', () => {
    for (const from of alertStatuses) {
      expect(mayMove(from, 'settled_genuine', { by: 'customer', held: true })).toBe(false);
    }
  });

  test('an expired alert is settled genuine by proof, or by a late YES only where nothing was held', () => {
    expect(mayMove('expired', 'settled_genuine', { by: 'proof', held: true })).toBe(true);
    expect(mayMove('expired', 'settled_genuine', { by: 'customer', held: false })).toBe(true);
  });
});

type Step =
  | { readonly kind: 'reply'; readonly says: 'mine' | 'not_mine'; readonly at: number }
  | { readonly kind: 'text'; readonly at: number }
  | { readonly kind: 'join'; readonly id: string }
  | { readonly kind: 'expire' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('reply' as const),
    says: fc.constantFrom('mine' as const, 'not_mine' as const),
    at: fc.integer({ min: 0, max: 40 }),
  }),
  fc.record({ kind: fc.constant('text' as const), at: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ kind: fc.constant('join' as const), id: fc.constantFrom('T-1', 'T-2', 'T-3') }),
  fc.record({ kind: fc.constant('expire' as const) }),
);

function play(alert: Alert, one: Step): Alert {
  if (one.kind === 'text') {
    return withAcceptedText(alert, { at: minute(one.at), covers: alert.transactionCount, kind: 'question' });
  }
  if (one.kind === 'join') {
    if (alert.status === 'settled_fraud' || alert.status === 'settled_genuine') return alert;
    const folded = foldIn(alert, {
      suspicion: suspicion(one.id),
      severity: 'freeze',
      held: true,
      phoneDigest: '1.x',
      stale: false,
      budgetLeft: true,
      at: minute(20),
    });
    return folded.fold === 'joined' ? folded.alert : alert;
  }
  if (one.kind === 'expire') {
    return alert.status === 'open' || alert.status === 'claimed_genuine'
      ? { ...alert, status: 'expired' }
      : alert;
  }
  const settled = settle(alert, { says: one.says, at: minute(one.at), now: minute(41) });
  return 'alert' in settled ? settled.alert : alert;
}

test('H4 after any steps in any order a NO leaves the alert fraud, whatever comes after it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('alert' as const, 'freeze' as const),
      fc.array(step, { maxLength: 8 }),
      fc.array(step, { maxLength: 8 }),
      (severity, before, after) => {
        const no: Step = { kind: 'reply', says: 'not_mine', at: 5 };
        const end = [...before, no, ...after].reduce(play, opened(severity));
        expect(end.status).toBe('settled_fraud');
      },
    ),
    { numRuns: 2_000 },
  );
});

test('I2 no sequence of texts, answers and joins makes an alert genuine while it holds the card', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let alert = opened('alert');
      for (const one of steps) {
        const next = play(alert, one);
        if (next.status === 'settled_genuine' && alert.status !== 'settled_genuine')
          expect(alert.held).toBe(false);
        alert = next;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a YES settles only what the last text accepted before it named', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      fc.boolean(),
      (textAt, yesAt, joinsAfter) => {
        let alert = withAcceptedText(opened('alert'), { at: minute(textAt), covers: 1, kind: 'question' });
        if (joinsAfter) {
          const folded = foldIn(alert, {
            suspicion: suspicion('T-1'),
            severity: 'alert',
            held: false,
            phoneDigest: '1.x',
            stale: false,
            budgetLeft: true,
            at: minute(21),
          });
          if (folded.fold === 'joined') alert = folded.alert;
        }
        const settled = settle(alert, { says: 'mine', at: minute(yesAt), now: minute(22) });
        expect(settled.kind === 'genuine').toBe(yesAt >= textAt && !joinsAfter);
      },
    ),
  );
});

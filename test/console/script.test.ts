import { describe, expect, test } from 'vitest';
import type { Whole } from '../../console/src/desk/answers.ts';
import { scriptOf } from '../../console/src/desk/script-steps.ts';
import { transactionsOf } from '../../console/src/desk/suspicions.ts';

type Loose = { -readonly [Name in keyof Whole]?: unknown };

/** A ticket of which nothing is known, and what a test knows of it. */
const whole = (known: Loose = {}): Whole =>
  ({
    ticket: { category: 'suspected_fraud', number: 'FR-JCXHFS5N' },
    verifications: [],
    timeline: [],
    timelineIntact: true,
    ...known,
  }) as unknown as Whole;

const suspicion = {
  transactionId: 't-1',
  merchantName: 'SHOP\u202E gnp.exe\u0000',
  amount: { minor: 1_299, currency: 'USD' },
  reasons: [{ code: 'new_country', values: { country: 'US' } }],
};

describe('the guided script', () => {
  test('asks everything where nothing is known, the freeze first', () => {
    const { ask, known } = scriptOf(whole());
    expect(ask).toEqual(['safe', 'identity', 'which', 'wanted', 'consent']);
    expect(known).toEqual([]);
  });

  test('asks nothing twice (D4)', () => {
    const { ask, known } = scriptOf(
      whole({
        ticket: {
          category: 'suspected_fraud',
          wanted: 'refund',
          phoneConsent: true,
          disputes: [{ transactionId: 't-1' }, { transactionId: 't-2' }],
        },
        card: { holds: ['fraud'] },
        alert: { status: 'settled_fraud', transactions: [suspicion] },
        verifications: [{ status: 'used' }],
        timeline: [{ type: 'customer_awaited' }],
      }),
    );
    expect(ask).toEqual([]);
    expect(known).toContainEqual({ kind: 'which', count: 2 });
    expect(known).toContainEqual({ kind: 'wanted', wanted: 'refund' });
  });

  test('has nobody freeze a card again that was freed as genuine, or whose case is over', () => {
    const freed = { card: { holds: [] }, alert: { status: 'settled_genuine', transactions: [] } };
    expect(scriptOf(whole(freed)).ask).not.toContain('safe');
    const over = { ticket: { category: 'suspected_fraud', status: 'resolved' } };
    expect(scriptOf(whole(over)).ask).not.toContain('safe');
  });

  test('asks no transactions of somebody who lost a card, or only has a question', () => {
    const of = (category: string) => scriptOf(whole({ ticket: { category } })).ask;
    expect(of('lost_stolen')).not.toContain('which');
    expect(of('question')).toEqual(['identity', 'wanted', 'consent']);
  });
});

describe('what an alert found', () => {
  test('is shown without what would turn text around or hide it (H19)', () => {
    const [one] = transactionsOf(whole({ alert: { transactions: [suspicion] } }));
    expect(one?.merchantName).toBe('SHOP gnp.exe');
    expect(one?.reasons).toEqual([{ code: 'new_country', values: 'country = US' }]);
  });

  test('is read with care: an old alert may lack what is newer', () => {
    const [one] = transactionsOf(whole({ alert: { transactions: [{ transactionId: 't-9' }] } }));
    expect(one).toMatchObject({ transactionId: 't-9', reasons: [], declined: false });
  });
});

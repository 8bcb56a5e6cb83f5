import { expect, test } from 'vitest';
import { newAlert, withAcceptedText } from '../../functions/alert/alert.ts';
import { coveredAt, withFailedText } from '../../functions/alert/alert-texts.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 10, 15, minute)).toISOString();
const opened = newAlert({
  alertId: 'a',
  ticketId: 't',
  cardToken: 'card-1',
  customerId: 'c',
  severity: 'alert',
  held: false,
  at: at(0),
  suspicion: {
    transactionId: 'T-1',
    occurredAt: at(0),
    amount: { minor: 1, currency: 'CNY' },
    billing: { minor: 1, currency: 'CNY' },
    merchantName: 'X',
    mcc: '5411',
    country: 'CN',
    declined: false,
    recurring: false,
    reasons: [],
  },
  ruleSetVersion: '1',
  modelVersion: null,
});
const asked = withAcceptedText(opened, { at: at(1), covers: 1, kind: 'question' });
const reminded = withAcceptedText(asked, { at: at(6), covers: 3, kind: 'secondNotice' });

test('H12 a YES covers what arrived: not what only a text named that failed', () => {
  expect([coveredAt(reminded, at(5)), coveredAt(reminded, at(7))]).toEqual([1, 3]);
  const failed = withFailedText(reminded, at(6), at(8));
  expect([coveredAt(failed, at(5)), coveredAt(failed, at(7))]).toEqual([1, 1]);
  expect(coveredAt(withFailedText(failed, at(1), at(9)), at(7))).toBe(0);
});

test('a failure said twice, or of another text, changes nothing', () => {
  const failed = withFailedText(reminded, at(6), at(8));
  expect(withFailedText(failed, at(6), at(9))).toBe(failed);
  expect(withFailedText(reminded, at(2), at(9))).toBe(reminded);
  expect(failed).toMatchObject({ dueAt: reminded.dueAt, status: 'open' });
});

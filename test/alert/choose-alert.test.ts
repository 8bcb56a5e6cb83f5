import { expect, test } from 'vitest';
import { type Alert, newAlert } from '../../functions/alert/alert.ts';
import { type Candidate, type Choice, chooseAlert, type Line } from '../../functions/alert/choose-alert.ts';

function candidate(alertId: string, over: Partial<Candidate> & { status?: Alert['status']; card?: string }) {
  const { status = 'open', card = `card-${alertId}`, ...rest } = over;
  const alert = newAlert({
    alertId,
    ticketId: 't',
    cardToken: card,
    customerId: 'c',
    severity: 'alert',
    held: false,
    at: '2026-03-10T15:40:00.000Z',
    suspicion: {
      transactionId: 'x',
      occurredAt: '2026-03-10T15:40:00.000Z',
      amount: { minor: 1, currency: 'CNY' },
      billing: { minor: 1, currency: 'CNY' },
      merchantName: 'm',
      mcc: '5411',
      country: 'CN',
      declined: false,
      recurring: false,
      reasons: [],
    },
    ruleSetVersion: 'r',
    modelVersion: null,
  });
  return { alert: { ...alert, status }, lastFour: undefined, tag: undefined, current: true, ...rest };
}

const a = candidate('a', { lastFour: '1111', tag: '3' });
const b = candidate('b', { lastFour: '2222', tag: '4' });
const gone = candidate('g', { lastFour: '1111', tag: '5', current: false });
const expired = candidate('e', { lastFour: '3333', tag: '6', status: 'expired' });
const settled = candidate('s', { lastFour: '1111', status: 'settled_genuine', card: 'card-a' });
const later = candidate('l', { lastFour: '1111', status: 'settled_genuine', card: 'card-a' });

const one = (alertId: string): Choice => ({ kind: 'one', alertId });
const several = (...alertIds: string[]): Choice => ({ kind: 'several', alertIds });
const none: Choice = { kind: 'none' };
const yes = { kind: 'mine' } as const;
const no = { kind: 'not_mine' } as const;
const shared: Line = { shared: true };

test.each<[string, Parameters<typeof chooseAlert>[0], readonly Candidate[], Line | undefined, Choice]>([
  ['the only one that waits', yes, [a, expired], undefined, one('a')],
  ['H3 a bare YES with two that wait is no choice', yes, [a, b], undefined, several('a', 'b')],
  ['H3 a bare NO means what ran out as well', no, [a, expired], undefined, several('a', 'e')],
  ['named by last four', { ...yes, lastFour: '2222' }, [a, b], undefined, one('b')],
  ['named by tag', { ...yes, tag: '3' }, [a, b], undefined, one('a')],
  ['tag and last four of different alerts', { ...yes, tag: '3', lastFour: '2222' }, [a, b], undefined, none],
  ['H9 shared: a YES without the tag is no choice, alone', yes, [a], shared, several('a')],
  ['H9 shared: last four is no tag', { ...yes, lastFour: '1111' }, [a], shared, several('a')],
  ['H9 shared: by its tag', { ...yes, tag: '3' }, [a, b], shared, one('a')],
  ['H9 shared: a NO needs none', no, [a], shared, one('a')],
  ['H9 a number that moved: no YES', yes, [gone], undefined, none],
  ['H9 a number that moved: no YES by tag either', { ...yes, tag: '5' }, [gone], undefined, none],
  ['H9 a number that moved: NO blocks', no, [gone], undefined, one('g')],
  [
    'the hint decides nothing between two cards',
    yes,
    [a, b],
    { shared: false, answers: 'b' },
    several('b', 'a'),
  ],
  [
    'the hint never outweighs a name',
    { ...yes, tag: '3' },
    [a, b],
    { shared: false, answers: 'b' },
    one('a'),
  ],
  ['the hint is no tag on a shared number', yes, [a, b], { shared: true, answers: 'b' }, several('b', 'a')],
  [
    'the hint tells alerts of one card apart',
    yes,
    [settled, later],
    { shared: false, answers: 'l' },
    one('l'),
  ],
  ['the hint narrows no NO', no, [settled, later], { shared: false, answers: 'l' }, several('l', 's')],
])('%s', (_, reading, candidates, line, expected) => {
  expect(chooseAlert(reading, candidates, line)).toEqual(expected);
});

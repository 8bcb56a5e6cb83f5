import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Card, placeHold, unknownCard } from '../../functions/card/card.ts';
import { restOnHold, takeOverHold, withoutNo } from '../../functions/card/fraud-hold.ts';

const AT = '2026-03-10T15:40:00.000Z';
const order = (alertId: string) => ({ kind: 'fraud', alertId, at: AT, by: 'customer:C' }) as const;
const blank = unknownCard({ cardToken: 'card', cardholderId: 'C', accountOwnerId: 'C', chain: '' });
const there = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('nothing changed');
  return value;
};
const heldBy = (first: string, ...others: readonly string[]): Card =>
  others.reduce(
    (card, alertId) => there(restOnHold(card, order(alertId))),
    there(placeHold(blank, order(first))),
  );
const undo = (card: Card, alertId: string, inQuestion?: string) =>
  withoutNo(card, { alertId, inQuestion, at: AT, by: 'agent:a+agent:b' });

describe('H16 D5 the hold of several NOs', () => {
  test('goes to the next NO before it goes to an alert in question', () => {
    const one = undo(heldBy('A', 'B'), 'A', 'C');
    expect(one).toMatchObject({ kind: 'handed_over', card: { holds: { fraud: { alertId: 'B' } } } });
    const two = undo(there('card' in one ? one.card : undefined), 'B', 'C');
    expect(two).toMatchObject({ kind: 'handed_over', card: { holds: { fraud: { alertId: 'C' } } } });
  });

  test('is lifted when nothing rests on it any more', () => {
    expect(undo(heldBy('A'), 'A')).toMatchObject({ kind: 'lifted', card: { holds: {} } });
  });

  test('a NO that only rests on it is withdrawn, and is never its heir afterwards', () => {
    const withdrawn = undo(heldBy('A', 'B'), 'B', 'C');
    expect(withdrawn).toMatchObject({ kind: 'withdrawn', card: { holds: { fraud: { alertId: 'A' } } } });
    expect(undo(there('card' in withdrawn ? withdrawn.card : undefined), 'A')).toMatchObject({
      kind: 'lifted',
    });
  });

  test('nothing changes for an alert it never was of, nor on a closed card', () => {
    expect(undo(heldBy('A', 'B'), 'D', 'C')).toEqual({ kind: 'nothing' });
    expect(undo({ ...heldBy('A'), closedAt: AT }, 'A')).toEqual({ kind: 'nothing' });
    expect(restOnHold(heldBy('A', 'B'), order('B'))).toBeUndefined();
    expect(takeOverHold({ ...heldBy('A'), closedAt: AT }, order('B'))).toBeUndefined();
  });

  test('in whatever order NOs are undone, the card is frozen while one of them stands', () => {
    const ids = ['A', 'B', 'C', 'D'];
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, { minLength: 1 }), fc.boolean(), (undone, waits) => {
        const [first = '', ...others] = ids;
        const after = undone.reduce(
          (card, alertId) => {
            const taken = undo(card, alertId, waits ? 'Q' : undefined);
            return 'card' in taken ? taken.card : card;
          },
          heldBy(first, ...others),
        );
        const standing = ids.filter((id) => !undone.includes(id));
        const { fraud } = after.holds;
        if (standing.length > 0) expect(standing).toContain(fraud?.alertId);
        else expect(fraud?.alertId).toBe(waits ? 'Q' : undefined);
      }),
    );
  });
});

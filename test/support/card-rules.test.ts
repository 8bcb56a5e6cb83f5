import { describe, expect, test } from 'vitest';
import { type Card, unknownCard } from '../../functions/card/card.ts';
import type { Item } from '../../functions/platform/database.ts';
import type { Verification } from '../../functions/verification/verification.ts';
import { holdsStand } from './card-rules.ts';
import type { Read } from './rule.ts';

const AT = '2026-03-10T15:50:00.000Z';
const two = 'agent:agent-li+agent:agent-wang';

/** A card whose hold was placed and then went by `entry`. */
function afterwards(
  entry: { type: string; by: string; at?: string },
  given: { before?: string; card?: Partial<Card>; cases?: readonly Item[] } = {},
): readonly string[] {
  const ids = { cardToken: 'card-1', cardholderId: 'C-1', accountOwnerId: 'C-1', chain: '' };
  const card = { ...unknownCard(ids), ...given.card };
  const journal = [
    {
      pk: 'CARD#card-1',
      sk: 'EVT#000001',
      type: 'fraud_hold_placed',
      data: { holds: [given.before ?? 'fraud'] },
    },
    { pk: 'CARD#card-1', sk: 'EVT#000002', at: AT, ...entry, data: { holds: Object.keys(card.holds) } },
  ];
  const alert = { pk: 'ALERT#A-1', sk: 'META', alertId: 'A-1', cardToken: 'card-1' };
  const items: readonly Item[] = [...journal, alert, ...(given.cases ?? [])];
  const world = {
    cards: [card],
    tickets: [{ ticketId: 'K-1', cardToken: 'card-1' }],
    caseItems: Map.groupBy(items, ({ pk }) => pk),
  };
  return [...holdsStand(world as unknown as Read)].map(({ says }) => says);
}

function used(over: Partial<Verification> = {}): Item {
  const verification = {
    ...{ verificationId: 'V-1', customerId: 'C-1', cardToken: 'card-1', action: 'unfreeze', alertId: 'A-1' },
    ...{ incident: 'K-1', status: 'used', openedAt: AT, expiresAt: AT, endedAt: AT, codesPutOut: 0 },
    requirement: { kinds: 2, accepted: ['sim', 'staff'], mustInclude: [], reasons: [] },
    bound: { holdsVersion: 1, question: 1, transactionCount: 1 },
    factors: [
      { kind: 'sim', by: 'sms_yes', at: AT },
      { kind: 'staff', by: two, at: AT },
    ],
    ...over,
  };
  return { pk: 'VER#V-1', sk: 'META', ...verification } as Item;
}
const undone = (over: object = {}): Item => ({
  ...{ pk: 'TICKET#K-1', sk: 'EVT#000009', type: 'not_mine_undone', by: two, at: AT },
  ...{ data: { alertId: 'A-1' }, ...over },
});
const byProof = { type: 'fraud_hold_lifted', by: 'customer:C-1' };
const byStaff = { type: 'fraud_hold_lifted', by: two };

describe('I2 a hold goes with its proof', () => {
  test('a used verification, or two people who undid a "not mine"', () => {
    expect(afterwards(byProof, { cases: [used()] })).toEqual([]);
    expect(afterwards(byStaff, { cases: [undone()] })).toEqual([]);
    const own = { type: 'customer_hold_lifted', by: 'customer:C-1' };
    expect(afterwards(own, { before: 'customer', cases: [used({ alertId: undefined })] })).toEqual([]);
  });
});

describe('I2 and by nothing else', () => {
  const lifted = ['lifted without proof: fraud'];
  test.each<[string, Parameters<typeof afterwards>]>([
    ['no proof', [byProof]],
    ['a proof that passed and was not used', [byProof, { cases: [used({ status: 'passed' })] }]],
    ['one used in another commit', [byProof, { cases: [used({ endedAt: '2026-03-10T15:51:00.000Z' })] }]],
    ['another customer’s', [byProof, { cases: [used({ customerId: 'C-2' })] }]],
    ['of another card', [byProof, { cases: [used({ cardToken: 'card-2' })] }]],
    ['for another action', [byProof, { cases: [used({ action: 'enrol_totp' })] }]],
    ['about no alert', [byProof, { cases: [used({ alertId: undefined })] }]],
    [
      'one kind of factor',
      [byProof, { cases: [used({ factors: [{ kind: 'sim', by: 'sms_yes', at: AT }] })] }],
    ],
    ['one of the account owner', [byProof, { card: { cardholderId: 'C-2' }, cases: [used()] }]],
    ['two people without their word in the ticket', [byStaff]],
    [
      'one person twice',
      [{ ...byStaff, by: 'agent:a+agent:a' }, { cases: [undone({ by: 'agent:a+agent:a' })] }],
    ],
    ['one person', [{ ...byStaff, by: 'agent:a' }, { cases: [undone({ by: 'agent:a' })] }]],
    ['another alert', [byStaff, { cases: [undone({ data: { alertId: 'A-2' } })] }]],
    ['an entry of another kind', [{ ...byProof, type: 'fraud_hold_placed' }, { cases: [used()] }]],
    ['the customer’s own release', [{ ...byProof, type: 'customer_hold_lifted' }, { cases: [used()] }]],
  ])('%s', (_, [entry, given]) => {
    expect(afterwards(entry, given)).toEqual(lifted);
  });

  test('a lost card stays held', () => {
    const given = { before: 'lost', cases: [used(), undone()] };
    expect(afterwards(byProof, given)).toEqual(['lifted without proof: lost']);
    expect(afterwards(byStaff, given)).toEqual(['lifted without proof: lost']);
  });
});

import { describe, expect, test } from 'vitest';
import {
  type Card,
  freezeStage,
  liftHold,
  liftHolds,
  placeHold,
  standingHolds,
  unknownCard,
  withIssuerAnswer,
} from '../../functions/card/card.ts';

const AT = '2026-03-10T15:40:00.000Z';
const blank = unknownCard({ cardToken: 'card', cardholderId: 'C', accountOwnerId: 'C', chain: '' });

function held(...kinds: ('fraud' | 'customer' | 'lost' | 'agent')[]): Card {
  return kinds.reduce<Card>((card, kind) => {
    const order = { at: AT, by: 'somebody' };
    const after = placeHold(card, kind === 'fraud' ? { kind, alertId: 'A', ...order } : { kind, ...order });
    if (after === undefined) throw new Error('not held');
    return after;
  }, blank);
}

describe('H16 a hold is lifted by its owner only', () => {
  test('the fraud hold of its own alert: the version grows and the issuer is to be told', () => {
    const lifted = liftHold(held('fraud'), { kind: 'fraud', alertId: 'A' });
    expect(lifted).toMatchObject({ holdsVersion: 2, holds: {} });
    expect(lifted && freezeStage(lifted)).toBe('active');
  });

  test('not the fraud hold of another alert', () => {
    expect(liftHold(held('fraud'), { kind: 'fraud', alertId: 'B' })).toBeUndefined();
  });

  test('not a hold that does not stand, nor anything of a closed card', () => {
    expect(liftHold(held('lost'), { kind: 'customer' })).toBeUndefined();
    expect(liftHold({ ...held('customer'), closedAt: AT }, { kind: 'customer' })).toBeUndefined();
    expect(liftHolds(held('fraud'), [])).toBeUndefined();
    expect(liftHolds(held('fraud'), [{ kind: 'fraud', alertId: 'A' }, { kind: 'lost' }])).toBeUndefined();
  });

  test('the card stays frozen, since the same version, while another hold stands', () => {
    const card = held('lost', 'fraud');
    const lifted = liftHold(card, { kind: 'fraud', alertId: 'A' });
    expect(lifted && standingHolds(lifted)).toEqual(['lost']);
    expect(lifted).toMatchObject({ holdsVersion: 3, frozenSinceVersion: card.frozenSinceVersion });
  });

  test('two holds are lifted in one step of the version', () => {
    const lifted = liftHolds(held('fraud', 'customer'), [
      { kind: 'fraud', alertId: 'A' },
      { kind: 'customer' },
    ]);
    expect(lifted).toMatchObject({ holdsVersion: 3, holds: {} });
  });

  test('only an answer to the new version ends the freeze at the issuer', () => {
    const lifted = liftHold(held('fraud'), { kind: 'fraud', alertId: 'A' });
    if (lifted === undefined) throw new Error('not lifted');
    expect(withIssuerAnswer(lifted, { status: 'frozen', holdsVersion: 1, at: AT })).toBeUndefined();
    const confirmed = withIssuerAnswer(lifted, { status: 'active', holdsVersion: 2, at: AT });
    expect(confirmed?.issuer).toMatchObject({ confirmed: 'active', confirmedVersion: 2 });
  });
});

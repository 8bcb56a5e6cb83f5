import type { Card, Me } from './answers.ts';

/** What of a card is offered to whom: who may not freeze is shown no way, and a closed card takes nothing more. */
export function cardActions(card: Card | undefined, may: Me['may']) {
  const takes = card !== undefined && card.state !== 'closed';
  const mayHold = takes && may.includes('freeze');
  return {
    freeze: mayHold && card.holds.length === 0,
    lost: mayHold && !card.holds.includes('lost'),
    report: takes && may.includes('work'),
  };
}

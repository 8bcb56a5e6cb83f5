import { type Card, freezeStage, placeHold } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { type AnswerPhoneDeps, answerAlone, type Inbound } from './answer-phone.ts';
import { holdWord } from './question.ts';

/**
 * 冻结 4417 / FREEZE 4417: the customer's own hold on that card, where the number that wrote is its customer's (H11,
 * D5). Freezing is never refused for a cap, only its answer may be left out. A precaution needs no ticket. Whoever
 * is not known there learns no more than somebody who mistypes.
 */
export async function freezeByText(
  deps: AnswerPhoneDeps & { readonly cards: CardStore },
  inbound: Inbound,
): Promise<string | 'changed'> {
  const { sender, reading } = inbound;
  const found = await Promise.all(sender.owners.map(({ customerId }) => deps.cards.ofCardholder(customerId)));
  const cards = found.flat().filter(({ body }) => freezeStage(body) !== 'closed');
  const chosen = chooseCards(cards, inbound);
  const [first] = chosen;
  if (first === undefined) {
    const kind = reading.lastFour === undefined ? 'freezeWhichCard' : 'freezeUnknownCard';
    return answerAlone(deps, inbound, { words: { kind, facts: {} }, effect: 'no_card_frozen' });
  }
  const now = deps.now();
  const writes: Write<unknown>[] = [];
  let shown: Card = first.body;
  for (const stored of chosen) {
    const by = `customer:${stored.body.cardholderId}`;
    const held = placeHold(stored.body, { kind: 'customer', at: now.toISOString(), by });
    if (held === undefined) continue;
    if (stored === first) shown = held;
    writes.push(...deps.cards.saveHolds(stored, held, { now, by, type: 'customer_hold_placed' }));
  }
  const { lastFour } = shown;
  if (lastFour === undefined) throw new Error('a card chosen by digits it does not have');
  const facts = { lastFour, hold: holdWord(freezeStage(shown)) };
  return answerAlone(deps, inbound, {
    words: { kind: 'freezeReceived', facts },
    effect: writes.length > 0 ? 'card_frozen' : 'card_held_already',
    writes,
  });
}

/**
 * Those of the named digits: of two cards that share them both, because freezing only blocks. Without digits the only
 * card there is, or the only one with a question open on this number.
 */
function chooseCards(
  cards: readonly Versioned<Card>[],
  { reading, sender }: Inbound,
): readonly Versioned<Card>[] {
  const known = cards.filter(({ body }) => body.lastFour !== undefined);
  if (reading.lastFour !== undefined) {
    return known.filter(({ body }) => body.lastFour === reading.lastFour);
  }
  if (known.length === 1) return known;
  const asked = new Set(
    sender.candidates
      .filter(({ alert, current }) => current && alert.settledAt === undefined)
      .map(({ alert }) => alert.cardToken),
  );
  const concerned = known.filter(({ body }) => asked.has(body.cardToken));
  return concerned.length === 1 ? concerned : [];
}

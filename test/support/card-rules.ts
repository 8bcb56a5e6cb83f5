import { freezeStage } from '../../functions/card/card.ts';
import type { Item } from '../../functions/platform/database.ts';
import { entriesOf, type Read, type Violation } from './rule.ts';

/** I1: a fraud hold whose issuer side is not requested, or unconfirmed without an alarm. */
export function* freezesReachTheIssuer(world: Read): Iterable<Violation> {
  const alarmed = world.logLines.some((line) => /"(IssuerUnconfirmed|FreezeFailed)"/.test(line));
  for (const card of world.cards) {
    const stage = freezeStage(card);
    if (card.holds.fraud === undefined || stage === 'frozen' || stage === 'closed') continue;
    const at = card.cardToken;
    if (card.issuer.requestedVersion < card.frozenSinceVersion)
      yield { rule: 'I1', at, says: 'a fraud hold was never requested at the issuer' };
    else if (!alarmed) yield { rule: 'I1', at, says: 'an unconfirmed freeze raised no alarm' };
  }
}

/** I2: nothing lifts a hold yet; whatever does one day has to be told apart here by its proof. */
export function* holdsStand(world: Read): Iterable<Violation> {
  for (const card of world.cards) {
    let before: readonly string[] = [];
    for (const entry of entriesOf(world, `CARD#${card.cardToken}`)) {
      const holds = holdsIn(entry);
      const lifted = before.filter((hold) => !holds.includes(hold));
      if (lifted.length > 0)
        yield { rule: 'I2', at: entry.pk, says: `lifted without proof: ${lifted.join(', ')}` };
      before = holds;
    }
    const lost = before.filter((hold) => !Object.keys(card.holds).includes(hold));
    if (lost.length > 0) yield { rule: 'I2', at: card.cardToken, says: `stands no more: ${lost.join(', ')}` };
  }
}

function holdsIn(entry: Item): readonly string[] {
  const data: unknown = entry.data;
  const holds = typeof data === 'object' && data !== null && 'holds' in data ? data.holds : [];
  return Array.isArray(holds) ? holds.map(String) : [];
}

/** I8: what the issuer answered belongs to a version of the holds that there is. */
export function* issuerStaysBehind(world: Read): Iterable<Violation> {
  for (const { cardToken, holdsVersion, issuer } of world.cards) {
    if (issuer.confirmedVersion > holdsVersion || issuer.requestedVersion > holdsVersion)
      yield { rule: 'I8', at: cardToken, says: 'the issuer is ahead of our holds' };
  }
}

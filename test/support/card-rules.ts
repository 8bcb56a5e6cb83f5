import { type Card, freezeStage } from '../../functions/card/card.ts';
import type { Item } from '../../functions/platform/database.ts';
import { withOwnDeadline } from '../../functions/platform/documents.ts';
import { parseStored } from '../../functions/platform/stored.ts';
import { type Verification, verificationSchema } from '../../functions/verification/verification.ts';
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

/**
 * I2: a hold goes only by an entry of the card's journal that lifts it, and that only with its proof: a verification
 * used in that very commit, or two people who undid a "not mine" or released in bulk.
 */
export function* holdsStand(world: Read): Iterable<Violation> {
  const proofs = proofsIn(world);
  for (const card of world.cards) {
    let before: readonly string[] = [];
    for (const entry of entriesOf(world, `CARD#${card.cardToken}`)) {
      const holds = holdsIn(entry);
      const lifted = before.filter((hold) => !holds.includes(hold));
      if (lifted.length > 0 && !isProven(entry, lifted, { card, proofs }))
        yield { rule: 'I2', at: entry.pk, says: `lifted without proof: ${lifted.join(', ')}` };
      before = holds;
    }
    const lost = before.filter((hold) => !Object.keys(card.holds).includes(hold));
    if (lost.length > 0) yield { rule: 'I2', at: card.cardToken, says: `stands no more: ${lost.join(', ')}` };
  }
}

interface Proofs {
  readonly used: readonly Verification[];
  /** Entries of tickets: a "not mine" undone. */
  readonly undone: readonly Item[];
  readonly alertsOf: ReadonlyMap<string, string>;
}

function proofsIn({ caseItems, tickets }: Read): Proofs {
  const items = [...caseItems.values()].flat();
  const verifications = items
    .filter(({ pk, sk }) => pk.startsWith('VER#') && sk === 'META')
    .map((item) => parseStored(verificationSchema, withOwnDeadline(item)));
  const ticketKeys = new Set(tickets.map(({ ticketId }) => `TICKET#${ticketId}`));
  const alerts = items.filter(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META');
  return {
    used: verifications.filter(
      ({ status, action, factors }) =>
        status === 'used' && action === 'unfreeze' && new Set(factors.map(({ kind }) => kind)).size >= 2,
    ),
    undone: items.filter(
      ({ pk, type }) => ticketKeys.has(pk) && /^(not_mine_undone|released_in_bulk)$/.test(String(type)),
    ),
    alertsOf: new Map(alerts.map(({ alertId, cardToken }) => [String(alertId), String(cardToken)])),
  };
}

/** What one entry may lift: never a lost card's or an agent's hold, nor a fraud hold without its own alert. */
function isProven(
  { type, by, at }: Item,
  lifted: readonly string[],
  { card, proofs }: { card: Card; proofs: Proofs },
): boolean {
  const proof = proofs.used.find(
    (used) =>
      used.cardToken === card.cardToken && used.endedAt === at && by === `customer:${used.customerId}`,
  );
  const ofAlert = proof?.alertId !== undefined && proofs.alertsOf.get(proof.alertId) === card.cardToken;
  if (type === 'customer_hold_lifted') return proof !== undefined && isOnly(lifted, ['customer']);
  if (type !== 'fraud_hold_lifted') return false;
  if (ofAlert && card.cardholderId === proof.customerId) return isOnly(lifted, ['fraud', 'customer']);
  return isByTwo(by) && isOnly(lifted, ['fraud']) && proofs.undone.some((entry) => undid(entry));

  function undid(entry: Item): boolean {
    const data = typeof entry.data === 'object' && entry.data !== null ? entry.data : {};
    const alertId = 'alertId' in data ? String(data.alertId) : '';
    return entry.by === by && entry.at === at && proofs.alertsOf.get(alertId) === card.cardToken;
  }
}

const isOnly = (lifted: readonly string[], allowed: readonly string[]): boolean =>
  lifted.every((hold) => allowed.includes(hold));

/** `agent:a+agent:b`, two different people. */
function isByTwo(by: unknown): boolean {
  const [one, two, ...others] = String(by).split('+');
  const named = [one, two].every((name) => /^agent:.+/.test(name ?? ''));
  return named && others.length === 0 && one !== two;
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

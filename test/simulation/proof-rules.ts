import type { Item } from '../../functions/platform/database.ts';
import type { Violation } from '../support/rule.ts';

const PASS_MS = 24 * 3_600_000;
const PASS_USES = 2;

interface Proven {
  readonly cards: readonly Item[];
  readonly cases: readonly Item[];
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(fields) : [];
const minorOf = (money: unknown): number => Number(fields(money).minor);

/** D5, four eyes: what staff vouched for, or took back, was asked for by one and granted by another. */
function* takesTwo({ cases }: Proven): Iterable<Violation> {
  const approvals = cases.filter(({ pk }) => pk.startsWith('APPROVAL#'));
  for (const { pk, approvedBy, proposedBy } of approvals)
    if (approvedBy !== undefined && fields(approvedBy).id === fields(proposedBy).id)
      yield { rule: 'I2', at: pk, says: 'asked for and granted by one person' };
  // A request may be made anew, and takes the place of the one before: what was granted stands in the journal.
  const cardOf = new Map<unknown, unknown>(
    cases
      .filter(({ pk, sk }) => pk.startsWith('VER#') && sk === 'META')
      .map(({ verificationId, cardToken }) => [verificationId, cardToken]),
  );
  const vouched = new Set<unknown>();
  for (const { type, data } of cases) {
    const { kind, shownBy, verificationId } = fields(data);
    if (type !== 'factor_passed' || kind !== 'staff') continue;
    // Of the card: a factor counts on in the verification that takes the place of one that ran out.
    vouched.add(cardOf.get(verificationId));
    const people = new Set(String(shownBy).split('+'));
    if (people.size !== 2)
      yield { rule: 'I2', at: String(verificationId), says: `vouched for by ${shownBy}` };
  }
  for (const { pk, sk, cardToken, factors } of cases) {
    if (!pk.startsWith('VER#') || sk !== 'META') continue;
    const byStaff = listOf(factors).some(({ kind }) => kind === 'staff');
    if (byStaff && !vouched.has(cardToken)) yield { rule: 'I2', at: pk, says: 'nobody vouched' };
  }
}

/** I2: a fold-in renews the hold: what was proven of an alert is all that it held in the end. */
function* provenOfAllThereIs({ cases }: Proven): Iterable<Violation> {
  const alerts = alertsIn(cases);
  for (const { pk, sk, alertId, bound, status } of cases) {
    if (!pk.startsWith('VER#') || sk !== 'META' || status !== 'used' || alertId === undefined) continue;
    if (fields(bound).transactionCount !== alerts.get(String(alertId))?.transactionCount)
      yield { rule: 'I2', at: pk, says: 'released what was never proven' };
  }
}

const alertsIn = (cases: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(
    cases
      .filter(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META')
      .map((item) => [String(item.alertId), item]),
  );

/** H18: a pass is of a proven alert, for the same merchant and about the same amount, within a day, twice at most. */
function* passesAreKeptTo({ cards, cases }: Proven): Iterable<Violation> {
  const alerts = alertsIn(cases);
  const used = cards.filter(({ sk, pass }) => sk.startsWith('TXN#') && pass !== undefined);
  for (const [alertId, uses] of Map.groupBy(used, ({ pass }) => String(pass))) {
    const alert = alerts.get(alertId);
    const proven = listOf(alert?.transactions);
    const at = `ALERT#${alertId}`;
    // Taken back and proven again, it has leave again.
    const times = cases.filter((item) => opens(item, alertId)).length;
    if (uses.length > PASS_USES * proven.length * times)
      yield { rule: 'H18', at, says: `${uses.length} uses of ${proven.length * times} passes` };
    for (const { billing, merchant, occurredAt, transactionId } of uses) {
      const fits = proven.some(
        (one) =>
          one.merchantId === fields(merchant).id &&
          minorOf(billing) >= Math.ceil(minorOf(one.billing) * 0.8) &&
          minorOf(billing) <= Math.floor(minorOf(one.billing) * 1.1),
      );
      if (!fits) yield { rule: 'H18', at, says: `${String(transactionId)} is not like what was proven` };
      const settledAt = Date.parse(String(alert?.settledAt));
      // A NO settles it anew; then its time says nothing about the pass any more.
      if (alert?.status === 'settled_genuine' && Date.parse(String(occurredAt)) > settledAt + PASS_MS)
        yield { rule: 'H18', at, says: `${String(transactionId)} came after the pass was over` };
    }
  }
}

/** A proof that was used for this alert, or the grant of two people. */
const opens = ({ pk, sk, alertId, data, status, type }: Item, of: string): boolean =>
  (pk.startsWith('VER#') && sk === 'META' && status === 'used' && alertId === of) ||
  (type === 'not_mine_undone' && fields(data).alertId === of);

/** What must hold of proofs, approvals and passes once all is quiet. */
export const proofRules = [takesTwo, provenOfAllThereIs, passesAreKeptTo] as const;

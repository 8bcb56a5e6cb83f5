import type { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import { type Authorized, type FraudLabel, type FraudPattern, utc } from './events.ts';

/**
 * How the bank learns of fraud. Made up in the range of what issuers tell: who misses the card calls within a
 * day, who finds a charge in the app within some days, and a chargeback comes with the statement; some never notice.
 */
interface Report {
  readonly source: FraudLabel['source'];
  readonly medianHours: number;
  readonly sigma: number;
}
const missesCard: Report = { source: 'issuer', medianHours: 20, sigma: 0.8 };
const callsUs: Report = { source: 'agent', medianHours: 50, sigma: 0.9 };
const disputes: Report = { source: 'chargeback', medianHours: 230, sigma: 0.6 };
const NEVER_NOTICED = 0.05;
const CALLS = 0.45;
const HOUR_MS = 3_600_000;

/** The card itself is gone. */
const missed: ReadonlySet<FraudPattern> = new Set([
  'stolen_spree',
  'lost_before_report',
  'card_not_received',
]);

/**
 * One report about all of a thief's transactions on a card, after the last of them; a chargeback names the
 * approved ones only, as nothing was paid for the others. Nothing when nobody ever notices.
 */
export function reportFraud(
  agenda: Agenda,
  chance: Chance,
  pattern: FraudPattern,
  transactions: readonly Authorized[],
): void {
  if (chance.happens(NEVER_NOTICED)) return;
  const isMissed = missed.has(pattern);
  const { source, medianHours, sigma } = isMissed ? missesCard : chance.happens(CALLS) ? callsUs : disputes;
  const last = Math.max(...transactions.map(({ occurredAt }) => Date.parse(occurredAt)));
  const at = last + Math.round((1 + chance.logNormal(medianHours, sigma)) * 3600) * 1000;
  for (const { transactionId, cardToken, occurredAt, merchant, outcome } of transactions) {
    if (outcome === 'declined' && source === 'chargeback') continue;
    const detail: FraudLabel = {
      schemaVersion: 1,
      labelId: `f-${transactionId}`,
      cardToken,
      transactionId,
      merchantId: merchant.id,
      occurredAt,
      at: utc(at),
      source,
    };
    agenda.add({ at, line: { type: 'FraudConfirmed', detail } });
  }
}

/** How long the bank takes to send another card, in milliseconds. */
export function replacementMs(chance: Chance): number {
  return chance.between(30, 110) * HOUR_MS;
}

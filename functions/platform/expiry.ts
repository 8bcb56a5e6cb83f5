/** DynamoDB's own name: epoch seconds after which it deletes an item. A text under it is another's deadline. */
export const EXPIRES_AT = 'expiresAt';

/** 12 CFR 1005.13(b): evidence of how an error or a fraud was handled is kept two years. */
const CASE_DAYS = 730;

/**
 * Days that items of a kind are kept after they end, or are written; from when and why is said in `retention.ts`, which
 * functions do not carry.
 */
export const keptDays = {
  decision: 35,
  posting: 35,
  reversal: 35,
  merchantRisk: 90,
  shadowExample: 35,
  alert: CASE_DAYS,
  label: CASE_DAYS,
  bulkRelease: CASE_DAYS,
  bulkReleased: CASE_DAYS,
  freezeSeen: 7,
  freezeHour: 9,
  ticket: CASE_DAYS,
  journal: CASE_DAYS,
  words: CASE_DAYS,
  evidence: CASE_DAYS,
  shownOfTicket: CASE_DAYS,
  verification: CASE_DAYS,
  code: 1,
  challenge: 1,
  totpOffer: 1,
  approval: 7,
  verifying: CASE_DAYS,
  customerTries: 35,
  fakeCall: 180,
  call: CASE_DAYS,
  callerTries: 2,
  exportGrant: 1,
  effect: 35,
  incident: CASE_DAYS,
  ticketNumber: CASE_DAYS,
  inbound: 30,
  request: 1,
  sentText: 7,
  smsCap: 1,
  quarantine: 35,
} as const satisfies Readonly<Record<string, number>>;
export type ExpiringKind = keyof typeof keptDays;

export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Epoch seconds at which an item of this kind that ended (or was written) at `from` is to be deleted. */
export function expiryOf(kind: ExpiringKind, from: Date | string): number {
  const at = typeof from === 'string' ? new Date(from) : from;
  return secondsOf(at) + keptDays[kind] * 86_400;
}

/** Whether an item is over; DynamoDB deletes it some time later. */
export function isExpired(item: Readonly<Record<string, unknown>>, now: Date): boolean {
  const at = item[EXPIRES_AT];
  return typeof at === 'number' && at <= secondsOf(now);
}

import { keptDays } from './expiry.ts';

/**
 * How long every kind of item is kept, as data; docs/retention.md says it for people and a test compares the two.
 * A live thing never expires: what ends gets its `expiresAt` with the write that ends it.
 */
export interface Kept {
  readonly table: 'Cards' | 'Cases';
  /** How its keys begin; `…` in the middle of a partition key stands for anything. */
  readonly pk: string;
  readonly sk: string;
  /** `always`: from its first write on; `ended`: once it is over; `never`: while what it belongs to exists. */
  readonly expires: 'always' | 'ended' | 'never';
  readonly days?: number;
  /** What the days count from, or what else ends it. */
  readonly from: string;
  readonly why: string;
}

const CASE_WHY = 'Evidence of how the case was handled: two years (12 CFR 1005.13(b), Regulation E)';

const ofCard = (sk: string, why: string): Kept => ({
  table: 'Cards',
  pk: 'CARD#',
  sk,
  expires: 'never',
  from: 'with the card',
  why,
});
type Expiring = Kept & { readonly days: number };
const ofDecision = (sk: string, from: string): Expiring => ({
  table: 'Cards',
  pk: 'CARD#',
  sk,
  expires: 'always',
  days: keptDays.decision,
  from,
  why: 'The 30 days a customer can list and dispute (D7), and a margin',
});
const ofTicket = (sk: string, why = CASE_WHY): Expiring => ({
  table: 'Cases',
  pk: 'TICKET#',
  sk,
  expires: 'ended',
  days: keptDays.ticket,
  from: 'ticket resolved, closed or merged; stamped a month later, taken off when it is reopened',
  why,
});

/** Kept in Cards as long as what it belongs to: kind → sort key, what ends it, why. */
function keptWith<Kind extends string>(
  pk: string,
  kinds: Readonly<Record<Kind, readonly [sk: string, from: string, why: string]>>,
): Readonly<Record<Kind, Kept>> {
  const rows = Object.entries(kinds) as [Kind, readonly [string, string, string]][];
  return Object.fromEntries(
    rows.map(([kind, [sk, from, why]]) => [kind, { table: 'Cards', pk, sk, expires: 'never', from, why }]),
  ) as Readonly<Record<Kind, Kept>>;
}

export const retention = {
  card: ofCard('STATE', 'Holds and what the issuer confirmed: in force while the card exists'),
  profile: ofCard('PROFILE', 'Counts that judge the next purchase; no name, no merchant in clear'),
  decision: ofDecision('TXN#', 'decision'),
  posting: ofDecision('POSTED#', 'posting'),
  reversal: ofDecision('REVERSED#', 'reversal or refund'),
  merchantRisk: {
    table: 'Cards',
    pk: 'MERCHANT#',
    sk: 'RISK',
    expires: 'always',
    days: keptDays.merchantRisk,
    from: 'the latest fraud label or sighting',
    why: 'A merchant that was compromised is watched while it may still be; no card and no person in it',
  },
  bulkRelease: {
    table: 'Cases',
    pk: 'BULK#',
    sk: 'META',
    expires: 'ended',
    days: keptDays.bulkRelease,
    from: 'done, or ran out',
    why: 'Proof that holds were lifted by two people (I2, H33); two years like the case',
  },
  bulkReleased: {
    table: 'Cases',
    pk: 'BULK#',
    sk: 'RELEASED#',
    expires: 'always',
    days: keptDays.bulkReleased,
    from: 'the release',
    why: 'Which alerts a release in bulk settled, so that it counts each once; the number of an alert and nothing else',
  },
  freezeSeen: {
    table: 'Cases',
    pk: 'FREEZES#',
    sk: 'AT#',
    expires: 'always',
    days: keptDays.freezeSeen,
    from: 'the freeze',
    why: 'Freezes of a rule set are counted over minutes (H33), and looked into for some days',
  },
  freezeHour: {
    table: 'Cases',
    pk: 'FREEZES#',
    sk: 'HOUR#',
    expires: 'always',
    days: keptDays.freezeHour,
    from: 'the latest freeze of its hour',
    why: 'How many freezes are usual is learnt from a week (H33)',
  },
  label: {
    table: 'Cards',
    pk: 'CARD#',
    sk: 'LABEL#',
    expires: 'always',
    days: keptDays.label,
    from: 'its latest word',
    why: 'Chargebacks come and are taken back months later; each counts once (card and merchant)',
  },
  keptList: {
    table: 'Cards',
    pk: 'CARD#',
    sk: 'LIST#',
    expires: 'always',
    from: 'half an hour after its first page',
    why: 'The order of a long list while its pages are read (D7)',
  },
  contact: {
    table: 'Cards',
    pk: 'CUSTOMER#',
    sk: 'CONTACT',
    expires: 'never',
    from: 'replaced by the next contact; erased on request',
    why: 'A customer who cannot be reached cannot be asked (D5)',
  },
  ...keptWith('CUSTOMER#', {
    sim: ['SIM', 'deleted with the first contact', 'A SIM change may come before the contact'],
    device: [
      'DEVICE#',
      'a removed one stays as a mark; erased on request',
      'A removed passkey must stay removed',
    ],
    preferences: [
      'PREFERENCES',
      'changed by the customer; erased on request',
      'How the customer wants to be reached',
    ],
    owned: [
      'OWNS#',
      'with the card; shows nothing once the card has another owner',
      'An account owner finds the supplementary cards (附属卡)',
    ],
    totp: ['TOTP', 'replaced; erased on request', 'A factor other than the SIM (H13)'],
  }),
  credential: {
    table: 'Cards',
    pk: 'CREDENTIAL#',
    sk: 'GUARD',
    expires: 'never',
    from: 'with the device; erased on request',
    why: 'One passkey proves one customer (I11)',
  },
  login: {
    table: 'Cards',
    pk: 'SUBJECT#',
    sk: 'SUBJECT',
    expires: 'never',
    from: 'deleted when the contact names it no more; erased on request',
    why: 'Whom a log-in stands for (I11)',
  },
  ...keptWith('RULESET#', {
    ruleBoard: ['STATE', 'one item, replaced', 'Which rules are in force, and the head of their chain (D11)'],
    ruleJournal: ['EVT#', 'for good', 'Who changed the rules, when and why (D11)'],
    ruleSet: ['SET#', 'for good', 'Author and state of a version; the version stands behind alerts'],
    ruleBody: ['BODY', 'for good', 'A decision can be explained by the rules it names'],
    ruleEntries: ['PAGE#', 'entries drop out a week after their day', 'Block and allow entries of a kind'],
    shadowCounts: ['SHADOW', 'with the version', 'What a set in shadow would have done, counted'],
  }),
  shadowExample: {
    table: 'Cards',
    pk: 'RULESET#',
    sk: 'DIFF#',
    expires: 'always',
    days: keptDays.shadowExample,
    from: 'the transaction judged',
    why: 'Examples of where a set in shadow differs, as long as its transaction is kept',
  },
  alert: {
    table: 'Cases',
    pk: 'ALERT#',
    sk: 'META',
    expires: 'ended',
    days: keptDays.alert,
    from: 'settled; one never settled with its ticket',
    why: CASE_WHY,
  },
  ticket: ofTicket('META'),
  journal: ofTicket('EVT#'),
  words: ofTicket('MSG#', `${CASE_WHY}; erased on request before`),
  evidence: ofTicket('DOC#', `${CASE_WHY}; erased on request before, with its file`),
  reopened: {
    table: 'Cases',
    pk: 'TICKET#',
    sk: 'KEPT',
    expires: 'never',
    from: 'deleted by the next daily run',
    why: 'Says that a ticket lives again and its items must not expire',
  },
  cardJournal: {
    table: 'Cases',
    pk: 'CARD#',
    sk: 'EVT#',
    expires: 'never',
    from: 'with the card',
    why: 'The chain of a card is whole from its first hold on (D11)',
  },
  customerHead: {
    table: 'Cases',
    pk: 'CUSTOMER#',
    sk: 'META',
    expires: 'never',
    from: 'with the customer',
    why: 'Head of the customer chain (D11)',
  },
  customerJournal: {
    table: 'Cases',
    pk: 'CUSTOMER#',
    sk: 'EVT#',
    expires: 'never',
    from: 'with the customer',
    why: 'Changes of contact, devices and SIM, without what they were changed to (D11)',
  },
  verification: {
    table: 'Cases',
    pk: 'VER#',
    sk: 'META',
    expires: 'ended',
    days: keptDays.verification,
    from: 'opened, once it is over',
    why: 'Proof that a hold was lifted by right (I2); two years like the case',
  },
  code: {
    table: 'Cases',
    pk: 'VER#',
    sk: 'CODE',
    expires: 'always',
    days: keptDays.code,
    from: 'its last valid minute',
    why: 'A code used late must be told from one never sent (H14)',
  },
  challenge: {
    table: 'Cases',
    pk: 'VER#',
    sk: 'CHALLENGE#',
    expires: 'always',
    days: keptDays.challenge,
    from: 'its last valid minute',
    why: 'A challenge of a passkey answered late or twice must be told from one never given',
  },
  totpOffer: {
    table: 'Cases',
    pk: 'VER#',
    sk: 'SECRET',
    expires: 'always',
    days: keptDays.totpOffer,
    from: 'the end of its verification',
    why: 'A secret shown and not yet confirmed by a right code',
  },
  approval: {
    table: 'Cases',
    pk: 'APPROVAL#',
    sk: 'META',
    expires: 'always',
    days: keptDays.approval,
    from: 'the end of its 30 minutes',
    why: 'What waits for a second person; the journals keep who and when',
  },
  verifying: {
    table: 'Cases',
    pk: 'VERIFYING#',
    sk: '',
    expires: 'always',
    days: keptDays.verifying,
    from: 'with its verification',
    why: 'The latest verification of customer, card and action',
  },
  tries: {
    table: 'Cases',
    pk: 'TRIES#',
    sk: 'COUNT',
    expires: 'never',
    from: 'counts of an incident; erased on request',
    why: 'A count that goes away would give a guesser new tries (I7)',
  },
  customerTries: {
    table: 'Cases',
    pk: 'TRIES#',
    sk: 'CUSTOMER',
    expires: 'always',
    days: keptDays.customerTries,
    from: 'the verification that counted last was opened',
    why: 'What a customer failed in 30 days, and the codes of a day, whatever card and incident (I7)',
  },
  shownOfTicket: ofTicket('PROJ#'),
  shownOfCard: {
    table: 'Cases',
    pk: 'CARD#',
    sk: 'PROJ#',
    expires: 'never',
    from: 'with the card',
    why: 'The newest version a channel showed: it never shows an older one (I8)',
  },
  fakeCall: {
    table: 'Cases',
    pk: 'FAKECALL#',
    sk: 'META',
    expires: 'always',
    days: keptDays.fakeCall,
    from: 'reported',
    why: 'Who poses as the bank is looked for over months (D10)',
  },
  call: {
    table: 'Cases',
    pk: 'CONTACT#',
    sk: 'META',
    expires: 'always',
    days: keptDays.call,
    from: 'first heard of',
    why: CASE_WHY,
  },
  exportGrant: {
    table: 'Cases',
    pk: 'EXPORT#',
    sk: 'META',
    expires: 'always',
    days: keptDays.exportGrant,
    from: 'granted',
    why: 'Leave to fetch an export is good for a quarter of an hour (D11)',
  },
  callerTries: {
    table: 'Cases',
    pk: 'CALLER#',
    sk: 'TRIES',
    expires: 'always',
    days: keptDays.callerTries,
    from: 'the latest try',
    why: 'Three tries of a calling number a day; under its digest (D5)',
  },
  limit: {
    table: 'Cases',
    pk: 'LIMIT#',
    sk: 'WINDOW#',
    expires: 'always',
    from: 'the window and an hour',
    why: 'How often a customer asked in this window',
  },
  effect: {
    table: 'Cases',
    pk: '',
    sk: 'OUT#',
    expires: 'ended',
    days: keptDays.effect,
    from: 'done',
    why: 'A late delivery status or a second delivery must still find what was done',
  },
  phone: {
    table: 'Cases',
    pk: 'PHONE#',
    sk: 'PHONE',
    expires: 'never',
    from: 'merged away when keys rotate; emptied by an erasure',
    why: 'An opt-out holds for good (I5); a reply finds its alerts only here',
  },
  openAlert: {
    table: 'Cases',
    pk: 'OPENALERT#',
    sk: 'GUARD',
    expires: 'never',
    from: 'deleted when the alert is settled',
    why: 'One open alert per card (H2)',
  },
  incident: {
    table: 'Cases',
    pk: 'OPEN#',
    sk: 'GUARD',
    expires: 'ended',
    days: keptDays.incident,
    from: 'with its ticket',
    why: 'One ticket per incident (I6)',
  },
  ticketNumber: {
    table: 'Cases',
    pk: 'NO#',
    sk: 'GUARD',
    expires: 'ended',
    days: keptDays.ticketNumber,
    from: 'with its ticket',
    why: 'A number finds its ticket',
  },
  inbound: {
    table: 'Cases',
    pk: 'IN#sms#',
    sk: 'GUARD',
    expires: 'always',
    days: keptDays.inbound,
    from: 'handled',
    why: 'A text may be delivered again hours later, and is kept for redrive 14 days (H5)',
  },
  request: {
    table: 'Cases',
    pk: 'IN#api#',
    sk: 'GUARD',
    expires: 'always',
    days: keptDays.request,
    from: 'answered',
    why: 'A repeat under the same Idempotency-Key gets the same answer',
  },
  sentText: {
    table: 'Cases',
    pk: 'SMSID#',
    sk: 'TEXT',
    expires: 'always',
    days: keptDays.sentText,
    from: 'accepted by the provider',
    why: 'A delivery status names the text by the id of the provider, up to 72 hours later',
  },
  smsCap: {
    table: 'Cases',
    pk: 'SMSCAP#',
    sk: '',
    expires: 'always',
    days: keptDays.smsCap,
    from: 'the end of its window',
    why: 'Texts counted towards a cap (H20), and a day to look into what happened',
  },
  quarantine: {
    table: 'Cases',
    pk: 'QUARANTINE#',
    sk: '',
    expires: 'always',
    days: keptDays.quarantine,
    from: 'refused last',
    why: 'Time to mend the cause and send it again (H29)',
  },
} as const satisfies Readonly<Record<string, Kept>>;
export type KeptKind = keyof typeof retention;
/** The kind of a stored item, or undefined: somebody writes items that no row of the table knows. */
export function kindOf(table: Kept['table'], key: { readonly pk: string; readonly sk: string }) {
  const rows = Object.entries(retention) as unknown as readonly (readonly [KeptKind, Kept])[];
  const found = rows.filter(
    ([, row]) => row.table === table && key.pk.startsWith(row.pk) && key.sk.startsWith(row.sk),
  );
  return found.length === 1 ? found[0]?.[0] : undefined;
}

import * as z from 'zod/mini';
import { alertStatuses } from '../alert/alert-states.ts';
import { legs } from '../ticket/clock-policy.ts';
import { findings } from '../ticket/desk-acts.ts';
import { ticketStatuses } from '../ticket/ticket-states.ts';
import { wantedOutcomes } from '../ticket/wanted-outcome.ts';
import { callShape, deskCallShape, ourCallShape } from './call-shapes.ts';
import { disputeShape } from './dispute-shapes.ts';
import { bothLanguages, momentSchema, moneyShape, named } from './shape-parts.ts';

export { bothLanguages, callShape, momentSchema, moneyShape, named, ourCallShape };

/** A limit and the place to go on from; `next` of a page is the `after` of the one behind it. */
export const pageQuery = (most: number) => ({
  limit: z.optional(
    z.pipe(z.string().check(z.regex(/^\d{1,4}$/)), z.transform(Number)).check(z.minimum(1), z.maximum(most)),
  ),
  after: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
});

const cardFields = {
  cardToken: z.string(),
  lastFour: z.optional(z.string()),
  state: z.enum(['active', 'freezing', 'frozen', 'closed']),
  holds: z.array(z.enum(['fraud', 'customer', 'lost', 'agent'])),
  frozenSince: z.optional(momentSchema),
  holdsVersion: z.int(),
};
export const cardShape = named('Card', z.strictObject(cardFields));
/** `account_owner`: of a supplementary card that somebody else carries; freezing it is all it allows. */
export const ownCardShape = named(
  'OwnCard',
  z.strictObject({ ...cardFields, role: z.enum(['cardholder', 'account_owner']) }),
);

export const transactionShape = named(
  'Transaction',
  z.strictObject({
    transactionId: z.string(),
    occurredAt: momentSchema,
    merchant: z.strictObject({ name: z.string(), mcc: z.string(), country: z.string() }),
    amount: moneyShape,
    billing: z.strictObject({
      minor: z.int(),
      currency: z.string(),
      rate: z.optional(z.string()),
      feeMinor: z.optional(z.int()),
    }),
    crossBorder: z.boolean(),
    pending: z.boolean(),
    declined: z.boolean(),
    recurring: z.boolean(),
    suspicious: z.boolean(),
    postedAt: z.optional(momentSchema),
    reversals: z.optional(
      z.array(
        z.strictObject({
          kind: z.enum(['reversal', 'refund']),
          reversedAt: momentSchema,
          amount: moneyShape,
        }),
      ),
    ),
  }),
);

const ticketFields = {
  number: z.string(),
  status: z.enum(ticketStatuses),
  wording: bothLanguages,
  version: z.int(),
  asOf: momentSchema,
  category: z.enum(['suspected_fraud', 'lost_stolen', 'dispute', 'question']),
  cardToken: z.string(),
  lastFour: z.optional(z.string()),
  openedAt: momentSchema,
  agent: z.optional(z.string()),
  resolution: z.optional(z.string()),
};
export const ticketShape = named('Ticket', z.strictObject(ticketFields));

/** Tickets this one goes on from, or goes on in; only of a ticket that was read by its number. */
const linksShape = named(
  'TicketLinks',
  z.strictObject({
    /** The one it was merged into, as it stands now: what goes for this number, too. */
    mergedInto: z.optional(ticketShape),
    mergedFrom: z.optional(z.array(z.string())),
    follows: z.optional(z.string()),
    followedBy: z.optional(z.string()),
  }),
);
const clockFields = {
  leg: z.enum(legs),
  state: z.enum(['running', 'paused', 'overdue', 'met', 'missed', 'moot']),
  from: momentSchema,
  until: z.optional(momentSchema),
  /** Absent while it stands still and would not end before. */
  dueAt: z.optional(momentSchema),
};
export const clockShape = named('Clock', z.strictObject(clockFields));
const deskClockShape = named(
  'DeskClock',
  z.strictObject({
    ...clockFields,
    warnAt: z.optional(momentSchema),
    targetMinutes: z.number(),
    elapsedSeconds: z.int(),
  }),
);
export const wholeTicketFields = {
  ...ticketFields,
  /** While queued: place among all who wait. */
  position: z.optional(z.int()),
  /** By when a person answers at the latest (D6). */
  answerBy: z.optional(momentSchema),
  /** What was promised and by when. */
  clocks: z.array(clockShape),
  wanted: z.optional(z.enum(wantedOutcomes)),
  phoneConsent: z.optional(z.boolean()),
  personAskedAt: z.optional(momentSchema),
  disputes: z.array(disputeShape),
  links: z.optional(linksShape),
  /** Since when we wait for papers of the customer's. */
  evidenceWantedAt: z.optional(momentSchema),
  replacementRequestedAt: z.optional(momentSchema),
  calling: z.optional(ourCallShape),
  calls: z.array(callShape),
};
/** A ticket with all its customer may see of it. */
export const wholeTicketShape = named('WholeTicket', z.strictObject(wholeTicketFields));

const agentTicketFields = {
  ...ticketFields,
  priority: z.enum(['P1', 'P2', 'P3', 'P4']),
  customerId: z.string(),
  alertId: z.optional(z.string()),
  queuedAt: z.optional(momentSchema),
  queuedReason: z.optional(z.string()),
  responseDueFrom: z.optional(momentSchema),
  claimedAt: z.optional(momentSchema),
  /** Who has it in hand, by id; `agent` is their name. */
  agentId: z.optional(z.string()),
  leaseUntil: z.optional(momentSchema),
  reservedFor: z.optional(z.string()),
  conclusion: z.optional(z.strictObject({ finding: z.enum(findings), at: momentSchema, by: z.string() })),
  resolvedAt: z.optional(momentSchema),
  evidenceWantedAt: z.optional(momentSchema),
  cycle: z.int(),
  links: z.optional(linksShape),
  textsPutOut: z.int(),
  clockPolicy: z.optional(z.string()),
  clocks: z.array(deskClockShape),
  /** Of the cycles before this one: as they ended. */
  pastClocks: z.array(
    z.strictObject({
      cycle: z.int(),
      from: momentSchema,
      clockPolicy: z.string(),
      clocks: z.array(deskClockShape),
    }),
  ),
  disputes: z.optional(z.array(disputeShape)),
  wanted: z.optional(z.enum(wantedOutcomes)),
  phoneConsent: z.optional(z.boolean()),
  callbackFrom: z.optional(momentSchema),
  nextResponseFrom: z.optional(momentSchema),
  /** The call announced last, until its end is told or another is announced. */
  call: z.optional(deskCallShape),
};
export const agentTicketShape = named('AgentTicket', z.strictObject(agentTicketFields));
export const queuedTicketShape = named(
  'QueuedTicket',
  z.strictObject({ position: z.int(), ...agentTicketFields }),
);

export const alertShape = named(
  'Alert',
  z.strictObject({
    alertId: z.string(),
    cardToken: z.string(),
    lastFour: z.optional(z.string()),
    ticketNumber: z.optional(z.string()),
    status: z.enum(alertStatuses),
    held: z.boolean(),
    openedAt: momentSchema,
    expiresAt: z.optional(momentSchema),
    settledAt: z.optional(momentSchema),
    transactionCount: z.int(),
    transactions: z.array(
      z.strictObject({
        transactionId: z.string(),
        occurredAt: momentSchema,
        amount: moneyShape,
        billing: moneyShape,
        merchant: z.strictObject({ name: z.string(), mcc: z.string(), country: z.string() }),
        declined: z.boolean(),
        recurring: z.boolean(),
        reasons: z.array(z.strictObject({ code: z.string(), words: bothLanguages })),
      }),
    ),
    maySay: z.array(z.enum(['mine', 'not_mine'])),
    verificationNeeded: z.boolean(),
  }),
);

/** The kinds an entry has today: whoever shows a timeline has words for each. */
export type { EntryType } from '../ticket/entry-types.ts';

export const timelineEntryShape = named(
  'TimelineEntry',
  z.strictObject({
    seq: z.int(),
    type: z.string(),
    at: momentSchema,
    by: z.string(),
    data: z.record(z.string(), z.unknown()),
    hash: z.string(),
    words: z.optional(z.string()),
    wordsErased: z.optional(z.boolean()),
  }),
);

export const problemShape = named(
  'Problem',
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    errors: z.optional(z.array(z.strictObject({ path: z.string(), code: z.string() }))),
  }),
);

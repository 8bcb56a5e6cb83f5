import * as z from 'zod/mini';
import { actions } from '../verification/verification-policy.ts';
import { publicStatuses } from './public-wording.ts';

/**
 * What each text needs to know. An effect stores the kind and these facts, never the text and never a phone
 * number: the words are made when the text is sent, from the customer's language of that moment.
 */
const lastFour = z.string().check(z.regex(/^\d{4}$/));
const ticketNumber = z.string().check(z.regex(/^[A-Z0-9-]{4,18}$/));
/** Digit that names one of several alerts in a reply: 3 to 9, so that it can never be read as an answer. */
const tag = z.string().check(z.regex(/^[3-9]$/));
/**
 * The issuer's side of our hold. Only `confirmed` may be called frozen to the customer (H17); `requested` gets
 * neutral words; `none` is an alert without a hold.
 */
const hold = z.enum(['none', 'requested', 'confirmed']);
const isoTime = z.iso.datetime();

const question = z.object({
  lastFour,
  hold,
  /** The largest suspicious transaction of the alert. */
  amount: z.object({
    minor: z.int(),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  }),
  merchant: z.string(),
  /** When that transaction happened, UTC. */
  occurredAt: isoTime,
  /** How many suspicious transactions the alert has, this one included. */
  count: z.int().check(z.gte(1)),
  /** Recurring or merchant-initiated: nobody can "try again" (H24). */
  recurring: z.boolean(),
  /** Given when the phone has other open alerts or is shared (H3, H9). */
  tag: z.optional(tag),
});

const onTicket = z.object({ lastFour, hold, ticketNumber });
const statusShown = z.object({
  ticketNumber,
  status: z.enum(publicStatuses),
  version: z.int(),
  asOf: isoTime,
});
const nothing = z.object({});

export const textFacts = {
  question,
  secondNotice: question,
  notMineReceived: onTicket,
  mineOnAlert: z.object({ lastFour, declined: z.boolean(), recurring: z.boolean() }),
  mineOnFrozen: z.object({ lastFour, hold }),
  whichAlert: z.object({
    choices: z.array(z.object({ lastFour, tag: z.optional(tag) })).check(z.minLength(1), z.maxLength(7)),
    /** After a bare NO every card concerned is held already (H3). */
    held: z.boolean(),
  }),
  unclear: z.object({ tag: z.optional(tag) }),
  nothingOpen: nothing,
  lateYes: z.object({ lastFour, hold }),
  alreadyNotMine: onTicket,
  stopConfirmed: nothing,
  startConfirmed: nothing,
  help: nothing,
  /** A person was asked for (D8). The number is named where the phone is one customer's. */
  personAsked: z.object({ ticketNumber: z.optional(ticketNumber) }),
  freezeReceived: z.object({ lastFour, hold }),
  freezeUnknownCard: nothing,
  /** A bare FREEZE of somebody with several cards: asks for the digits, names none (H11). */
  freezeWhichCard: nothing,
  ticketStatus: statusShown,
  /** The same, unasked: something is wanted of the customer, or was concluded. */
  ticketNews: statusShown,
  /** A bare STATUS while several cases are open, or on a shared number (H9, H11). */
  statusWhichCase: nothing,
  cardNumberWarning: nothing,
  /** `code` is absent in what is stored: it is made when the text is sent, and is nowhere else. */
  verificationCode: z.object({
    action: z.enum(actions),
    lastFour: z.optional(lastFour),
    code: z.optional(z.string().check(z.regex(/^\d{8}$/))),
  }),
  /** Something by which the customer is reached or known was changed. */
  contactChanged: z.object({
    what: z.enum(['phone', 'email', 'sim', 'device_added', 'device_removed', 'authenticator_added']),
  }),
  /** The last text to a number that is not our customer's (H8). */
  wrongNumberNoted: nothing,
} as const;

export type TextKind = keyof typeof textFacts;
export type FactsOf<Kind extends TextKind> = z.output<(typeof textFacts)[Kind]>;
/** A kind with its facts: what an effect item stores. */
export type TextOrder<Kind extends TextKind = TextKind> = {
  [Each in Kind]: { readonly kind: Each; readonly facts: FactsOf<Each> };
}[Kind];
export type TextFacts = TextOrder['facts'];

function order<Kind extends TextKind>(kind: Kind) {
  return z.object({ kind: z.literal(kind), facts: textFacts[kind] });
}

export const textOrder = z.discriminatedUnion('kind', [
  order('question'),
  order('secondNotice'),
  order('notMineReceived'),
  order('mineOnAlert'),
  order('mineOnFrozen'),
  order('whichAlert'),
  order('unclear'),
  order('nothingOpen'),
  order('lateYes'),
  order('alreadyNotMine'),
  order('stopConfirmed'),
  order('startConfirmed'),
  order('help'),
  order('personAsked'),
  order('freezeReceived'),
  order('freezeUnknownCard'),
  order('freezeWhichCard'),
  order('ticketStatus'),
  order('ticketNews'),
  order('statusWhichCase'),
  order('cardNumberWarning'),
  order('verificationCode'),
  order('contactChanged'),
  order('wrongNumberNoted'),
]);

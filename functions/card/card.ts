import * as z from 'zod/mini';
import { type HoldKind, holdKinds } from './hold-kinds.ts';
import { passSchema } from './pass.ts';

const holdSchema = z.object({ at: z.string(), by: z.string() });
/** `also`: further alerts whose NO rests on it, in the order they were given; it stands until staff undo them all. */
const fraudHoldSchema = z.object({
  at: z.string(),
  by: z.string(),
  alertId: z.string(),
  also: z.optional(z.array(z.string())),
});
/** A precaution. `also`: who else asked for it (cardholder and account owner may both); it stands until all lift it. */
const ownHoldSchema = z.object({ at: z.string(), by: z.string(), also: z.optional(z.array(z.string())) });

/**
 * A card as we hold it. `holds` is our decision, `issuer` what the issuer's card system made of it; a card is
 * frozen while any hold stands, and called frozen to the customer only once the issuer confirmed (H17).
 */
export const cardSchema = z.object({
  cardToken: z.string(),
  /** Absent while a transaction came before the card's own event (H32). */
  lastFour: z.optional(z.string()),
  billingCurrency: z.optional(z.string()),
  /** Whose card it is, and who owns the account: two people for a supplementary card. */
  cardholderId: z.string(),
  accountOwnerId: z.string(),
  /** Of the bank's own record; -1 before we heard of the card. */
  sourceVersion: z.int(),
  holds: z.object({
    fraud: z.optional(fraudHoldSchema),
    customer: z.optional(ownHoldSchema),
    lost: z.optional(holdSchema),
    agent: z.optional(holdSchema),
  }),
  /** Grows with every change of the holds; goes to the issuer with the desired state. */
  holdsVersion: z.int(),
  /** The `holdsVersion` at which the present freeze began. */
  frozenSinceVersion: z.int(),
  /** The `holdsVersion` whose confirmation the customer was written of last. */
  toldVersion: z.optional(z.int()),
  issuer: z.object({
    confirmed: z.enum(['active', 'frozen']),
    confirmedVersion: z.int(),
    confirmedAt: z.optional(z.string()),
    requestedVersion: z.int(),
    requestedAt: z.optional(z.string()),
    /** By the issuer's own clock: when it last confirmed, or released by itself. */
    saidAt: z.optional(z.string()),
    failedVersion: z.optional(z.int()),
    failedAt: z.optional(z.string()),
  }),
  closedAt: z.optional(z.string()),
  /** Leave to pay again what was proven to be the customer's own (H18). */
  passes: z.optional(z.array(passSchema)),
  /** Head of the card's journal. */
  chain: z.string(),
});
export type Card = z.output<typeof cardSchema>;

export const desiredState = (card: Card): 'active' | 'frozen' =>
  standingHolds(card).length > 0 ? 'frozen' : 'active';

export const standingHolds = (card: Card): readonly HoldKind[] =>
  holdKinds.filter((kind) => card.holds[kind] !== undefined);

/** What may be said of the card: `frozen` only after the issuer confirmed the present freeze. */
export type FreezeStage = 'active' | 'freezing' | 'frozen' | 'closed';

export function freezeStage(card: Card): FreezeStage {
  if (card.closedAt !== undefined) return 'closed';
  if (desiredState(card) === 'active') return 'active';
  const confirmed =
    card.issuer.confirmed === 'frozen' && card.issuer.confirmedVersion >= card.frozenSinceVersion;
  return confirmed ? 'frozen' : 'freezing';
}

/** A card we have not heard of yet; the first suspicious transaction may still hold it (H32). */
export function unknownCard(ids: {
  cardToken: string;
  cardholderId: string;
  accountOwnerId: string;
  chain: string;
}): Card {
  return {
    ...ids,
    sourceVersion: -1,
    holds: {},
    holdsVersion: 0,
    frozenSinceVersion: 0,
    issuer: { confirmed: 'active', confirmedVersion: 0, requestedVersion: 0 },
  };
}

export type HoldOrder =
  | { readonly kind: 'fraud'; readonly alertId: string; readonly at: string; readonly by: string }
  | { readonly kind: Exclude<HoldKind, 'fraud'>; readonly at: string; readonly by: string };

/**
 * The card with one more hold; undefined when nothing changes: that hold stands already (a fraud hold of
 * another alert is left to its owner, H16), or the card is closed, which is final. A precaution that stands takes in
 * another person who asks for it.
 */
export function placeHold(card: Card, order: HoldOrder): Card | undefined {
  if (card.closedAt !== undefined) return undefined;
  if (card.holds[order.kind] !== undefined)
    return order.kind === 'customer' ? joined(card, order.by) : undefined;
  const holdsVersion = card.holdsVersion + 1;
  const { kind, ...hold } = order;
  return {
    ...card,
    holds: { ...card.holds, [kind]: hold },
    holdsVersion,
    frozenSinceVersion: desiredState(card) === 'active' ? holdsVersion : card.frozenSinceVersion,
  };
}

/** The people whose precaution it is. */
export const ownersOfHold = ({ holds: { customer } }: Card): readonly string[] =>
  customer === undefined ? [] : [customer.by, ...(customer.also ?? [])];

function joined(card: Card, by: string): Card | undefined {
  const { customer } = card.holds;
  if (customer === undefined || ownersOfHold(card).includes(by)) return undefined;
  const also = [...(customer.also ?? []), by];
  return {
    ...card,
    holds: { ...card.holds, customer: { ...customer, also } },
    holdsVersion: card.holdsVersion + 1,
  };
}

export type HoldRelease =
  | { readonly kind: 'fraud'; readonly alertId: string }
  /** `by`: that person's part of it; all of it where nobody is named. */
  | { readonly kind: 'customer'; readonly by?: string }
  | { readonly kind: Exclude<HoldKind, 'fraud' | 'customer'> };

/**
 * The card without the named holds, in one step of `holdsVersion`; undefined when nothing changes or nothing may:
 * a closed card is final, a hold that does not stand is not lifted, and a fraud hold only for its own alert (H16).
 */
export function liftHolds(card: Card, releases: readonly HoldRelease[]): Card | undefined {
  const lifts = ({ holds }: Card, release: HoldRelease): boolean => {
    if (release.kind === 'fraud') return holds.fraud?.alertId === release.alertId;
    if (release.kind === 'customer' && release.by !== undefined) {
      return ownersOfHold(card).includes(release.by);
    }
    return holds[release.kind] !== undefined;
  };
  if (card.closedAt !== undefined || releases.length === 0) return undefined;
  if (!releases.every((release) => lifts(card, release))) return undefined;
  const holds = { ...card.holds };
  for (const release of releases) {
    if (release.kind === 'customer') holds.customer = withoutOwner(card, release.by);
    else holds[release.kind] = undefined;
  }
  return { ...card, holds, holdsVersion: card.holdsVersion + 1 };
}

/** What is left of a precaution when one person takes theirs back. */
function withoutOwner(card: Card, by: string | undefined): Card['holds']['customer'] {
  const { customer } = card.holds;
  const [first, ...also] = ownersOfHold(card).filter((owner) => by !== undefined && owner !== by);
  if (customer === undefined || first === undefined) return undefined;
  return { at: customer.at, by: first, ...(also.length > 0 ? { also } : {}) };
}

/** The same for one hold. */
export const liftHold = (card: Card, release: HoldRelease): Card | undefined => liftHolds(card, [release]);

/**
 * What the issuer's answer changes; undefined when it is older than what is known, or of no request of ours. Only
 * the state we asked for confirms: anything else is a freeze that failed, however it is put.
 */
export function withIssuerAnswer(
  card: Card,
  answer: {
    status: 'frozen' | 'active' | 'freeze_failed';
    holdsVersion: number;
    at: string;
    saidAt?: string;
  },
): Card | undefined {
  const { issuer } = card;
  const { holdsVersion, at } = answer;
  const desired = desiredState(card);
  // A freeze lasts from the version it began with, whatever holds joined it since; a release is of one version.
  const asked = desired === 'frozen' ? card.frozenSinceVersion : card.holdsVersion;
  if (holdsVersion > card.holdsVersion || holdsVersion < asked) return undefined;
  if (holdsVersion <= issuer.confirmedVersion && issuer.confirmed === desired) return undefined;
  if (answer.status !== desired) {
    if ((issuer.failedVersion ?? -1) >= holdsVersion) return undefined;
    return { ...card, issuer: { ...issuer, failedVersion: holdsVersion, failedAt: at } };
  }
  const { saidAt } = answer;
  const confirmed = { confirmed: desired, confirmedVersion: holdsVersion, confirmedAt: at, saidAt };
  return { ...card, issuer: { ...issuer, ...confirmed } };
}

/**
 * The issuer made a card active by itself while our holds stand (e.g. at the branch): it is not frozen any more,
 * and is to be frozen again under a new version.
 */
export function withIssuersOwnRelease(card: Card, saidAt: string): Card {
  const holdsVersion = card.holdsVersion + 1;
  const issuer = { ...card.issuer, confirmed: 'active' as const, saidAt };
  return { ...card, holdsVersion, frozenSinceVersion: holdsVersion, issuer };
}

/** Remembers that the desired state went out to the issuer with this version. */
export function withIssuerRequest(card: Card, holdsVersion: number, at: string): Card {
  return { ...card, issuer: { ...card.issuer, requestedVersion: holdsVersion, requestedAt: at } };
}

import * as z from 'zod/mini';
import type { Contact } from '../card/contact.ts';
import type { OutboundCalls } from '../notification/outbound-calls.ts';
import { CallNotPlaced } from '../notification/outbound-calls.ts';
import type { OutboundWords } from '../notification/outbound-words.ts';
import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { Database, Key } from '../platform/database.ts';
import type { Effect, EffectRefusal, Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { ended, mayDial } from './call.ts';
import { callOver } from './call-over.ts';
import type { ContactLogStore } from './contact-log-store.ts';
import type { TellContact } from './record-contact.ts';
import type { TicketStore } from './ticket-store.ts';

/** A claim nobody finished within this time is given up: the phone may ring, and is not made to ring twice. */
const CLAIM_LEASE_SECONDS = 120;

const orderSchema = z.object({
  callId: z.string(),
  ticketId: z.string(),
  customerId: z.string(),
  /** The agent's user in the contact centre, to whom the call is put through. */
  contactCentreUser: z.string(),
});
type Order = z.output<typeof orderSchema>;

export type Dialled =
  | { readonly outcome: 'dialling' | 'unknown' | 'over' | 'skipped' }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface DialCallDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly tickets: Pick<TicketStore, 'get' | 'save'>;
  readonly contactLog: Pick<ContactLogStore, 'about'>;
  readonly contactOf: (customerId: string) => Promise<Contact | undefined>;
  /** Whether whoever has the number says it is somebody else's (H8). */
  readonly isWrongNumber: (digest: string) => Promise<boolean>;
  readonly cipher: Pick<PhoneCipher, 'decrypt'>;
  readonly calls: OutboundCalls;
  readonly words: (language: Contact['language']) => OutboundWords;
  readonly tellContact: TellContact;
  readonly now: () => Date;
}

/**
 * Has the contact centre dial an announced call: claim, dial, record, as a text is sent, so that a message that comes
 * twice never rings twice. Nothing is dialled that was ended meanwhile, or could ring after the customer can check it.
 */
export function createDialCall(deps: DialCallDeps): (key: Key) => Promise<Dialled> {
  return async (key) => {
    const effect = await deps.outbox.get(key);
    if (effect === undefined || effect.claimedAt !== undefined) return tellAgain(deps, effect);
    if (effect.doneAt !== undefined) return { outcome: 'skipped' };
    const order = orderSchema.parse(effect.payload);
    const contact = await deps.contactOf(order.customerId);
    const number = await numberOf(deps, contact);
    if ('refused' in number) return fail(deps, { key, order, reason: number.refused });
    const claimed = await retryWhenChanged(8, () => claimOnce(deps, effect, order));
    if (claimed.outcome === 'too_late') return fail(deps, { key, order, reason: claimed.outcome });
    if (claimed.outcome !== 'claimed') return { outcome: claimed.outcome };
    const { callId, contactCentreUser: agentId } = order;
    const language = contact?.language ?? 'en';
    const { ticketNumber } = claimed;
    const attributes = { callId, ticketNumber, agentId, language, ...deps.words(language) };
    const placed = await placeOnce(deps, key, { callId, to: number.e164, attributes });
    if (placed.outcome === 'refused') return fail(deps, { key, order, reason: placed.reason });
    if (placed.outcome === 'unknown') {
      await leaveUnknown(deps, effect);
      return { outcome: 'unknown' };
    }
    const { contactId } = placed;
    const ticket = { ticketId: order.ticketId, number: ticketNumber };
    await deps.db.commit<unknown>([
      deps.contactLog.about(contactId, order, ticket),
      deps.outbox.done(key, deps.now(), `${DIALLING}${contactId}`),
    ]);
    // Its first events may have come before we knew whose they are.
    await deps.tellContact(contactId);
    return { outcome: 'dialling' };
  };
}

/** How a dialled effect ended; the contact stands behind it. */
const DIALLING = 'dialling:';

/** A message that comes again: what a crash left untold is told, nothing is dialled. */
async function tellAgain(deps: DialCallDeps, effect: Effect | undefined): Promise<Dialled> {
  const contactId = effect?.outcome?.startsWith(DIALLING) ? effect.outcome.slice(DIALLING.length) : undefined;
  if (contactId !== undefined) await deps.tellContact(contactId);
  return { outcome: 'skipped' };
}

/** The number of this moment, as texts go to it; one whose owner said it is not our customer's is not called. */
async function numberOf(
  deps: DialCallDeps,
  contact: Contact | undefined,
): Promise<{ readonly e164: string } | { readonly refused: string }> {
  if (contact?.phoneCipher === undefined) return { refused: 'no_phone' };
  const { phoneCipher: ciphertext, customerId: owner, phoneDigest } = contact;
  if (phoneDigest !== undefined && (await deps.isWrongNumber(phoneDigest)))
    return { refused: 'wrong_number' };
  return { e164: await deps.cipher.decrypt({ ciphertext, owner }) };
}

type Claimed =
  | { readonly outcome: 'claimed'; readonly ticketNumber: string }
  | { readonly outcome: 'skipped' | 'over' | 'too_late' };

/** Claims the effect and notes on the ticket that the phone rings, in one transaction: an end told before wins. */
async function claimOnce(deps: DialCallDeps, effect: Effect, order: Order): Promise<Claimed | 'changed'> {
  const now = deps.now();
  const at = now.toISOString();
  const ticket = await deps.tickets.get(order.ticketId);
  const call = ticket?.body.call;
  const may = mayDial(call, order.callId, at);
  if (may === 'too_late') return { outcome: 'too_late' };
  if (ticket === undefined || call === undefined || may === 'over') {
    await deps.db.commit([deps.outbox.done(effect, now, 'over')]);
    return { outcome: 'over' };
  }
  const data = { callId: call.callId, name: call.agentName };
  const entries = [{ type: 'call_dialled', by: 'system', data } as const];
  const after = { ...ticket.body, call: { ...call, dialledAt: at } };
  const committed = await deps.db.commit<unknown>([
    deps.outbox.claim(effect, now, CLAIM_LEASE_SECONDS),
    // Tried before, and nothing rang then: noted already.
    ...(call.dialledAt === undefined ? deps.tickets.save(ticket, after, { now, entries }) : []),
  ]);
  if (committed.outcome === 'done') return { outcome: 'claimed', ticketNumber: ticket.body.number };
  return committed.refusals.some(isTaken) ? { outcome: 'skipped' } : 'changed';
}

const isTaken = (refusal: unknown): refusal is EffectRefusal =>
  typeof refusal === 'object' && refusal !== null && 'effectRefused' in refusal;

/** What certainly dialled nothing gives its claim back and is thrown: the queue brings it again. */
async function placeOnce(deps: DialCallDeps, key: Key, call: Parameters<OutboundCalls['place']>[0]) {
  try {
    return await deps.calls.place(call);
  } catch (error) {
    if (error instanceof CallNotPlaced) await deps.db.commit([deps.outbox.release(key, deps.now())]);
    throw error;
  }
}

/** Nobody will ring: the announced call is over, and its ticket says why. */
async function fail(
  deps: DialCallDeps,
  { key, order, reason }: { readonly key: Key; readonly order: Order; readonly reason: string },
): Promise<Dialled> {
  await retryWhenChanged(8, async () => {
    const now = deps.now();
    const ticket = await deps.tickets.get(order.ticketId);
    const end = { outcome: 'failed', seconds: 0, at: now.toISOString() } as const;
    const over = ticket && ended(ticket.body, { callId: order.callId }, end);
    const changing = over && callOver(ticket.body, over, { by: 'system', reason });
    const committed = await deps.db.commit<unknown>([
      deps.outbox.done(key, now, reason),
      ...(changing ? deps.tickets.save(ticket, changing.ticket, { now, ...changing }) : []),
    ]);
    return committed.outcome === 'done' ? 'failed' : 'changed';
  });
  return { outcome: 'refused', reason };
}

type UnknownDeps = Pick<DialCallDeps, 'db' | 'outbox' | 'tickets' | 'now'>;

/** Whether it rings is not known: the announcement stands, so that the customer can check it, and the agent is told. */
async function leaveUnknown(deps: UnknownDeps, effect: Effect): Promise<void> {
  const { callId, ticketId } = orderSchema.parse(effect.payload);
  await retryWhenChanged(8, async () => {
    const now = deps.now();
    const ticket = await deps.tickets.get(ticketId);
    const stands = ticket?.body.call?.callId === callId;
    const entries = [{ type: 'call_dial_unknown', by: 'system', data: { callId } } as const];
    const committed = await deps.db.commit<unknown>([
      deps.outbox.done(effect, now, 'unknown'),
      ...(stands ? deps.tickets.save(ticket, ticket.body, { now, entries }) : []),
    ]);
    return committed.outcome === 'done' ? 'noted' : 'changed';
  });
}

/** Ends a claim that was never finished: whoever made it died between dialling and recording. */
export const createGiveUpDial = (deps: UnknownDeps) => (effect: Effect) => leaveUnknown(deps, effect);

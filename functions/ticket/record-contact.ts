import type { ContactEvent } from '../notification/contact-event.ts';
import { idOfArn } from '../notification/contact-event.ts';
import type { Database } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { withContact } from './call.ts';
import { type Contact, contactFigures, contactSchema } from './contact-log.ts';
import type { ContactLogStore, Told } from './contact-log-store.ts';
import { dialledContact } from './dialled-contact.ts';
import type { EntryType } from './entry-types.ts';
import type { Ticket } from './ticket.ts';
import type { Changing } from './ticket-effect.ts';
import type { TicketStore } from './ticket-store.ts';

export interface RecordContactDeps {
  readonly db: Database;
  readonly tickets: TicketStore;
  readonly contactLog: ContactLogStore;
  readonly now: () => Date;
}

export interface ContactRecorded {
  readonly outcome: 'noted' | 'told' | 'told_already' | 'other_channel';
  readonly ticketNumber?: string;
}

/** How the journal says it; a call put through counts as one an agent made (docs/requirements.md, SLA legs). */
const entryTypes: Readonly<Record<Told, EntryType>> = {
  connected: 'call_connected',
  ended: 'contact_ended',
  completed: 'contact_completed',
};

/** What the journal is told, by the type of the event. */
const tells: Readonly<Record<string, Told>> = {
  CONNECTED_TO_AGENT: 'connected',
  DISCONNECTED: 'ended',
  COMPLETED: 'completed',
};

/**
 * One event of the contact centre: its raw times go to the contact log, and the ticket the call is about is told once
 * that a person was connected, how long it took and whether the caller hung up before (D10, D12).
 */
export function createRecordContact(deps: RecordContactDeps) {
  return (event: ContactEvent): Promise<ContactRecorded> => {
    if (event.channel.toUpperCase() !== 'VOICE') return Promise.resolve({ outcome: 'other_channel' });
    return retryWhenChanged(8, () => recordOnce(deps, event));
  };
}

async function recordOnce(
  deps: RecordContactDeps,
  event: ContactEvent,
): Promise<ContactRecorded | 'changed'> {
  const now = deps.now();
  const { contactId } = event;
  const known = await deps.contactLog.get(contactId);
  const contact = merged(known, timesOf(event));
  const ticketId = contact.ticketId ?? (await ticketOfFirst(deps, event));
  const told = tells[event.eventType];
  const ticket = told && ticketId !== undefined ? await deps.tickets.get(ticketId) : undefined;
  if (told === undefined || ticket === undefined) {
    await deps.db.commit([deps.contactLog.add(contact, now)]);
    // Whose call it is may have been noted since we read. Its writer reads what we wrote, after its own write: one of
    // the two sees the other, so an event that comes before the answer to our order to dial is not lost.
    const mayBeOurs = told !== undefined && ticketId === undefined && event.initiationMethod !== 'INBOUND';
    return mayBeOurs && (await isLinked(deps, contactId)) ? 'changed' : { outcome: 'noted' };
  }
  const { number } = ticket.body;
  if (await deps.contactLog.wasTold(contactId, told)) {
    await deps.db.commit([deps.contactLog.add(contact, now)]);
    return { outcome: 'told_already', ticketNumber: number };
  }
  return tell(deps, { contact: { ...contact, ticketId, ticketNumber: number }, ticket, told });
}

const isLinked = async (deps: RecordContactDeps, contactId: string): Promise<boolean> =>
  (await deps.contactLog.get(contactId))?.ticketId !== undefined;

/** Tells the ticket what is known of a contact by now and was not told, in the order it happened. */
export function createTellContact(deps: RecordContactDeps) {
  return async (contactId: string): Promise<void> => {
    for (const told of ['connected', 'ended', 'completed'] as const) {
      await retryWhenChanged(8, () => tellOnce(deps, contactId, told));
    }
  };
}
export type TellContact = ReturnType<typeof createTellContact>;

async function tellOnce(deps: RecordContactDeps, contactId: string, told: Told) {
  const contact = await deps.contactLog.get(contactId);
  const happened =
    told === 'connected'
      ? contact?.connectedAt
      : told === 'ended'
        ? contact?.disconnectedAt
        : contact?.afterCallEndedAt;
  if (contact?.ticketId === undefined || happened === undefined) return 'nothing' as const;
  const ticket = await deps.tickets.get(contact.ticketId);
  if (ticket === undefined || (await deps.contactLog.wasTold(contactId, told))) return 'nothing' as const;
  return tell(deps, { contact, ticket, told });
}

async function tell(
  deps: RecordContactDeps,
  about: { readonly contact: Contact; readonly ticket: Versioned<Ticket>; readonly told: Told },
): Promise<ContactRecorded | 'changed'> {
  const { contact, ticket, told } = about;
  const now = deps.now();
  const changing = changeOf(ticket.body, contact, { told, now: now.toISOString() });
  const committed = await deps.db.commit<unknown>([
    deps.contactLog.addAndTell(contact, now, told),
    ...(changing === undefined ? [] : deps.tickets.save(ticket, changing.ticket, { now, ...changing })),
  ]);
  return committed.outcome === 'done' ? { outcome: 'told', ticketNumber: ticket.body.number } : 'changed';
}

/** What a contact makes of its ticket; undefined: the agent who had announced the call told it first. */
function changeOf(
  ticket: Ticket,
  contact: Contact,
  at: { readonly told: Told; readonly now: string },
): Changing | undefined {
  const { told, now } = at;
  const { callId } = contact;
  if (callId !== undefined && told !== 'completed') {
    return dialledContact(ticket, { ...contact, callId }, { told, now });
  }
  const { contactId, initiationMethod, agentId, agentName, enqueuedAt, connectedAt, disconnectedAt } =
    contact;
  const data = {
    ...{ contactId, initiationMethod, agentId, agentName, enqueuedAt, connectedAt, disconnectedAt },
    ...contactFigures(contact),
  };
  return {
    ticket: told === 'ended' ? withContact(ticket, contact) : ticket,
    entries: [{ type: entryTypes[told], by: 'phone', data }],
  };
}

/** A transferred call is a contact of its own that names the first. */
async function ticketOfFirst(
  deps: RecordContactDeps,
  { initialContactId }: ContactEvent,
): Promise<string | undefined> {
  if (initialContactId === undefined) return undefined;
  return (await deps.contactLog.get(initialContactId))?.ticketId;
}

function timesOf(event: ContactEvent): Contact {
  const { contactId, initialContactId, previousContactId, nextContactId, initiationMethod } = event;
  const { queueInfo, agentInfo } = event;
  return {
    ...{ contactId, initialContactId, previousContactId, nextContactId, initiationMethod },
    queueId: idOfArn(queueInfo?.queueArn),
    agentId: idOfArn(agentInfo?.agentArn),
    initiatedAt: event.initiationTimestamp,
    answeredAt: event.connectedToSystemTimestamp,
    enqueuedAt: queueInfo?.enqueueTimestamp,
    connectedAt: agentInfo?.connectedToAgentTimestamp,
    disconnectedAt: event.disconnectTimestamp,
    disconnectReason: event.disconnectReason,
    afterCallStartedAt: agentInfo?.afterContactWorkStartTimestamp,
    afterCallEndedAt: agentInfo?.afterContactWorkEndTimestamp,
  };
}

/** What is known by now: an event that knows less takes nothing away. */
const merged = (known: Contact | undefined, fresh: Contact): Contact =>
  contactSchema.parse({
    ...known,
    ...Object.fromEntries(Object.entries(fresh).filter(([, value]) => value !== undefined)),
  });

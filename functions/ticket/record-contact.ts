import type { ContactEvent } from '../notification/contact-event.ts';
import { idOfArn } from '../notification/contact-event.ts';
import type { Database } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { withContact } from './call.ts';
import { type Contact, contactFigures, contactSchema } from './contact-log.ts';
import type { ContactLogStore, Told } from './contact-log-store.ts';
import type { EntryType } from './entry-types.ts';
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
  const known = await deps.contactLog.get(event.contactId);
  const contact = merged(known, timesOf(event));
  const ticketId = contact.ticketId ?? (await ticketOfFirst(deps, event));
  const told = tells[event.eventType];
  const ticket = told && ticketId !== undefined ? await deps.tickets.get(ticketId) : undefined;
  if (told === undefined || ticket === undefined) {
    await deps.db.commit([deps.contactLog.add(contact, now)]);
    return { outcome: 'noted' };
  }
  const { number } = ticket.body;
  if (await deps.contactLog.wasTold(event.contactId, told)) {
    await deps.db.commit([deps.contactLog.add(contact, now)]);
    return { outcome: 'told_already', ticketNumber: number };
  }
  const { contactId, initiationMethod, agentId, agentName, enqueuedAt, connectedAt, disconnectedAt } =
    contact;
  const data = {
    ...{ contactId, initiationMethod, agentId, agentName, enqueuedAt, connectedAt, disconnectedAt },
    ...contactFigures(contact),
  };
  const after = told === 'ended' ? withContact(ticket.body, contact) : ticket.body;
  const committed = await deps.db.commit<unknown>([
    deps.contactLog.addAndTell({ ...contact, ticketId, ticketNumber: number }, now, told),
    ...deps.tickets.save(ticket, after, {
      now,
      entries: [{ type: entryTypes[told], by: 'phone', data }],
    }),
  ]);
  return committed.outcome === 'done' ? { outcome: 'told', ticketNumber: number } : 'changed';
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

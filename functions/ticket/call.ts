import { hash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { minutesAfter } from './lease.ts';

/** An announced call shows for so long, and its check code is good as long. */
export const CALL_MINUTES = 10;
/** A call that was answered shows until it ends; one whose end nobody told, for so long: no call takes longer. */
export const TALK_MINUTES = 240;
/** Characters of the code the caller reads out: thirty random bits. */
export const CHECK_CODE_LENGTH = 6;
/** Calls a ticket keeps; older ones stay in its journal. */
const KEPT_CALLS = 50;

/** So long a phone rings at most, where the contact centre dials (Amazon Connect: 60 s). */
export const RING_SECONDS = 60;

export const callOutcomes = ['connected', 'no_answer', 'busy', 'wrong_person', 'hung_up', 'failed'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** Who dials: the contact centre puts the call through to the agent, or the agent dials on a phone of their own. */
export const dialWays = ['contact_centre', 'by_hand'] as const;
export type DialWay = (typeof dialWays)[number];

/** The call an agent announced before the phone rings: what the customer can check (D10). */
export const announcedCallSchema = z.object({
  callId: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  announcedAt: z.string(),
  until: z.string(),
  connectedAt: z.optional(z.string()),
  /** Absent from calls announced before there was a choice: by hand. */
  dial: z.optional(z.enum(dialWays)),
  /** When the contact centre was told to dial. */
  dialledAt: z.optional(z.string()),
  /** Of the check code, salted with the call's own id. */
  codeDigest: z.string(),
});
export type AnnouncedCall = z.output<typeof announcedCallSchema>;

export const pastCallSchema = z.object({
  callId: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  announcedAt: z.string(),
  endedAt: z.string(),
  connectedAt: z.optional(z.string()),
  dial: z.optional(z.enum(dialWays)),
  /** `not_ended`: nobody said how it went. */
  outcome: z.enum([...callOutcomes, 'not_ended']),
  seconds: z.int(),
  transferredTo: z.optional(z.string()),
});
export type PastCall = z.output<typeof pastCallSchema>;

export interface Calls {
  readonly call?: AnnouncedCall;
  readonly calls?: PastCall[];
}

/** The code as it was meant: how it is typed after hearing it varies (Crockford's alphabet has no I, L, O). */
const spoken = (code: string): string =>
  code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

export const codeDigest = (callId: string, code: string): string =>
  hash('sha256', `${callId}\n${spoken(code)}`, 'hex');

export const isAnnounced = (call: AnnouncedCall | undefined, at: string): call is AnnouncedCall =>
  call !== undefined && at < call.until;

/** Whether this is the code the announced caller would read out; compared in constant time. */
export function isCheckCode(call: AnnouncedCall, code: string): boolean {
  return timingSafeEqual(Buffer.from(codeDigest(call.callId, code)), Buffer.from(call.codeDigest));
}

const withPast = ({ calls = [] }: Calls, past: PastCall): PastCall[] => [...calls, past].slice(-KEPT_CALLS);

/** The call of a contact centre's contact that reached a person, kept with the others; the same twice is one (D10). */
export function withContact<Ticket extends Calls>(
  ticket: Ticket,
  contact: {
    readonly contactId: string;
    readonly agentId?: string;
    readonly agentName?: string;
    readonly initiatedAt?: string;
    readonly connectedAt?: string;
    readonly disconnectedAt?: string;
    readonly nextContactId?: string;
  },
): Ticket {
  const { contactId, agentId, connectedAt, disconnectedAt } = contact;
  if (connectedAt === undefined || disconnectedAt === undefined || agentId === undefined) return ticket;
  if (ticket.calls?.some(({ callId }) => callId === contactId)) return ticket;
  const seconds = Math.max(0, Math.round((Date.parse(disconnectedAt) - Date.parse(connectedAt)) / 1000));
  const past: PastCall = {
    callId: contactId,
    agentId,
    agentName: contact.agentName ?? agentId,
    announcedAt: contact.initiatedAt ?? connectedAt,
    endedAt: disconnectedAt,
    outcome: 'connected',
    seconds,
    ...(contact.nextContactId === undefined ? {} : { transferredTo: contact.nextContactId }),
  };
  return { ...ticket, calls: withPast(ticket, past) };
}

/** A new announced call; one whose end nobody told is kept as such. Undefined: one is announced already. */
export function announced(
  before: Calls,
  order: { callId: string; agent: { id: string; name: string }; code: string; dial: DialWay; at: string },
): { call: AnnouncedCall; calls?: PastCall[] } | undefined {
  const { callId, agent, code, dial, at } = order;
  if (before.call !== undefined && at < before.call.until) return undefined;
  const call: AnnouncedCall = {
    callId,
    agentId: agent.id,
    agentName: agent.name,
    announcedAt: at,
    until: minutesAfter(at, CALL_MINUTES),
    dial,
    codeDigest: codeDigest(callId, code),
  };
  if (before.call === undefined) return { call, calls: before.calls };
  const { until, ...last } = before.call;
  const past = asPast(last, { endedAt: until, outcome: 'not_ended', seconds: 0 });
  return { call, calls: withPast(before, past) };
}

function asPast(
  call: Omit<AnnouncedCall, 'until'>,
  end: Pick<PastCall, 'endedAt' | 'outcome' | 'seconds' | 'transferredTo' | 'connectedAt'>,
): PastCall {
  const { callId, agentId, agentName, announcedAt, connectedAt, dial } = call;
  return { callId, agentId, agentName, announcedAt, connectedAt, dial, ...end };
}

/**
 * Whether the contact centre may dial this call now. `over`: it was ended, replaced or connected meanwhile. `too_late`:
 * it could still ring when the customer can check it no more (D10).
 */
export function mayDial(call: AnnouncedCall | undefined, callId: string, at: string) {
  if (call === undefined || call.callId !== callId || call.connectedAt !== undefined) return 'over';
  return Date.parse(at) + RING_SECONDS * 1000 > Date.parse(call.until) ? 'too_late' : 'yes';
}

/** Whose call it is: the agent's own, or the one the contact centre dialled. */
type Whose = { readonly agentId: string } | { readonly callId: string };

const isOf = (call: AnnouncedCall | undefined, whose: Whose): call is AnnouncedCall =>
  call !== undefined && ('agentId' in whose ? call.agentId === whose.agentId : call.callId === whose.callId);

/** The customer answered; undefined when there is no such call that rings. */
export function connected(before: Calls, whose: Whose, at: string): { call: AnnouncedCall } | undefined {
  const { call } = before;
  if (!isOf(call, whose) || call.connectedAt !== undefined) return undefined;
  return { call: { ...call, connectedAt: at, until: minutesAfter(at, TALK_MINUTES) } };
}

export interface CallEnd {
  readonly outcome: CallOutcome;
  readonly seconds: number;
  readonly transferredTo?: string;
  readonly connectedAt?: string;
  readonly at: string;
}

/** The call is over; undefined when there is no such call. */
export function ended(
  before: Calls,
  whose: Whose,
  { at, ...how }: CallEnd,
): { call: undefined; calls: PastCall[]; past: PastCall } | undefined {
  if (!isOf(before.call, whose)) return undefined;
  const { connectedAt = how.connectedAt } = before.call;
  const past = asPast(before.call, { ...how, connectedAt, endedAt: at });
  return { call: undefined, calls: withPast(before, past), past };
}

/** The end of a call that nobody had told the end of; undefined: there is none of this id, or its end is known. */
export function endedAfterwards(
  before: Calls,
  callId: string,
  { at, ...how }: CallEnd,
): { calls: PastCall[]; past: PastCall } | undefined {
  const known = before.calls?.find((call) => call.callId === callId && call.outcome === 'not_ended');
  if (known === undefined) return undefined;
  const past = { ...known, ...how, connectedAt: known.connectedAt ?? how.connectedAt, endedAt: at };
  return { calls: (before.calls ?? []).map((call) => (call === known ? past : call)), past };
}

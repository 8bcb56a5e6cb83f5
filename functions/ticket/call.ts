import { hash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';

/** An announced call shows for so long, and its check code is good as long. */
export const CALL_MINUTES = 10;
/** Characters of the code the caller reads out: thirty random bits. */
export const CHECK_CODE_LENGTH = 6;
/** Calls a ticket keeps; older ones stay in its journal. */
const KEPT_CALLS = 50;

export const callOutcomes = ['connected', 'no_answer', 'busy', 'wrong_person', 'hung_up', 'failed'] as const;

/** The call an agent announced before the phone rings: what the customer can check (D10). */
export const announcedCallSchema = z.object({
  callId: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  announcedAt: z.string(),
  until: z.string(),
  connectedAt: z.optional(z.string()),
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
  order: { callId: string; agent: { id: string; name: string }; code: string; at: string },
): { call: AnnouncedCall; calls?: PastCall[] } | undefined {
  const { callId, agent, code, at } = order;
  if (before.call !== undefined && at < before.call.until) return undefined;
  const call: AnnouncedCall = {
    callId,
    agentId: agent.id,
    agentName: agent.name,
    announcedAt: at,
    until: new Date(Date.parse(at) + CALL_MINUTES * 60_000).toISOString(),
    codeDigest: codeDigest(callId, code),
  };
  if (before.call === undefined) return { call, calls: before.calls };
  const { until, codeDigest: _, ...last } = before.call;
  return { call, calls: withPast(before, { ...last, endedAt: until, outcome: 'not_ended', seconds: 0 }) };
}

/** The customer answered the agent's own call; undefined when there is none of theirs that rings. */
export function connected(before: Calls, agentId: string, at: string): { call: AnnouncedCall } | undefined {
  const { call } = before;
  if (call === undefined || call.agentId !== agentId || call.connectedAt !== undefined) return undefined;
  return { call: { ...call, connectedAt: at } };
}

/** The agent's own call is over; undefined when there is none of theirs. */
export function ended(
  before: Calls,
  end: {
    agentId: string;
    outcome: (typeof callOutcomes)[number];
    seconds: number;
    transferredTo?: string;
    at: string;
  },
): { call: undefined; calls: PastCall[]; past: PastCall } | undefined {
  const { agentId, at, ...how } = end;
  if (before.call === undefined || before.call.agentId !== agentId) return undefined;
  const { until: _until, codeDigest: _digest, ...call } = before.call;
  const past: PastCall = { ...call, ...how, endedAt: at };
  return { call: undefined, calls: withPast(before, past), past };
}

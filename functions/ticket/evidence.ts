import * as z from 'zod/mini';
import { isOfType, type MediaType, mediaTypes } from './evidence-media.ts';
import {
  type EvidenceRefusal,
  type EvidenceState,
  evidenceRefusals,
  evidenceStates,
  mayFollow,
} from './evidence-states.ts';
import { heardFromCustomer, queued, shown, type Ticket } from './ticket.ts';
import type { TicketEntry } from './ticket-effect.ts';

/** A photo of a receipt has 2 to 6 MB; a longer file is none that a person reads. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Asked for on one ticket in all, refused and expired ones included: beyond it a person helps otherwise. */
export const MOST_EVIDENCE = 40;
/** How long an address to upload to is good for: 10 MB over a slow line take 5 minutes. */
export const UPLOAD_SECONDS = 15 * 60;
/** How long an address to download from is good for: it is followed at once. */
export const DOWNLOAD_SECONDS = 60;
/** Events of an upload that ended in time may still be under way. */
const UPLOAD_GRACE_SECONDS = 15 * 60;
/** A scan takes seconds; one that says nothing for so long is over. */
const SCAN_SECONDS = 60 * 60;

/** One paper or screenshot of a ticket (D9). What it is called is no part of any key or journal. */
export const evidenceSchema = z.object({
  ticketId: z.string(),
  evidenceId: z.string(),
  state: z.enum(evidenceStates),
  mediaType: z.enum(mediaTypes),
  bytes: z.int(),
  /** 64 hexadecimal digits, as the sender computed it; the store of files checks it, and so do we. */
  sha256: z.string(),
  /** Cleaned and masked. */
  name: z.string(),
  /** The disputed transaction it is about, where it is about one. */
  transactionId: z.optional(z.string()),
  /** `customer:…` or `agent:…`. */
  by: z.string(),
  requestedAt: z.string(),
  receivedAt: z.optional(z.string()),
  settledAt: z.optional(z.string()),
  reason: z.optional(z.enum(evidenceRefusals)),
  /** When the sweep has to look at it. */
  dueAt: z.optional(z.string()),
});
export type Evidence = z.output<typeof evidenceSchema>;

const later = (at: string, seconds: number): string =>
  new Date(Date.parse(at) + seconds * 1000).toISOString();

export interface WantedEvidence {
  readonly evidenceId: string;
  readonly mediaType: MediaType;
  readonly bytes: number;
  readonly sha256: string;
  readonly name: string;
  readonly transactionId?: string;
  readonly by: string;
}

export const newEvidence = (ticketId: string, wanted: WantedEvidence, at: string): Evidence => ({
  ...wanted,
  ticketId,
  state: 'requested',
  requestedAt: at,
  dueAt: later(at, UPLOAD_SECONDS + UPLOAD_GRACE_SECONDS),
});

/** The entry that proves that files were erased, with their ids. */
export const EVIDENCE_ERASED = 'evidence_erased' as const;

/** What the store of files says of a file that has come. */
export interface ExaminedFile {
  readonly bytes: number;
  /** 64 hexadecimal digits; undefined where the sender gave none, which a signed address does not allow. */
  readonly sha256: string | undefined;
  /** `HEAD_BYTES` from its start, fewer where it is shorter. */
  readonly head: Uint8Array;
}

/** What of the file is not what was announced. */
export function misfitOf(
  { bytes, sha256, mediaType }: Evidence,
  file: ExaminedFile,
): EvidenceRefusal | undefined {
  if (file.bytes !== bytes) return 'wrong_size';
  if (file.sha256 !== sha256) return 'wrong_checksum';
  return isOfType(mediaType, file.head) ? undefined : 'wrong_type';
}

/** What a scanner found; `failed`: it could not do its work. */
export type ScanVerdict = 'clean' | 'infected' | 'not_scannable' | 'failed';

const scanRefusals: Readonly<Record<Exclude<ScanVerdict, 'clean'>, EvidenceRefusal>> = {
  infected: 'infected',
  not_scannable: 'not_scannable',
  failed: 'not_scanned',
};
export const refusalOfScan = (verdict: ScanVerdict): EvidenceRefusal | undefined =>
  verdict === 'clean' ? undefined : scanRefusals[verdict];

/** Both of a step, the file and its ticket, with what the journal says of it. */
export interface EvidenceStep {
  readonly evidence: Evidence;
  readonly ticket: Ticket;
  readonly entries: readonly TicketEntry[];
}

/** What a step did is told by who brought the file, or by the system that looked at it. */
function step(
  before: EvidenceStep,
  to: { readonly state: EvidenceState; readonly at: string; readonly more?: Partial<Evidence> },
  entry: TicketEntry,
): EvidenceStep {
  const { evidence, ticket, entries } = before;
  if (!mayFollow(evidence.state, to.state))
    throw new Error(`evidence does not go from ${evidence.state} to ${to.state}`);
  return {
    evidence: { ...evidence, dueAt: undefined, ...to.more, state: to.state },
    ticket: shown(ticket, to.at),
    entries: [...entries, entry],
  };
}

/** The file is there and is what was announced: into the chain by its hash (D11). */
export function received(before: EvidenceStep, at: string): EvidenceStep {
  const { evidenceId, sha256, bytes, mediaType, transactionId, by } = before.evidence;
  return step(
    before,
    { state: 'uploaded', at, more: { receivedAt: at, dueAt: later(at, SCAN_SECONDS) } },
    { type: 'evidence_received', by, data: { evidenceId, sha256, bytes, mediaType, transactionId } },
  );
}

/**
 * The file may be read from now on. What waited for the customer goes on, and a ticket that was over comes back: papers
 * nobody is to read would be lost (I12).
 */
export function accepted(before: EvidenceStep, at: string): EvidenceStep {
  const { evidenceId, sha256 } = before.evidence;
  const after = step(
    before,
    { state: 'clean', at, more: { settledAt: at } },
    { type: 'evidence_accepted', by: 'system', data: { evidenceId, sha256 } },
  );
  return { ...after, ticket: backToWork({ ...after.ticket, evidenceWantedAt: undefined }, at) };
}

function backToWork(ticket: Ticket, at: string): Ticket {
  if (ticket.status !== 'resolved') return heardFromCustomer(ticket, at);
  return queued(ticket, { priority: ticket.priority, reason: 'evidence_received', at }) ?? ticket;
}

export function refused(before: EvidenceStep, reason: EvidenceRefusal, at: string): EvidenceStep {
  const { evidenceId } = before.evidence;
  return step(
    before,
    { state: 'refused', at, more: { settledAt: at, reason } },
    { type: 'evidence_refused', by: 'system', data: { evidenceId, reason } },
  );
}

/** Nothing came in time. The customer knows best, so their ticket shows nothing new. */
export function expired(before: EvidenceStep, at: string): EvidenceStep {
  const { evidenceId } = before.evidence;
  const after = step(
    before,
    { state: 'expired', at, more: { settledAt: at } },
    { type: 'evidence_expired', by: 'system', data: { evidenceId } },
  );
  return { ...after, ticket: before.ticket };
}

export const evidenceView = (evidence: Evidence) => {
  const { evidenceId, state, mediaType, bytes, sha256, name, transactionId, reason } = evidence;
  return {
    ...{ evidenceId, state, mediaType, bytes, sha256, name, transactionId, reason },
    by: evidence.by.startsWith('agent:') ? ('agent' as const) : ('customer' as const),
    requestedAt: evidence.requestedAt,
    receivedAt: evidence.receivedAt,
    settledAt: evidence.settledAt,
  };
};

import * as z from 'zod/mini';
import { mediaTypes } from '../ticket/evidence-media.ts';
import { evidenceRefusals, evidenceStates } from '../ticket/evidence-states.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { transactionIdSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { agentTicketShape, momentSchema, named, wholeTicketShape } from './shapes.ts';

/** Papers and screenshots of a ticket (D9), for its customer and for the desk. */
const ofTicket = { number: ticketNumberSchema };
const ofEvidence = { ...ofTicket, evidenceId: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)) };

const evidenceShape = named(
  'Evidence',
  z.strictObject({
    evidenceId: z.string(),
    state: z.enum(evidenceStates),
    mediaType: z.enum(mediaTypes),
    bytes: z.int(),
    sha256: z.string(),
    name: z.string(),
    transactionId: z.optional(z.string()),
    /** Why it was refused. */
    reason: z.optional(z.enum(evidenceRefusals)),
    by: z.enum(['customer', 'agent']),
    requestedAt: momentSchema,
    receivedAt: z.optional(momentSchema),
    settledAt: z.optional(momentSchema),
  }),
);

/** To be sent to `url` as it is said here, once or again until `until`; a body of another length is refused. */
const uploadShape = named(
  'Upload',
  z.strictObject({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    until: momentSchema,
  }),
);

const announced = z.strictObject({
  /** As the sender's machine calls it; it is cleaned and masked, and is no part of any address. */
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  /** As the sender's machine has it; types and sizes that are not taken have problems of their own. */
  mediaType: z.string().check(z.minLength(1), z.maxLength(100)),
  bytes: z.int().check(z.minimum(1)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  transactionId: z.optional(transactionIdSchema),
});

const uploadProblems = [
  'file-too-large',
  'file-type-not-taken',
  'too-much-evidence',
  'not-disputed',
  'ticket-closed',
] as const;
const listed = z.strictObject({ asOf: momentSchema, evidence: z.array(evidenceShape) });
/** A link that anybody may follow, for a minute; it saves the file and shows nothing in the page. */
const link = z.strictObject({ evidence: evidenceShape, url: z.string(), until: momentSchema });

export const askUpload = contract({
  method: 'POST',
  path: '/tickets/{number}/evidence',
  summary: 'Asks where to send a paper or screenshot to: an address that takes exactly this file, for 15 min',
  parts: ofTicket,
  body: announced,
  answer: z.strictObject({ evidence: evidenceShape, upload: uploadShape, ticket: wholeTicketShape }),
  problems: uploadProblems,
  rate: 'message',
});

export const listEvidence = contract({
  method: 'GET',
  path: '/tickets/{number}/evidence',
  summary: 'Papers and screenshots of the ticket and of those merged into it, and what became of each',
  parts: ofTicket,
  answer: listed,
  problems: [],
  rate: 'read',
});

export const fetchEvidence = contract({
  method: 'GET',
  path: '/tickets/{number}/evidence/{evidenceId}',
  summary: 'A link to one file, good for a minute; only once it was checked',
  parts: ofEvidence,
  answer: link,
  problems: ['evidence-not-ready'],
  rate: 'read',
});

export const askUploadAsAgent = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/evidence',
  summary: 'Adds a file for the customer, by whoever has the ticket in hand',
  parts: ofTicket,
  body: announced,
  answer: z.strictObject({ evidence: evidenceShape, upload: uploadShape, ticket: agentTicketShape }),
  problems: [...uploadProblems, 'not-your-ticket'],
  desk: 'work',
  rate: 'message',
});

export const listEvidenceAsAgent = contract({
  method: 'GET',
  path: '/agent/tickets/{number}/evidence',
  summary: 'Papers and screenshots of the ticket and of those merged into it; who looked is logged',
  parts: ofTicket,
  answer: listed,
  problems: [],
  desk: 'read',
  rate: 'read',
});

export const fetchEvidenceAsAgent = contract({
  method: 'GET',
  path: '/agent/tickets/{number}/evidence/{evidenceId}',
  summary: 'A link to one file, good for a minute; who fetched it is logged',
  parts: ofEvidence,
  answer: link,
  problems: ['evidence-not-ready'],
  desk: 'read',
  rate: 'read',
});

export const customerEvidenceRoutes = [askUpload, listEvidence, fetchEvidence];
export const agentEvidenceRoutes = [askUploadAsAgent, listEvidenceAsAgent, fetchEvidenceAsAgent];

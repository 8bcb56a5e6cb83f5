import * as z from 'zod/mini';
import { callOutcomes, dialWays } from '../ticket/call.ts';
import { momentSchema, named } from './shape-parts.ts';

/** A call that was, as its customer and the desk see it (D10). */
export const callShape = named(
  'Call',
  z.strictObject({
    agent: z.string(),
    announcedAt: momentSchema,
    endedAt: momentSchema,
    outcome: z.enum([...callOutcomes, 'not_ended']),
    seconds: z.int(),
    transferredTo: z.optional(z.string()),
  }),
);
/** One that is announced to this customer right now. */
export const ourCallShape = named(
  'OurCall',
  z.strictObject({
    ticketNumber: z.string(),
    agent: z.string(),
    announcedAt: momentSchema,
    until: momentSchema,
  }),
);
/** The call of the moment, as the desk sees it. */
export const deskCallShape = named(
  'DeskCall',
  z.strictObject({
    agent: z.string(),
    agentId: z.string(),
    announcedAt: momentSchema,
    until: momentSchema,
    dial: z.enum(dialWays),
    /** When the contact centre was told to dial. */
    dialledAt: z.optional(momentSchema),
    connectedAt: z.optional(momentSchema),
  }),
);

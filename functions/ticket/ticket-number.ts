import * as z from 'zod/mini';

/** What people read out on the phone: `FR-` and eight characters of Crockford's alphabet. */
export const ticketNumberSchema = z.string().check(z.regex(/^FR-[0-9A-HJKMNP-TV-Z]{8}$/));

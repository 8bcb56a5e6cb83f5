import * as z from 'zod/mini';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { cardTokenSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { momentSchema, wholeTicketShape } from './shapes.ts';
import { idSchema } from './verification-routes.ts';

/** What a proof of identity gives beside a released card: the ticket as a file, another card. */
const noProof = ['not-verified', 'verification-over', 'verification-void'] as const;
const body = z.strictObject({ verificationId: idSchema });

export const exportTicket = contract({
  method: 'POST',
  path: '/tickets/{number}/export',
  summary: 'Leave to fetch the ticket as one file, for a quarter of an hour (D5, D11)',
  parts: { number: ticketNumberSchema },
  body,
  answer: z.strictObject({ exportId: z.string(), until: momentSchema }),
  problems: noProof,
  rate: 'change',
});

export const fetchExport = contract({
  method: 'GET',
  path: '/exports/{exportId}',
  summary:
    'The file: the whole timeline with its hashes, to be checked by `npm run verify-export`, byte for byte',
  parts: { exportId: idSchema },
  answer: z.strictObject({ fileName: z.string(), file: z.string() }),
  problems: [],
  rate: 'read',
});

export const replaceCard = contract({
  method: 'POST',
  path: '/cards/{cardToken}/replace',
  summary: 'Asks the bank to close the card and send another, after "not mine" or a loss (D14)',
  parts: { cardToken: cardTokenSchema },
  body,
  answer: z.strictObject({ outcome: z.enum(['requested', 'requested_already']), ticket: wholeTicketShape }),
  problems: [...noProof, 'nothing-to-replace'],
  rate: 'change',
});

export const provenRoutes = [exportTicket, fetchExport, replaceCard];

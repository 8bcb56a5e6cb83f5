import * as z from 'zod/mini';
import { entryKinds } from '../screening/entries.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { contract } from './contract.ts';
import { bothLanguages, momentSchema, moneyShape, named, transactionShape } from './shapes.ts';

/** Most transactions of the card shown beside the decisions; of more the latest. */
export const RECENT_TRANSACTIONS = 200;

const outcome = z.enum(['clear', 'alert', 'freeze']);

const decisionShape = named(
  'Decision',
  z.strictObject({
    transactionId: z.string(),
    occurredAt: momentSchema,
    merchant: z.strictObject({ name: z.string(), mcc: z.string(), country: z.string() }),
    amount: moneyShape,
    reasons: z.array(
      z.strictObject({
        code: z.string(),
        words: bothLanguages,
        values: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
    ruleSetVersion: z.string(),
    modelVersion: z.nullable(z.string()),
    /** These four are absent once the decision is past its 35 days. */
    outcome: z.optional(outcome),
    receivedAt: z.optional(momentSchema),
    entryMode: z.optional(z.string()),
    /** The rules would have frozen the card, had their set not been switched to asking only (H33). */
    alertOnly: z.optional(z.boolean()),
    /** 0 to 100; absent, with what follows, for what was reported or lost in a crash. */
    score: z.optional(z.number()),
    /** By rules and model, before entries and passes. */
    ruled: z.optional(outcome),
    entries: z.optional(
      z.array(
        z.strictObject({
          entryId: z.string(),
          kind: z.enum(entryKinds),
          list: z.enum(['block', 'allow']),
          outcome: z.optional(z.enum(['alert', 'freeze'])),
        }),
      ),
    ),
    features: z.optional(z.array(z.strictObject({ name: z.string(), value: z.number() }))),
  }),
);

export const readDecisions = contract({
  method: 'GET',
  path: '/agent/tickets/{number}/decisions',
  summary:
    'How the transactions of the ticket’s alert were judged: outcome, score, reasons with values, versions; beside it the card’s last 30 days. Who read it is logged',
  parts: { number: ticketNumberSchema },
  answer: z.strictObject({
    asOf: momentSchema,
    decisions: z.array(decisionShape),
    transactions: z.array(transactionShape),
    /** There were more than are listed. */
    more: z.boolean(),
  }),
  problems: [],
  desk: 'judge',
  rate: 'read',
});

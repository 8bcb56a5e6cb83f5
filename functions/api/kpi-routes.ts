import * as z from 'zod/mini';
import { statusChannels } from '../ticket/consistency.ts';
import { priorities } from '../ticket/ticket-priority.ts';
import { contract } from './contract.ts';
import { momentSchema, named } from './shapes.ts';

const daySchema = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

const figuresShape = named(
  'Figures',
  z.strictObject({
    n: z.int(),
    meanSeconds: z.optional(z.number()),
    p50Seconds: z.optional(z.number()),
    p90Seconds: z.optional(z.number()),
    /** Share of those with a promise that kept it. */
    attainment: z.optional(z.number()),
  }),
);
const rateFields = {
  n: z.int(),
  share: z.optional(z.number()),
  /** How many were not, by why. */
  failures: z.record(z.string(), z.int()),
};
const consistencyFields = {
  n: z.int(),
  share: z.optional(z.number()),
  /** An older version, told before the news arrived there. */
  stale: z.int(),
  /** What never was, or something older than the channel had said already. */
  contradictions: z.int(),
  /** Messages: since their version came about. Readings: since the version they told was over. */
  lag: z.strictObject({
    n: z.int(),
    p50Seconds: z.optional(z.number()),
    p95Seconds: z.optional(z.number()),
  }),
};
const kpiFields = {
  tickets: z.int(),
  firstResponse: figuresShape,
  wait: figuresShape,
  abandoned: z.int(),
  transfers: z.strictObject(rateFields),
  /** Elapsed without the pauses. */
  handling: figuresShape,
  talk: figuresShape,
  afterCall: figuresShape,
  /** How long agents had a ticket before their eyes. */
  focus: figuresShape,
  /** Focus, talk and work after calls of a ticket together. */
  work: figuresShape,
  preliminary: figuresShape,
  resolution: figuresShape,
  /** `provisional`: of the solved ones, those that may still be reopened within seven days. */
  firstContact: z.strictObject({ ...rateFields, provisional: z.int() }),
  /** Status answers of all channels whose version was the ticket’s at that time; contradictions must be 0. */
  consistency: z.strictObject({
    ...consistencyFields,
    byChannel: z.array(z.strictObject({ channel: z.enum(statusChannels), ...consistencyFields })),
  }),
};

export const readKpis = contract({
  method: 'GET',
  path: '/agent/kpis',
  summary:
    'Figures of the tickets opened from one day to another (as the issuer counts days, at most 31 days back): per day, channel and priority, and together',
  query: z.strictObject({ from: daySchema, to: daySchema }),
  answer: z.strictObject({
    asOf: momentSchema,
    total: z.strictObject(kpiFields),
    rows: z.array(
      z.strictObject({ day: z.string(), channel: z.string(), priority: z.enum(priorities), ...kpiFields }),
    ),
    /** Those who wait for a first response, the longest first, at most 200. */
    unanswered: z.array(
      z.strictObject({ number: z.string(), priority: z.enum(priorities), ageSeconds: z.int() }),
    ),
    /** There were more tickets than one answer measures (500, the latest opened) or lists: ask for fewer days. */
    more: z.boolean(),
  }),
  problems: [],
  desk: 'measure',
  rate: 'read',
});

export const kpiRoutes = [readKpis];

import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { momentSchema } from './shapes.ts';

const ofVersion = { version: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/)) };
const reason = z.string().check(z.minLength(3), z.maxLength(500));
const count = z.int().check(z.minimum(0));

const releaseShape = z.strictObject({
  ruleSetVersion: z.string(),
  status: z.enum(['proposed', 'running', 'done']),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: momentSchema,
  until: momentSchema,
  /** Cards found held and unanswered when it was asked for. */
  found: count,
  approvedBy: z.optional(z.string()),
  released: count,
  /** What the present pass left as it was, by why. */
  left: z.strictObject({ answered: count, fraud: count, other_hold: count, closed: count }),
  failed: count,
  doneAt: z.optional(momentSchema),
});

export const readBulkRelease = contract({
  method: 'GET',
  path: '/agent/bulk-releases/{version}',
  summary: 'How far the release in bulk of what one version of the rules holds has come (H33)',
  parts: ofVersion,
  answer: z.strictObject({ asOf: momentSchema, release: releaseShape }),
  problems: ['not-permitted'],
  rate: 'read',
});

export const proposeBulkRelease = contract({
  method: 'POST',
  path: '/agent/bulk-releases/{version}',
  summary:
    'Asks that all cards be released that this version of the rules holds unanswered, and says how many; another supervisor has to grant it within an hour. 404 where it holds none',
  parts: ofVersion,
  body: z.strictObject({ reason }),
  answer: z.strictObject({ release: releaseShape }),
  problems: ['not-permitted', 'approval-waits'],
  rate: 'change',
});

export const approveBulkRelease = contract({
  method: 'POST',
  path: '/agent/bulk-releases/{version}/approve',
  summary:
    'Grants it: the holds are lifted page by page; never where the customer said NO or fraud is concluded (I2)',
  parts: ofVersion,
  answer: z.strictObject({ release: releaseShape }),
  problems: ['not-permitted', 'nothing-to-approve', 'same-person'],
  rate: 'change',
});

export const switchAlertOnly = contract({
  method: 'POST',
  path: '/agent/rule-sets/{version}/alert-only',
  summary: 'Has a version of the rules ask only and freeze nothing, or lets it freeze again (H33)',
  parts: ofVersion,
  body: z.strictObject({ on: z.boolean(), reason }),
  answer: z.strictObject({ outcome: z.enum(['switched', 'as_it_was']), alertOnly: z.array(z.string()) }),
  problems: ['not-permitted'],
  rate: 'change',
});

export const bulkRoutes = [readBulkRelease, proposeBulkRelease, approveBulkRelease, switchAlertOnly];

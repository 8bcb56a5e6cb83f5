import * as z from 'zod/mini';
import { entryKinds } from '../screening/entries.ts';
import { contract } from './contract.ts';
import { keeperShape, why } from './rules-routes.ts';
import { momentSchema, named, pageQuery } from './shapes.ts';

const entryShape = named(
  'RuleEntry',
  z.strictObject({
    entryId: z.string(),
    kind: z.enum(entryKinds),
    value: z.string(),
    list: z.enum(['block', 'allow']),
    outcome: z.optional(z.enum(['alert', 'freeze'])),
    reason: z.string(),
    author: keeperShape,
    addedAt: momentSchema,
    until: momentSchema,
  }),
);

export const listEntries = contract({
  method: 'GET',
  path: '/agent/rules/entries',
  summary: 'Block and allow entries of one kind, the latest first',
  query: z.strictObject({ ...pageQuery(100), kind: z.enum(entryKinds) }),
  answer: z.strictObject({ entries: z.array(entryShape), next: z.optional(z.string()) }),
  problems: ['not-permitted'],
  rate: 'read',
});

export const addEntry = contract({
  method: 'POST',
  path: '/agent/rules/entries',
  summary: 'Blocks or allows a card, merchant, device or country until a day',
  body: z.strictObject({
    kind: z.enum(entryKinds),
    value: z.string().check(z.minLength(1), z.maxLength(128)),
    list: z.enum(['block', 'allow']),
    outcome: z.optional(z.enum(['alert', 'freeze'])),
    until: z.iso.datetime(),
    reason: why,
  }),
  answer: z.strictObject({ entry: entryShape }),
  problems: ['not-permitted', 'entry-invalid', 'entry-exists', 'too-many-entries'],
  rate: 'change',
});

export const removeEntry = contract({
  method: 'POST',
  path: '/agent/rules/entries/{entryId}/remove',
  summary: 'Takes an entry off before its day',
  parts: { entryId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)) },
  body: z.strictObject({ kind: z.enum(entryKinds), reason: why }),
  answer: z.strictObject({ entry: entryShape }),
  problems: ['not-permitted'],
  rate: 'change',
});

export const readRulesJournal = contract({
  method: 'GET',
  path: '/agent/rules/journal',
  summary: 'Who changed the rules, when and why, the latest first; `after` an entry’s number',
  query: z.strictObject(pageQuery(100)),
  answer: z.strictObject({
    entries: z.array(
      z.strictObject({
        seq: z.int(),
        type: z.string(),
        at: momentSchema,
        by: z.string(),
        data: z.record(z.string(), z.unknown()),
        hash: z.string(),
      }),
    ),
    next: z.optional(z.string()),
    /** Of the whole chain; told with the first page. */
    intact: z.optional(z.boolean()),
  }),
  problems: ['not-permitted'],
  rate: 'read',
});

export const ruleEntryRoutes = [listEntries, addEntry, removeEntry, readRulesJournal];

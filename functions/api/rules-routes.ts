import * as z from 'zod/mini';
import { entryKinds } from '../screening/entries.ts';
import { ruleSetStates } from '../screening/rule-set-states.ts';
import { shadowCells } from '../screening/shadow-comparison.ts';
import { contract } from './contract.ts';
import { momentSchema, named, pageQuery } from './shapes.ts';

const versionSchema = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/));
const ofVersion = { version: versionSchema };
const why = z.string().check(z.minLength(3), z.maxLength(500));
const percent = z.number().check(z.minimum(0.01), z.maximum(100));

const keeperShape = z.strictObject({ id: z.string(), name: z.string() });
export const ruleSetShape = named(
  'RuleSet',
  z.strictObject({
    version: z.string(),
    state: z.enum(ruleSetStates),
    author: keeperShape,
    createdAt: momentSchema,
    stateAt: momentSchema,
    note: z.string(),
    rules: z.int(),
    digest: z.string(),
    proposal: z.optional(
      z.strictObject({
        to: z.enum(['share', 'live']),
        percent: z.optional(z.number()),
        by: keeperShape,
        at: momentSchema,
        until: momentSchema,
        reason: z.string(),
      }),
    ),
  }),
);
const movedShape = z.strictObject({ ruleSet: ruleSetShape });
const moveProblems = ['wrong-state', 'too-many-shadows', 'share-taken'] as const;

export const readRules = contract({
  method: 'GET',
  path: '/agent/rules',
  summary: 'Which rule sets are in force: live, with a share, in shadow; and who only asks (H33)',
  answer: z.strictObject({
    asOf: momentSchema,
    changedAt: momentSchema,
    live: z.string(),
    earlier: z.array(z.string()),
    shadows: z.array(z.string()),
    share: z.optional(z.strictObject({ version: z.string(), percent: z.number() })),
    alertOnly: z.array(
      z.strictObject({ version: z.string(), at: momentSchema, by: z.string(), reason: z.string() }),
    ),
  }),
  problems: ['not-permitted'],
  rate: 'read',
});

export const listRuleSets = contract({
  method: 'GET',
  path: '/agent/rules/sets',
  summary: 'Every version, by name; `after` a version',
  query: z.strictObject({ ...pageQuery(100), state: z.optional(z.enum(ruleSetStates)) }),
  answer: z.strictObject({ ruleSets: z.array(ruleSetShape), next: z.optional(z.string()) }),
  problems: ['not-permitted'],
  rate: 'read',
});

export const readRuleSet = contract({
  method: 'GET',
  path: '/agent/rules/sets/{version}',
  summary: 'One version with its contents, which never change',
  parts: ofVersion,
  answer: z.strictObject({ ruleSet: ruleSetShape, contents: z.record(z.string(), z.unknown()) }),
  problems: ['not-permitted'],
  rate: 'read',
});

export const addRuleSet = contract({
  method: 'POST',
  path: '/agent/rules/sets',
  summary:
    'Takes a rule set in as a draft, checked; a bad one is refused with every problem, its place and remedy',
  body: z.strictObject({ contents: z.record(z.string(), z.unknown()), note: why }),
  mostBytes: 400_000,
  answer: movedShape,
  problems: ['not-permitted', 'rule-set-invalid', 'rule-set-exists', 'too-many-rule-sets'],
  rate: 'change',
});

export const moveRuleSet = contract({
  method: 'POST',
  path: '/agent/rules/sets/{version}/move',
  summary: 'What one person does alone: into shadow, a smaller share, away',
  parts: ofVersion,
  body: z.strictObject({
    to: z.enum(['shadow', 'share', 'retired']),
    percent: z.optional(percent),
    reason: why,
  }),
  answer: movedShape,
  problems: ['not-permitted', 'needs-two', ...moveProblems],
  rate: 'change',
});

export const proposeRuleSet = contract({
  method: 'POST',
  path: '/agent/rules/sets/{version}/propose',
  summary: 'Asks that it decide about a share of the cards, or live; another person approves within 24 hours',
  parts: ofVersion,
  body: z.strictObject({ to: z.enum(['share', 'live']), percent: z.optional(percent), reason: why }),
  answer: movedShape,
  problems: ['not-permitted', 'proposal-waits', ...moveProblems],
  rate: 'change',
});

export const approveRuleSet = contract({
  method: 'POST',
  path: '/agent/rules/sets/{version}/approve',
  summary: 'Grants what waits: from the next half minute on it decides',
  parts: ofVersion,
  body: z.strictObject({ reason: why }),
  answer: movedShape,
  problems: [
    ...['not-permitted', 'nothing-to-approve', 'same-person', 'rule-set-not-usable'],
    ...moveProblems,
  ] as const,
  rate: 'change',
});

export const rollBackRules = contract({
  method: 'POST',
  path: '/agent/rules/roll-back',
  summary: 'Back to the set that was live before, at once, by one person; `live` names the one to leave',
  body: z.strictObject({ live: versionSchema, reason: why }),
  answer: movedShape,
  problems: ['not-permitted', 'nothing-before', 'live-changed'],
  rate: 'change',
});

const judgedShape = z.strictObject({
  outcome: z.string(),
  score: z.number(),
  reasons: z.array(z.strictObject({ code: z.string(), values: z.record(z.string(), z.unknown()) })),
});

export const compareRuleSet = contract({
  method: 'GET',
  path: '/agent/rules/sets/{version}/comparison',
  summary:
    'What it would have done beside the live set: counts, and the latest examples of one way to differ',
  parts: ofVersion,
  query: z.strictObject({ cell: z.optional(z.enum(shadowCells as readonly [string, ...string[]])) }),
  answer: z.strictObject({
    version: z.string(),
    live: z.string(),
    since: z.optional(momentSchema),
    lastAt: z.optional(momentSchema),
    compared: z.int(),
    /** What the live set did, an underline, what this one would have done → how often. */
    cells: z.record(z.string(), z.int()),
    newAlerts: z.int(),
    lostAlerts: z.int(),
    /** Reasons of its new alerts → in how many of them. */
    newAlertReasons: z.record(z.string(), z.int()),
    examples: z.array(
      z.strictObject({
        transactionId: z.string(),
        cardToken: z.string(),
        occurredAt: momentSchema,
        live: judgedShape,
        other: judgedShape,
      }),
    ),
  }),
  problems: ['not-permitted'],
  rate: 'read',
});

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

export const rulesRoutes = [
  readRules,
  listRuleSets,
  readRuleSet,
  addRuleSet,
  moveRuleSet,
  proposeRuleSet,
  approveRuleSet,
  rollBackRules,
  compareRuleSet,
  listEntries,
  addEntry,
  removeEntry,
  readRulesJournal,
];

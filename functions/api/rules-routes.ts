import * as z from 'zod/mini';
import { ruleSetStates } from '../screening/rule-set-states.ts';
import { shadowCells } from '../screening/shadow-comparison.ts';
import { contract } from './contract.ts';
import { momentSchema, named, pageQuery } from './shapes.ts';

const versionSchema = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/));
const ofVersion = { version: versionSchema };
export const why = z.string().check(z.minLength(3), z.maxLength(500));
const percent = z.number().check(z.minimum(0.01), z.maximum(100));

export const keeperShape = z.strictObject({ id: z.string(), name: z.string() });
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

export const ruleSetRoutes = [
  readRules,
  listRuleSets,
  addRuleSet,
  readRuleSet,
  moveRuleSet,
  proposeRuleSet,
  approveRuleSet,
  rollBackRules,
  compareRuleSet,
];

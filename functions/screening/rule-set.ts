import * as z from 'zod/mini';
import { type RuleSetState, ruleSetStates } from './rule-set-states.ts';

/** A person who works on rules, as the sign-in names them. */
export const keeperSchema = z.object({ id: z.string(), name: z.string() });
export type Keeper = z.output<typeof keeperSchema>;

/** What one person asks for and another grants: that this set decides about (more) customers. */
const proposalSchema = z.object({
  to: z.enum(['share', 'live']),
  /** Of the cards; with `share`. */
  percent: z.optional(z.number()),
  by: keeperSchema,
  at: z.string(),
  /** Granted later, it would be granted to a world that has moved on. */
  until: z.string(),
  reason: z.string(),
});
export type Proposal = z.output<typeof proposalSchema>;

/** Versions kept in all, retired ones included: each may stand behind an alert. */
export const MOST_RULE_SETS = 500;

/** A proposal is good for this long. */
export const PROPOSAL_HOURS = 24;

/** One version of the rules: what is known of it beside its contents, which never change. */
export const ruleSetRecordSchema = z.object({
  version: z.string(),
  state: z.enum(ruleSetStates),
  author: keeperSchema,
  createdAt: z.string(),
  /** Since when it is in this state. */
  stateAt: z.string(),
  note: z.string(),
  /** How many rules it has. */
  rules: z.int(),
  /** SHA-256 of its contents, hexadecimal. */
  digest: z.string(),
  proposal: z.optional(proposalSchema),
});
export type RuleSetRecord = z.output<typeof ruleSetRecordSchema>;

export const isProposalOpen = (proposal: Proposal | undefined, at: string): boolean =>
  proposal !== undefined && at <= proposal.until;

/**
 * Whether this person may grant it. Two people means two: neither who wrote the set nor who proposed it.
 */
export const mayGrant = (record: RuleSetRecord, by: Keeper): boolean =>
  record.author.id !== by.id && record.proposal?.by.id !== by.id;

/** The record in another state; a proposal ends with the state it was made in. */
export function inState(record: RuleSetRecord, state: RuleSetState, at: string): RuleSetRecord {
  const { proposal: _ended, ...rest } = record;
  return { ...rest, state, stateAt: at };
}

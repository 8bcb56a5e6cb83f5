import * as z from 'zod/mini';
import type { FeatureName } from './feature-table.ts';

export const comparisonOps = ['gt', 'gte', 'lt', 'lte', 'eq', 'ne'] as const;

export interface Comparison {
  readonly feature: FeatureName;
  readonly op: (typeof comparisonOps)[number];
  readonly value: number;
}

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/**
 * The part of the traffic a rule is about; it holds nowhere else. A rule without one is about all of it. Two rules of one
 * meaning and different segments are two rules, with codes of their own.
 */
export const segmentSchema = z
  .strictObject({
    presence: z.optional(z.enum(['present', 'not_present'])),
    where: z.optional(z.enum(['domestic', 'abroad'])),
    /** `new`: fewer than five purchases so far. */
    card: z.optional(z.enum(['new', 'used'])),
  })
  .check(
    z.refine((segment) => Object.keys(segment).length > 0, 'names nothing; leave it out for all traffic'),
  );
export type Segment = z.output<typeof segmentSchema>;

const NEW_CARD_PURCHASES = 5;

function testsOf({ presence, where, card }: Segment): readonly Condition[] {
  const isYes = (feature: FeatureName, yes: boolean): Condition => ({
    feature,
    op: 'eq',
    value: yes ? 1 : 0,
  });
  const op = card === 'new' ? 'lt' : 'gte';
  return [
    ...(presence === undefined ? [] : [isYes('notPresent', presence === 'not_present')]),
    ...(where === undefined ? [] : [isYes('crossBorder', where === 'abroad')]),
    ...(card === undefined ? [] : [{ feature: 'spendCount', op, value: NEW_CARD_PURCHASES } as const]),
  ];
}

/** The whole condition of a rule: its own, in its segment. */
export function withSegment({
  when,
  segment,
}: {
  readonly when: Condition;
  readonly segment?: Segment;
}): Condition {
  return segment === undefined ? when : { all: [when, ...testsOf(segment)] };
}

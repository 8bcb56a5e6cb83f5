/** The life of a rule set as data: from each state the ones that may follow, and how many people that takes. */
export const ruleSetStates = ['draft', 'shadow', 'share', 'live', 'retired'] as const;
export type RuleSetState = (typeof ruleSetStates)[number];

export interface RuleSetEdge {
  readonly from: RuleSetState;
  readonly to: RuleSetState;
  /** Two wherever more customers than before are decided on by this set; taking back takes one. */
  readonly people: 1 | 2;
  /** `replaced`: by the set that goes live in its place; `roll_back`: to the set that was live before. */
  readonly only?: 'replaced' | 'roll_back';
}

export const ruleSetEdges: readonly RuleSetEdge[] = [
  { from: 'draft', to: 'shadow', people: 1 },
  { from: 'draft', to: 'retired', people: 1 },
  { from: 'shadow', to: 'share', people: 2 },
  { from: 'shadow', to: 'live', people: 2 },
  { from: 'shadow', to: 'retired', people: 1 },
  // A share that grows.
  { from: 'share', to: 'share', people: 2 },
  { from: 'share', to: 'live', people: 2 },
  { from: 'share', to: 'shadow', people: 1 },
  { from: 'share', to: 'retired', people: 1 },
  { from: 'live', to: 'retired', people: 1, only: 'replaced' },
  { from: 'retired', to: 'shadow', people: 1 },
  { from: 'retired', to: 'live', people: 1, only: 'roll_back' },
];

/** The edge from one state to another on somebody's wish; those that only follow from something else left out. */
export function edgeOf(from: RuleSetState, to: RuleSetState): RuleSetEdge | undefined {
  return ruleSetEdges.find((edge) => edge.from === from && edge.to === to && edge.only === undefined);
}

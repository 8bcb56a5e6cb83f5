/** What people may do with rules. */
export const ruleActions = ['read', 'change', 'approve'] as const;
export type RuleAction = (typeof ruleActions)[number];

/**
 * Roles as data. They are groups of the staff's sign-in, which its administrators give: not scopes, which any log-in may
 * ask for. `change`: add, shadow, propose, take back, roll back, entries. Whoever approves has still to be another
 * person than who wrote or proposed it.
 */
export const ruleRoles = {
  'rules-auditor': ['read'],
  'rules-analyst': ['read', 'change', 'approve'],
  'rules-supervisor': ['read', 'approve', 'change'],
} as const satisfies Readonly<Record<string, readonly RuleAction[]>>;
export type RuleRole = keyof typeof ruleRoles;

export const mayDo = (groups: readonly string[], action: RuleAction): boolean =>
  groups.some(
    (group) =>
      Object.hasOwn(ruleRoles, group) &&
      (ruleRoles[group as RuleRole] as readonly RuleAction[]).includes(action),
  );

/** What staff may do at the desk. */
export const deskActions = ['read', 'freeze', 'work', 'supervise', 'measure', 'judge'] as const;
export type DeskAction = (typeof deskActions)[number];

/**
 * Roles as data; groups of the staff's sign-in, which its administrators give. A teller at the branch reads, and may
 * freeze (D3); an agent works on tickets; an analyst and an auditor read, and see the figures; how
 * a purchase was judged, and what else the card bought, is for supervisors and analysts.
 */
export const deskRoles = {
  'desk-teller': ['read', 'freeze'],
  'desk-agent': ['read', 'freeze', 'work'],
  'desk-supervisor': ['read', 'freeze', 'work', 'supervise', 'measure', 'judge'],
  'desk-analyst': ['read', 'measure', 'judge'],
  'desk-auditor': ['read', 'measure'],
} as const satisfies Readonly<Record<string, readonly DeskAction[]>>;
export type DeskRole = keyof typeof deskRoles;

const isRole = (group: string): group is DeskRole => Object.hasOwn(deskRoles, group);

/** The roles among the groups of a sign-in. */
export const rolesAmong = (groups: readonly string[]): readonly DeskRole[] => groups.filter(isRole);

/** Everything these groups allow at the desk. */
export const allowedBy = (groups: readonly string[]): readonly DeskAction[] =>
  deskActions.filter((action) =>
    rolesAmong(groups).some((role) => (deskRoles[role] as readonly DeskAction[]).includes(action)),
  );

export const mayAtDesk = (groups: readonly string[], action: DeskAction): boolean =>
  allowedBy(groups).includes(action);

/** The life of an alert as data: from each status the ones that may follow. */
export const alertStatuses = [
  'open',
  'claimed_genuine',
  'settled_genuine',
  'settled_fraud',
  'expired',
  'undeliverable',
] as const;
export type AlertStatus = (typeof alertStatuses)[number];

/**
 * Who may take an edge. `customer` answers; `proof` is two factors in the app, or staff; `four_eyes` is staff
 * only; `machine` is a deadline, a delivery failure or a fold-in. An edge marked `no_hold` exists only while
 * the alert froze nothing (a late YES to a mere alert).
 */
export type EdgeOwner = 'customer' | 'proof' | 'four_eyes' | 'machine';

export interface AlertEdge {
  readonly from: AlertStatus;
  readonly to: AlertStatus;
  readonly by: readonly EdgeOwner[];
  readonly only?: 'no_hold';
}

export const alertEdges: readonly AlertEdge[] = [
  { from: 'open', to: 'claimed_genuine', by: ['customer'] },
  { from: 'open', to: 'settled_genuine', by: ['proof'] },
  { from: 'open', to: 'settled_genuine', by: ['customer'], only: 'no_hold' },
  { from: 'open', to: 'settled_fraud', by: ['customer', 'proof'] },
  { from: 'open', to: 'expired', by: ['machine'] },
  { from: 'open', to: 'undeliverable', by: ['machine'] },
  { from: 'claimed_genuine', to: 'settled_genuine', by: ['proof'] },
  { from: 'claimed_genuine', to: 'settled_fraud', by: ['customer', 'proof'] },
  { from: 'claimed_genuine', to: 'expired', by: ['machine'] },
  { from: 'claimed_genuine', to: 'open', by: ['machine'] },
  { from: 'claimed_genuine', to: 'undeliverable', by: ['machine'] },
  { from: 'expired', to: 'settled_genuine', by: ['proof'] },
  { from: 'expired', to: 'settled_genuine', by: ['customer'], only: 'no_hold' },
  { from: 'expired', to: 'settled_fraud', by: ['customer', 'proof'] },
  { from: 'expired', to: 'open', by: ['machine'] },
  { from: 'expired', to: 'undeliverable', by: ['machine'] },
  { from: 'undeliverable', to: 'settled_genuine', by: ['proof'] },
  { from: 'undeliverable', to: 'settled_genuine', by: ['customer'], only: 'no_hold' },
  { from: 'undeliverable', to: 'settled_fraud', by: ['customer', 'proof'] },
  { from: 'undeliverable', to: 'open', by: ['machine'] },
  { from: 'settled_genuine', to: 'settled_fraud', by: ['customer', 'proof'] },
  { from: 'settled_fraud', to: 'settled_genuine', by: ['four_eyes'] },
];

export function mayMove(
  from: AlertStatus,
  to: AlertStatus,
  move: { readonly by: EdgeOwner; readonly held: boolean },
): boolean {
  return alertEdges.some(
    (edge) =>
      edge.from === from &&
      edge.to === to &&
      edge.by.includes(move.by) &&
      (edge.only === undefined || !move.held),
  );
}

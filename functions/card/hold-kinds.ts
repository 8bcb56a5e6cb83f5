/** Why a card is held: by the rules, its customer, as lost, or by staff. */
export const holdKinds = ['fraud', 'customer', 'lost', 'agent'] as const;
export type HoldKind = (typeof holdKinds)[number];

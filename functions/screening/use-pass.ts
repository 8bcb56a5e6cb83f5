import type { CardStore } from '../card/card-store.ts';
import { usePass } from '../card/pass.ts';
import type { Write } from '../platform/database.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';

/** A purchase that goes through because its customer proved the like of it to be theirs. */
export interface PassUsed {
  /** The alert whose proof opened the pass. */
  readonly alertId: string;
  /** Takes one use off the card; refused when the card changed, so that no use serves twice. */
  readonly writes: readonly Write<unknown>[];
}

export type UsePass = (event: TransactionAuthorized) => Promise<PassUsed | undefined>;

/**
 * Whether a pass covers a suspicious purchase (H18): same card and merchant, 80–110 % of the amount, 24 h, two uses.
 * Not while a fraud hold stands: that alert's question comes first. Asked for suspicious purchases only, so that a
 * cleared one costs no further read.
 */
export function createUsePass(deps: { readonly cards: Pick<CardStore, 'get' | 'save'> }): UsePass {
  return async (event) => {
    const stored = await deps.cards.get(event.cardToken);
    if (stored === undefined || stored.body.holds.fraud !== undefined) return undefined;
    const { billing, merchant, occurredAt } = event;
    const declined = event.outcome === 'declined';
    const after = usePass(stored.body, { merchantId: merchant.id, billing, occurredAt, declined });
    if (after === undefined) return undefined;
    const used = stored.body.passes?.find((pass, index) => after.passes?.[index]?.usesLeft !== pass.usesLeft);
    return used && { alertId: used.alertId, writes: [deps.cards.save(stored, after)] };
  };
}

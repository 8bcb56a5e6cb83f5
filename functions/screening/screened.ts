/** What became of one authorisation. */
export type Screened =
  /** `pass`: suspicious, but covered by the pass of this alert (H18); `allowed`: by this allow entry. */
  | { readonly outcome: 'clear'; readonly pass?: string; readonly allowed?: string }
  | {
      readonly outcome: 'alert' | 'freeze';
      readonly alertId: string | undefined;
      readonly ticketNumber: string | undefined;
      readonly how: 'opened' | 'joined' | 'card_closed';
      readonly reasons: readonly string[];
      readonly transactionId: string;
    }
  | { readonly outcome: 'repeated' }
  /** The same id came with another body: reported, nothing changed (H1). */
  | { readonly outcome: 'conflict' };

/** Whether this very call stored the decision: repeats are compared once. */
export const isDecided = (
  screened: Screened | 'changed',
): screened is Extract<Screened, { outcome: 'clear' | 'alert' | 'freeze' }> =>
  screened !== 'changed' && screened.outcome !== 'repeated' && screened.outcome !== 'conflict';

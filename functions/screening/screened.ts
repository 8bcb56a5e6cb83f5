/** What became of one authorisation. */
export type Screened =
  /** `pass`: suspicious, but covered by the pass of this alert (H18). */
  | { readonly outcome: 'clear'; readonly pass?: string }
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

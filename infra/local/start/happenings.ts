/** What can be seen happening in the running stack: in the functions' logs, on the bus, on phones, in the tables. */
export type Happening =
  | {
      readonly kind: 'screened';
      readonly outcome: 'clear' | 'alert' | 'freeze' | 'repeated' | 'conflict';
      readonly transactionId: string;
      readonly cardToken: string;
      /** `opened`, `joined` or `card_closed`. */
      readonly how?: string;
      readonly ticketNumber?: string;
      readonly reasons: readonly string[];
    }
  | { readonly kind: 'quarantined'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'moved'; readonly transactionId: string; readonly outcome: string }
  /** The issuer is asked to freeze, or to lift. */
  | {
      readonly kind: 'requested';
      readonly cardToken: string;
      readonly freeze: boolean;
      readonly holds: readonly string[];
      readonly holdsVersion: number;
    }
  | {
      readonly kind: 'issuer';
      readonly cardToken: string;
      readonly status: string;
      /** Since we asked; absent when we did not. */
      readonly afterMs?: number;
    }
  | { readonly kind: 'texted'; readonly phone: string; readonly text: string }
  | { readonly kind: 'mailed'; readonly address: string; readonly subject: string }
  | { readonly kind: 'not_texted'; readonly reason: string }
  | { readonly kind: 'answered'; readonly phone: string; readonly text: string }
  | {
      readonly kind: 'understood';
      readonly reading: string;
      readonly effect: string;
      /** Logs name no number: known only while one answer is on its way. */
      readonly phone?: string;
    }
  | {
      readonly kind: 'ticket';
      readonly ticket: TicketSeen;
      readonly isNew: boolean;
      readonly reopened: boolean;
    }
  | { readonly kind: 'deadline'; readonly outcome: string }
  | { readonly kind: 'trouble'; readonly functionName: string; readonly text: string };

/** A ticket as its item stands in the table. */
export interface TicketSeen {
  readonly number: string;
  readonly cardToken: string;
  readonly status: string;
  readonly priority: string;
  readonly reason?: string;
  readonly claimedBy?: string;
  readonly resolution?: string;
}

export type Observer = (happening: Happening) => void;

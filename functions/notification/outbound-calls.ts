/** Why the contact centre would not dial. */
export type CallRefusal =
  | 'destination_not_allowed'
  | 'calls_not_permitted'
  | 'invalid_number'
  | 'not_set_up'
  | 'rejected';

export type CallPlaced =
  /** The contact centre is dialling; what becomes of it is told by its events. */
  | { readonly outcome: 'dialling'; readonly contactId: string }
  | { readonly outcome: 'refused'; readonly reason: CallRefusal; readonly code: string }
  /** It may ring, or not: never dialled again. */
  | { readonly outcome: 'unknown'; readonly code: string };

export interface OutboundCall {
  /** Of the announced call: the same id never makes a second phone call while the first one lives. */
  readonly callId: string;
  /** E.164. */
  readonly to: string;
  /** What the flow of the call reads; nothing personal beyond what it speaks. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Has the contact centre dial a number. An expected answer is returned; only a fault that certainly dialled nothing is
 * thrown (`CallNotPlaced`), so that the caller may try again.
 */
export interface OutboundCalls {
  readonly place: (call: OutboundCall) => Promise<CallPlaced>;
}

/** Nothing rings and trying again makes sense. Carries the code only, never the number (I10). */
export class CallNotPlaced extends Error {
  override readonly name = 'CallNotPlaced';
  readonly code: string;

  constructor(code: string) {
    super(`call not placed: ${code}`);
    this.code = code;
  }
}

/** Where a call stands: it rings, waits for keys, for a person, talks with one, or is over. */
export type CallState = 'ringing' | 'menu' | 'digits' | 'queued' | 'connected' | 'ended';

/** A call as the customer has it. */
export interface CustomerCall {
  readonly contactId: string;
  /** The customer's number. */
  readonly from: string;
  readonly state: CallState;
  /** Everything spoken so far. */
  readonly heard: readonly string[];
  /** What goes with the call to a person. */
  readonly attributes: Readonly<Record<string, string>>;
  /** A person takes the call out of the queue. */
  connect(agent: { readonly id: string; readonly name: string }): Promise<void>;
  hangUp(): Promise<void>;
  /** The agent hangs up. */
  agentHangsUp(): Promise<void>;
  /** The agent's work after the call is done. */
  finish(): Promise<void>;
}

/** A call the customer made. */
export interface CallerCall extends CustomerCall {
  /** The answers of the function, as the flow got them. */
  readonly answers: readonly Readonly<Record<string, string>>[];
  /** Presses a key of the menu, or keys digits in. Empty: says nothing until the time is over. */
  press(keys: string): Promise<void>;
}

/** A call we make: it rings for a minute, unless somebody picks it up or declines it. */
export interface OutboundCall extends CustomerCall {
  pickUp(): Promise<void>;
  decline(): Promise<void>;
}

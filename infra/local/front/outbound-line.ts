import { randomUUID } from 'node:crypto';

/** A call that Amazon Connect is told to make. */
export interface OutboundOrder {
  readonly contactId: string;
  /** Whom it calls. */
  readonly number: string;
  readonly flowArn: string;
  readonly queueArn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Codes with which Connect refuses to dial, and their statuses. */
export const dialRefusals = {
  DestinationNotAllowedException: 403,
  OutboundContactNotPermittedException: 403,
  LimitExceededException: 429,
  ThrottlingException: 429,
} as const;
export type DialRefusal = keyof typeof dialRefusals;

/** The line out of the contact centre: who dials it hears of every order, once. */
export interface OutboundLine {
  onOrder(dial: (order: OutboundOrder) => Promise<void>): void;
  /** Every call to the number is refused from now on; `undefined` lets them through again. */
  refuse(number: string, code: DialRefusal | undefined): void;
  /** Forgets tokens and refusals. */
  forget(): void;
}

export interface OutboundLineEnd extends OutboundLine {
  refusalOf(number: string): DialRefusal | undefined;
  /** The contact's id: under the same token that of the first order. */
  start(order: Omit<OutboundOrder, 'contactId'>, token: string): Promise<string>;
}

export function createOutboundLine(): OutboundLineEnd {
  let dial: (order: OutboundOrder) => Promise<void> = async () => undefined;
  const started = new Map<string, string>();
  const refused = new Map<string, DialRefusal>();
  return {
    onOrder(fn) {
      dial = fn;
    },
    refuse(number, code) {
      if (code === undefined) refused.delete(number);
      else refused.set(number, code);
    },
    refusalOf: (number) => refused.get(number),
    forget() {
      started.clear();
      refused.clear();
    },
    async start(order, token) {
      const known = started.get(token);
      if (known !== undefined) return known;
      const contactId = randomUUID();
      started.set(token, contactId);
      await dial({ ...order, contactId });
      return contactId;
    },
  };
}

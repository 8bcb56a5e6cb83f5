import type { SmsTemplate } from './sms-template.ts';
import type { TextKind } from './text-facts.ts';

/** Why a text was refused before it left; the freeze stands, the alert becomes `undeliverable` (H12). */
export type SmsRefusal = 'opted_out' | 'invalid_number' | 'spend_limit' | 'not_allowed' | 'rejected';

export type SmsOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | { readonly outcome: 'refused'; readonly reason: SmsRefusal; readonly code: string }
  /** It may have gone out, or not: never sent again, a person takes over. */
  | { readonly outcome: 'unknown'; readonly code: string };

export interface SmsMessage {
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** The same for a provider that sends registered templates only. */
  readonly template: SmsTemplate;
  readonly kind: TextKind;
  /** ISO 3166-1 alpha-2, of the number. */
  readonly country: string;
  /** Who sends it: see sms-routes.ts. */
  readonly provider: string;
  /** Highest price of the whole message in USD, e.g. `0.50`. */
  readonly maxPriceUsd: string;
  /** Sender shown where a country allows one. */
  readonly senderId?: string;
  /** Number the text comes from, E.164. */
  readonly originationNumber?: string;
}

/**
 * Sends one text, by its words or by its template. Every provider's adapter implements this port and is held to
 * `test/notification/sms-port.ts`: an expected answer is returned, at once and after one try; only a fault that
 * certainly sent nothing is thrown (`SmsNotSent`), so that the caller may try again.
 */
export interface SmsPort {
  readonly send: (message: SmsMessage) => Promise<SmsOutcome>;
}

/** Nothing was sent and trying again makes sense. Carries the code only, never the number or the text (I10). */
export class SmsNotSent extends Error {
  override readonly name = 'SmsNotSent';
  readonly code: string;

  constructor(code: string) {
    super(`text not sent: ${code}`);
    this.code = code;
  }
}

/** Why an e-mail was refused before it left. */
export type EmailRefusal = 'invalid_address' | 'not_allowed' | 'paused' | 'rejected';

export type EmailOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | { readonly outcome: 'refused'; readonly reason: EmailRefusal; readonly code: string }
  /** It may have gone out, or not: never sent again. */
  | { readonly outcome: 'unknown'; readonly code: string };

export interface EmailMessage {
  readonly to: string;
  /** `alerts@bank.example` */
  readonly from: string;
  /** The bank as the reader knows it; any script. */
  readonly fromName: string;
  readonly subject: string;
  /** Plain text: no mark-up, no link. */
  readonly text: string;
  /** Message id all e-mails of one ticket refer to, e.g. `<FR-….ticket@bank.example>`: they are one conversation. */
  readonly thread?: string;
}

/**
 * Sends one e-mail. An expected answer is returned, at once and after one try; only a fault that certainly sent nothing
 * is thrown (`EmailNotSent`), so that the caller may try again.
 */
export interface EmailPort {
  readonly send: (message: EmailMessage) => Promise<EmailOutcome>;
}

/** Nothing was sent and trying again makes sense. Carries the code only, never address or words (I10). */
export class EmailNotSent extends Error {
  override readonly name = 'EmailNotSent';
  readonly code: string;

  constructor(code: string) {
    super(`e-mail not sent: ${code}`);
    this.code = code;
  }
}

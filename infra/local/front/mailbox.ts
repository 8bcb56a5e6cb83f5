import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';

/** An e-mail that reached its reader. */
export interface Mail {
  readonly messageId: string;
  /** Display name and address, as sent. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Headers beside those SES makes. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds on the local clock. */
  readonly at: number;
}

/** Codes with which SES refuses an e-mail. */
export type MailRefusal = 'MessageRejected' | 'TooManyRequestsException' | 'SendingPausedException';

/** The customers' mailboxes: what was written to them. */
export interface Mailbox {
  mails(address?: string): readonly Mail[];
  onMail(fn: (mail: Mail) => void): () => void;
  /** Every e-mail to the address is refused from now on; `undefined` lets them through again. */
  refuse(address: string, code: MailRefusal | undefined): void;
  /** Forgets mails and refusals; observers stay. */
  forget(): void;
}

export interface MailLine extends Mailbox {
  /** An e-mail from SES; its MessageId. */
  deliver(mail: Omit<Mail, 'messageId' | 'at'>): string;
  refusalOf(address: string): MailRefusal | undefined;
}

/** Older mails are forgotten. */
const MAILS_KEPT = 10_000;

export function createMailbox({ clock }: { readonly clock: LocalClock }): MailLine {
  let mails: Mail[] = [];
  const watchers = new Set<(mail: Mail) => void>();
  const refused = new Map<string, MailRefusal>();
  return {
    mails: (address) => (address === undefined ? [...mails] : mails.filter(({ to }) => to === address)),
    onMail(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    refuse(address, code) {
      if (code === undefined) refused.delete(address);
      else refused.set(address, code);
    },
    refusalOf: (address) => refused.get(address),
    deliver(given) {
      const mail = { ...given, messageId: randomUUID(), at: clock.now() };
      mails = [...mails.slice(1 - MAILS_KEPT), mail];
      for (const watch of watchers) watch(mail);
      return mail.messageId;
    },
    forget() {
      mails = [];
      refused.clear();
    },
  };
}

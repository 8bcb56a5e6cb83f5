import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { failedCall, isRefused, isWorthAnotherTry } from '../platform/failed-call.ts';
import {
  type EmailMessage,
  EmailNotSent,
  type EmailOutcome,
  type EmailPort,
  type EmailRefusal,
} from './email.ts';

/**
 * E-mail by Amazon SES (API v2). The client must be made with `maxAttempts: 1`: SendEmail has no idempotency key, so a
 * retry inside the SDK after a lost answer would write twice. `accepted` means SES took the message; a bounce shows
 * later, at the account.
 */
export function createSesEmail(client: Pick<SESv2Client, 'send'>): EmailPort {
  return {
    send: async (message) => {
      try {
        const { MessageId } = await client.send(sendEmail(message));
        if (MessageId === undefined) return { outcome: 'unknown', code: 'NoMessageId' };
        return { outcome: 'accepted', messageId: MessageId };
      } catch (error) {
        return judge(error);
      }
    },
  };
}

function sendEmail({ to, from, fromName, subject, text, thread }: EmailMessage): SendEmailCommand {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return new SendEmailCommand({
    FromEmailAddress: `${encodedWord(fromName)} <${from}>`,
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { Text: utf8(text) },
        ...(thread === undefined
          ? {}
          : { Headers: ['In-Reply-To', 'References'].map((Name) => ({ Name, Value: thread })) }),
      },
    },
  });
}

/** A display name outside ASCII is an encoded word (RFC 2047 §2); SES takes no other. One is at most 75 characters. */
export function encodedWord(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  const words: string[] = [];
  let piece = '';
  for (const character of name) {
    if (Buffer.byteLength(piece + character) > 45) {
      words.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...words, piece].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** Codes of the SES v2 API (SendEmail, common errors) without their `Exception` ending. */
const refusals: Readonly<Record<string, EmailRefusal>> = {
  MessageRejected: 'rejected',
  AccountSuspended: 'paused',
  SendingPaused: 'paused',
  MailFromDomainNotVerified: 'not_allowed',
  NotFound: 'not_allowed',
  AccessDenied: 'not_allowed',
  BadRequest: 'invalid_address',
};

/** The message of an error may quote the address: only codes go on (I10). */
function judge(error: unknown): EmailOutcome {
  const failed = failedCall(error);
  const { code } = failed;
  if (isWorthAnotherTry(failed)) throw new EmailNotSent(code);
  const listed = refusals[code];
  if (listed !== undefined) return { outcome: 'refused', reason: listed, code };
  return isRefused(failed) ? { outcome: 'refused', reason: 'rejected', code } : { outcome: 'unknown', code };
}

import type { SQSRecord } from 'aws-lambda';
import { createSendEmail, type SendEmailDeps } from '../../notification/send-email.ts';
import { effectKeyOf } from '../effect-messages.ts';
import type { PlainWork } from './work.ts';

/** Sends the e-mail of one message of the email queue. */
export function sendEmail(deps: PlainWork & Pick<SendEmailDeps, 'cipher' | 'email' | 'sender'>) {
  const { rooms, telemetry } = deps;
  const send = createSendEmail({ ...rooms, ...deps, contactOf: rooms.contacts.get });
  return async (record: SQSRecord): Promise<void> => {
    const sent = await send(effectKeyOf(record));
    const reason = 'reason' in sent ? sent.reason : undefined;
    telemetry.log('email_sent', { outcome: sent.outcome, reason });
    if (sent.outcome === 'refused' || sent.outcome === 'unknown') telemetry.count('EmailNotSent');
  };
}

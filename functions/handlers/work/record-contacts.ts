import type { SQSRecord } from 'aws-lambda';
import { parseContactEvent } from '../../notification/contact-event.ts';
import { createRecordContact } from '../../ticket/record-contact.ts';
import { queueName } from '../patience.ts';
import type { PlainWork } from './work.ts';

/** A contact event may name the caller's number, in fields we do not read: nothing of it is kept. */
export const keptOfContact = async (): Promise<string> => '{}';

/** Records one message of the contacts queue. */
export function recordContacts({ rooms, telemetry }: PlainWork) {
  const record = createRecordContact(rooms);
  return async (message: SQSRecord): Promise<void> => {
    const parsed = parseContactEvent(message.body);
    if (parsed.kind === 'refused') {
      const { reason, detail } = parsed;
      await rooms.quarantine.keep({
        ...{ source: queueName(message), body: await keptOfContact(), identity: message.body },
        ...{ reason, detail, now: rooms.now() },
      });
      telemetry.log('event_quarantined', { reason, detail, messageId: message.messageId });
      telemetry.count('QuarantinedEvents');
      return;
    }
    const { outcome, ticketNumber } = await record(parsed.event);
    telemetry.log('call_recorded', { type: parsed.event.eventType, outcome, ticketNumber });
  };
}

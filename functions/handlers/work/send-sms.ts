import type { SQSRecord } from 'aws-lambda';
import { createTextsPreference } from '../../alert/opt-out.ts';
import { noTextsTo } from '../../alert/phone.ts';
import { createRecordText } from '../../alert/record-text.ts';
import { createPreferenceStore } from '../../card/preference-store.ts';
import { isQuiet } from '../../notification/quiet-hours.ts';
import { createSendText, type SendTextDeps } from '../../notification/send-text.ts';
import { createMakeCode } from '../../verification/make-code.ts';
import type { CodeKeys } from '../../verification/one-time-code.ts';
import { effectKeyOf } from '../effect-messages.ts';
import type { PlainWork } from './work.ts';

/** Sends the text of one message of the sms queue. */
export function sendSms(
  deps: PlainWork &
    Pick<SendTextDeps, 'cipher' | 'sms' | 'sender'> & {
      readonly codeKeys: () => Promise<CodeKeys>;
      readonly newCode: () => string;
    },
) {
  const { rooms, telemetry } = deps;
  const preferences = createPreferenceStore(rooms);
  const sendText = createSendText({
    ...rooms,
    ...deps,
    contactOf: rooms.contacts.get,
    noTextsTo: async (digest) => noTextsTo((await rooms.phones.get(digest))?.body),
    presentDigest: async (digest) => (await rooms.phones.get(digest))?.body.digest ?? digest,
    setTexts: createTextsPreference(rooms),
    recordText: createRecordText(rooms),
    wantsQuiet: async (customerId, at) =>
      isQuiet((await preferences.get(customerId))?.body.quiet, { at, zone: deps.sender.zone }),
    makeCode: createMakeCode({ ...rooms, ...deps }),
    alertOf: async (alertId) => (await rooms.alerts.get(alertId))?.body,
  });
  return async (record: SQSRecord): Promise<void> => {
    const sent = await sendText(effectKeyOf(record));
    const reason = sent.outcome === 'refused' ? sent.reason : undefined;
    telemetry.log('text_sent', { outcome: sent.outcome, reason });
    if (sent.outcome === 'refused' || sent.outcome === 'unknown') telemetry.count('SmsNotSent');
    // One customer's cap is a ticket; these two are somebody at work on all of us (H20).
    if (reason === 'cap_system' || reason === 'cap_country') telemetry.count('SmsCapReached');
  };
}

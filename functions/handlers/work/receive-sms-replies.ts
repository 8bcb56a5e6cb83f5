import type { SQSRecord } from 'aws-lambda';
import { createReceiveReply } from '../../alert/receive-reply.ts';
import { parseInboundSms, SEALED_OWNER, sealInboundSms } from '../../notification/inbound-sms.ts';
import type { PhoneCipher } from '../../notification/phone-cipher.ts';
import type { PhoneDigests } from '../../notification/phone-keys.ts';
import { queueName } from '../patience.ts';
import type { PlainWork } from './work.ts';

/** What of a text may lie in quarantine: neither who wrote it nor a card number. */
export function keptOf(cipher: Pick<PhoneCipher, 'encrypt'>) {
  return ({ body }: SQSRecord): Promise<string> =>
    sealInboundSms(body, (e164) => cipher.encrypt({ e164, owner: SEALED_OWNER }));
}

/** Takes one text a customer sent. */
export function receiveSmsReplies(
  deps: PlainWork & {
    readonly cipher: Pick<PhoneCipher, 'encrypt'>;
    readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
  },
) {
  const { rooms, telemetry } = deps;
  const receiveReply = createReceiveReply({ ...rooms, ...deps });
  const kept = keptOf(deps.cipher);
  return async (record: SQSRecord): Promise<void> => {
    const parsed = parseInboundSms(record.body);
    if (parsed.kind === 'refused') {
      const { reason, detail } = parsed;
      await rooms.quarantine.keep({
        source: queueName(record),
        body: await kept(record),
        identity: record.body,
        reason,
        detail,
        now: rooms.now(),
      });
      telemetry.log('event_quarantined', { reason, detail, messageId: record.messageId });
      telemetry.count('QuarantinedEvents');
      return;
    }
    const { reading, effect, alerts } = await receiveReply(parsed.text);
    telemetry.log('reply_received', { reading, effect, alerts });
  };
}

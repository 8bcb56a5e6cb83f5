import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSRecord } from 'aws-lambda';
import { createReceiveReply } from '../alert/receive-reply.ts';
import { parseInboundSms, SEALED_OWNER, sealInboundSms } from '../notification/inbound-sms.ts';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { maskForStorage } from '../platform/mask.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, receiveSmsRepliesEnvironment } from './environments.ts';
import { createPatience, queueName } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(receiveSmsRepliesEnvironment);
const telemetry = createTelemetry('receive-sms-replies');
const rooms = createRooms(environment);
const phoneKeys = createPhoneKeyStore({
  client: new SecretsManagerClient(CALL_LIMITS),
  secretArn: environment.PHONE_KEYS_SECRET_ARN,
  now: rooms.now,
  onStale: (error) => telemetry.warn('phone_keys_stale', error),
});
const cipher = createPhoneCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN });
const receiveReply = createReceiveReply({
  ...rooms,
  cipher,
  digestsOf: async (e164) => phoneDigests(await phoneKeys(), e164),
  mask: maskForStorage,
});

/** What of a text may lie in quarantine: neither who wrote it nor a card number. */
const kept = ({ body }: SQSRecord): Promise<string> =>
  sealInboundSms(body, (e164) => cipher.encrypt({ e164, owner: SEALED_OWNER }));

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept }),
  handle: async (record) => {
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
  },
});

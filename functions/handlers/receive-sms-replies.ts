import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, receiveSmsRepliesEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { keptOf, receiveSmsReplies } from './work/receive-sms-replies.ts';

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

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOf(cipher) }),
  handle: receiveSmsReplies({
    rooms,
    telemetry,
    cipher,
    digestsOf: async (e164) => phoneDigests(await phoneKeys(), e164),
  }),
});

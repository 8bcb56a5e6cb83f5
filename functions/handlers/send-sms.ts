import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { readCaps } from '../notification/sms-caps.ts';
import { createSmsRouter } from '../notification/sms-router.ts';
import { readRoutes } from '../notification/sms-routes.ts';
import { createSnsSms } from '../notification/sns-sms.ts';
import { newDigits } from '../platform/ids.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, sendSmsEnvironment } from './environments.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { sendSms } from './work/send-sms.ts';

const environment = readEnvironment(sendSmsEnvironment);
const telemetry = createTelemetry('send-sms');
/** By name, as routes name them. Publish has no idempotency key: a repeat inside the SDK could be a second text. */
const providers = { sns: createSnsSms(new SNSClient({ ...CALL_LIMITS, maxAttempts: 1 })) };
const rooms = createRooms(environment);

export const handler = queueHandler({
  telemetry,
  handle: sendSms({
    rooms,
    telemetry,
    cipher: createPhoneCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN }),
    codeKeys: createPhoneKeyStore({
      client: new SecretsManagerClient(CALL_LIMITS),
      secretArn: environment.CODE_KEYS_SECRET_ARN,
      name: 'code keys',
      now: rooms.now,
      onStale: (error) => telemetry.warn('code_keys_stale', error),
    }),
    newCode: () => newDigits(8),
    sms: createSmsRouter(providers),
    sender: {
      bank: { zh: environment.BANK_NAME_ZH, en: environment.BANK_NAME_EN },
      zone: environment.ISSUER_ZONE,
      twoWay: environment.SMS_REPLIES === 'two-way',
      maxPriceUsd: environment.SMS_MAX_PRICE_USD,
      senderId: environment.SMS_SENDER_ID || undefined,
      originationNumber: environment.SMS_ORIGINATION_NUMBER || undefined,
      countries: environment.SMS_COUNTRIES.split(',').map((country) => country.trim()),
      routes: readRoutes(environment.SMS_ROUTES, Object.keys(providers)),
      caps: readCaps(environment.SMS_CAPS),
    },
  }),
});

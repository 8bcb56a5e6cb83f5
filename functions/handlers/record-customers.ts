import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, recordCustomersEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { keptOfCustomer, recordCustomers } from './work/record-customers.ts';

const environment = readEnvironment(recordCustomersEnvironment);
const telemetry = createTelemetry('record-customers');
const rooms = createRooms(environment);
const phoneKeys = createPhoneKeyStore({
  client: new SecretsManagerClient(CALL_LIMITS),
  secretArn: environment.PHONE_KEYS_SECRET_ARN,
  now: rooms.now,
  onStale: (error) => telemetry.warn('phone_keys_stale', error),
});
const cipher = createPhoneCipher({
  client: new KMSClient(CALL_LIMITS),
  keyArn: environment.DATA_KEY_ARN,
});

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOfCustomer(cipher) }),
  handle: recordCustomers({
    rooms,
    telemetry,
    cipher,
    digestsOf: async (e164) => phoneDigests(await phoneKeys(), e164),
  }),
});

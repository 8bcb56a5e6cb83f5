import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { newBase32Secret, newChallenge, newId, newSpokenCode } from '../platform/ids.ts';
import { createLimits } from '../platform/limits.ts';
import { createRequests } from '../platform/requests.ts';
import { createPasskey } from '../verification/passkey.ts';
import { createTotpCipher } from '../verification/totp-cipher.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, verificationApiEnvironment } from './environments.ts';
import { httpHandler } from './http.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { factorApi } from './work/factor-api.ts';
import { provenApi } from './work/proven-api.ts';
import { verificationApi } from './work/verification-api.ts';

const environment = readEnvironment(verificationApiEnvironment);
const telemetry = createTelemetry('verification-api');
const rooms = createRooms(environment);

const kms = { client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN };
const work = {
  rooms,
  telemetry,
  newId,
  newTicketNumber: () => `FR-${newSpokenCode(8)}`,
  requests: createRequests(rooms.db, rooms.casesTable, rooms.now),
  limits: createLimits(rooms.db, rooms.casesTable, rooms.now),
  codeKeys: createPhoneKeyStore({
    client: new SecretsManagerClient(CALL_LIMITS),
    secretArn: environment.CODE_KEYS_SECRET_ARN,
    name: 'code keys',
    now: rooms.now,
    onStale: (error) => telemetry.warn('code_keys_stale', error),
  }),
  totpCipher: createTotpCipher(kms),
};
const factorWork = {
  ...work,
  phoneCipher: createPhoneCipher(kms),
  passkey: createPasskey({
    id: environment.PASSKEY_RP_ID,
    name: environment.BANK_NAME_EN,
    origins: environment.PASSKEY_ORIGINS.split(',').map((origin) => origin.trim()),
  }),
  newChallenge,
  newSecret: newBase32Secret,
  bankName: environment.BANK_NAME_EN,
};

export const handler = httpHandler(telemetry, [
  ...verificationApi(work),
  ...factorApi(factorWork),
  ...provenApi(work),
]);

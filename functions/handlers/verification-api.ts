import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { createLimits } from '../platform/limits.ts';
import { createRequests } from '../platform/requests.ts';
import { createTotpCipher } from '../verification/totp-cipher.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, verificationApiEnvironment } from './environments.ts';
import { httpHandler } from './http.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { verificationApi } from './work/verification-api.ts';

const environment = readEnvironment(verificationApiEnvironment);
const telemetry = createTelemetry('verification-api');
const rooms = createRooms(environment);

export const handler = httpHandler(
  telemetry,
  verificationApi({
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
    totpCipher: createTotpCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN }),
  }),
);

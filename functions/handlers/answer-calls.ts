import { setTimeout as pause } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { CALL_LIMITS } from './clients.ts';
import { answerCallsEnvironment, readEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { answerCalls } from './work/answer-calls.ts';

const environment = readEnvironment(answerCallsEnvironment);
const telemetry = createTelemetry('answer-calls');
const rooms = createRooms(environment);
const phoneKeys = createPhoneKeyStore({
  client: new SecretsManagerClient(CALL_LIMITS),
  secretArn: environment.PHONE_KEYS_SECRET_ARN,
  now: rooms.now,
  onStale: (error) => telemetry.warn('phone_keys_stale', error),
});

export const handler = middy<unknown, Readonly<Record<string, string>>>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler(
    answerCalls({
      ...{ rooms, telemetry, newId, zone: environment.ISSUER_ZONE },
      newTicketNumber: () => `FR-${newSpokenCode(8)}`,
      digestsOf: async (e164) => phoneDigests(await phoneKeys(), e164),
      answerWithinMs: Number(environment.ANSWER_WITHIN_MS),
      bank: { zh: environment.BANK_NAME_ZH, en: environment.BANK_NAME_EN },
      pause: async (ms) => {
        await pause(ms);
      },
    }),
  );

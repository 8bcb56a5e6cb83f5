import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { customerReaders } from '../card/card-readers.ts';
import { createIssueCard } from '../card/issue-card.ts';
import { createRecordContact } from '../card/record-contact.ts';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { bankEventHandler } from './bank-events.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, recordCustomersEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(recordCustomersEnvironment);
const telemetry = createTelemetry('record-customers');
const rooms = createRooms(environment);
const phoneKeys = createPhoneKeyStore({
  client: new SecretsManagerClient(CALL_LIMITS),
  secretArn: environment.PHONE_KEYS_SECRET_ARN,
  now: rooms.now,
  onStale: (error) => telemetry.warn('phone_keys_stale', error),
});
const issueCard = createIssueCard(rooms);
const recordContact = createRecordContact({
  ...rooms,
  cipher: createPhoneCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN }),
  digestsOf: async (e164) => phoneDigests(await phoneKeys(), e164),
});

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry }),
  handle: bankEventHandler({
    telemetry,
    quarantine: rooms.quarantine,
    now: rooms.now,
    readers: customerReaders,
    handle: async (event) => {
      if (event.type === 'CardIssued') {
        const { outcome } = await issueCard(event.detail);
        telemetry.log('card_recorded', { cardToken: event.detail.cardToken, outcome });
        return undefined;
      }
      const { outcome } = await recordContact(event.detail);
      telemetry.log('contact_recorded', { customerId: event.detail.customerId, outcome });
      return undefined;
    },
  }),
});

import { KMSClient } from '@aws-sdk/client-kms';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createSesEmail } from '../notification/ses-email.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, sendEmailEnvironment } from './environments.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { sendEmail } from './work/send-email.ts';

const environment = readEnvironment(sendEmailEnvironment);
const telemetry = createTelemetry('send-email');

export const handler = queueHandler({
  telemetry,
  handle: sendEmail({
    rooms: createRooms(environment),
    telemetry,
    cipher: createPhoneCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN }),
    // SendEmail has no idempotency key: a repeat inside the SDK could be a second e-mail.
    email: createSesEmail(new SESv2Client({ ...CALL_LIMITS, maxAttempts: 1 })),
    sender: {
      from: environment.EMAIL_FROM || undefined,
      bank: { zh: environment.BANK_NAME_ZH, en: environment.BANK_NAME_EN },
      zone: environment.ISSUER_ZONE,
    },
  }),
});

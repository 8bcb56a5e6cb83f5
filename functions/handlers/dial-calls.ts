import { ConnectClient } from '@aws-sdk/client-connect';
import { KMSClient } from '@aws-sdk/client-kms';
import { createConnectCalls } from '../notification/connect-calls.ts';
import { idOfArn } from '../notification/contact-event.ts';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { CALL_LIMITS } from './clients.ts';
import { dialCallsEnvironment, readEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { dialCalls } from './work/dial-calls.ts';

const environment = readEnvironment(dialCallsEnvironment);
const telemetry = createTelemetry('dial-calls');
const rooms = createRooms(environment);
// An agent waits for the phone to ring: tried again within seconds. The sweep is behind it, so nothing is set aside.
const { hasten } = createPatience({ ...rooms, telemetry, kept: async () => '{}' });

export const handler = queueHandler({
  telemetry,
  patience: { hasten, setAside: async () => false },
  handle: dialCalls({
    rooms,
    telemetry,
    cipher: createPhoneCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN }),
    // Under one token a repeat inside the SDK, seconds later, is the same call.
    calls: createConnectCalls(new ConnectClient(CALL_LIMITS), {
      instanceId: environment.CONNECT_INSTANCE_ID,
      flowId: idOfArn(environment.CONNECT_DIAL_FLOW_ARN) ?? '',
      queueId: environment.CONNECT_QUEUE_ID,
      sourceNumber: environment.CONNECT_SOURCE_NUMBER || undefined,
    }),
    bank: { zh: environment.BANK_NAME_ZH, en: environment.BANK_NAME_EN },
  }),
});

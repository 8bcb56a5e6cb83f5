import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { ASK_WITHOUT_CONFIRMATION_SECONDS } from '../alert/alert.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, routeEffectsEnvironment } from './environments.ts';
import { handleStream } from './stream-records.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(routeEffectsEnvironment);
const telemetry = createTelemetry('route-effects');
const sqs = new SQSClient(CALL_LIMITS);
const effectSchema = z.object({ pk: z.string(), sk: z.string(), effect: z.enum(['sms', 'ask', 'publish']) });

/** Each kind of effect has a queue of its own, so that none waits behind another. */
const routes = {
  sms: { queueUrl: environment.SMS_QUEUE_URL, delaySeconds: 0 },
  ask: { queueUrl: environment.ASK_QUEUE_URL, delaySeconds: ASK_WITHOUT_CONFIRMATION_SECONDS },
  publish: { queueUrl: environment.PUBLISH_QUEUE_URL, delaySeconds: 0 },
};

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler((event) =>
    handleStream(event.Records, telemetry, async (item) => {
      const { pk, sk, effect } = effectSchema.parse(item);
      const { queueUrl, delaySeconds } = routes[effect];
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify({ pk, sk }),
          DelaySeconds: delaySeconds,
        }),
      );
      telemetry.log('effect_routed', { effect });
    }),
  );

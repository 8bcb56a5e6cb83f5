import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, routeEffectsEnvironment } from './environments.ts';
import { handleStream } from './stream-records.ts';
import { createTelemetry } from './telemetry.ts';
import { routeEffects, type SendToQueue } from './work/route-effects.ts';

const environment = readEnvironment(routeEffectsEnvironment);
const telemetry = createTelemetry('route-effects');
const sqs = new SQSClient(CALL_LIMITS);
const queueUrls = {
  sms: environment.SMS_QUEUE_URL,
  email: environment.EMAIL_QUEUE_URL,
  ask: environment.ASK_QUEUE_URL,
  publish: environment.PUBLISH_QUEUE_URL,
  dial: environment.DIAL_QUEUE_URL,
};

const send: SendToQueue = async (effect, { body, delaySeconds }) => {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrls[effect],
      MessageBody: body,
      DelaySeconds: delaySeconds,
    }),
  );
};
const routeEffect = routeEffects({ telemetry, send });

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler((event) => handleStream(event.Records, telemetry, routeEffect));

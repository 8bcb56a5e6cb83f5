import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { BusEvent } from '../issuer.ts';
import type { Credentials } from './functions.ts';

/** What the stack itself asks of the services: as administrator, and as the simulated issuer. */
export interface StackClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  putEvent(event: BusEvent): Promise<void>;
  close(): void;
}

export function createStackClients(options: {
  endpoint: string;
  region: string;
  busName: string;
  admin: Credentials;
  issuer: Credentials;
}): StackClients {
  const { endpoint, region } = options;
  const dynamodb = new DynamoDBClient({ endpoint, region, credentials: options.admin });
  const sqs = new SQSClient({ endpoint, region, credentials: options.admin });
  const events = new EventBridgeClient({ endpoint, region, credentials: options.issuer });
  return {
    dynamodb,
    sqs,
    async putEvent(event) {
      const { FailedEntryCount } = await events.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: options.busName,
              Source: event.source,
              DetailType: event['detail-type'],
              Detail: JSON.stringify(event.detail),
            },
          ],
        }),
      );
      if (FailedEntryCount) throw new Error(`the bus did not take ${event['detail-type']}`);
    },
    close() {
      for (const client of [dynamodb, sqs, events]) client.destroy();
    },
  };
}

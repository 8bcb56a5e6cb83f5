import { Aws, CfnResource } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { bankSource } from '../events.ts';
import type { Names } from '../names.ts';
import { removalPolicy } from './removal.ts';

/** The bus the bank puts its card events on. Another account may put only what says it is the bank's. */
export function createBus(scope: Construct, id: string, config: StageConfig, names: Names): events.EventBus {
  const bus = new events.EventBus(scope, id, { eventBusName: names.bus });
  bus.applyRemovalPolicy(removalPolicy(config));
  if (config.bankAccountId !== undefined) {
    // Untyped: the library's own class warns of its deprecated `principal` even where that is not used.
    new CfnResource(scope, 'BankMayPutEvents', {
      type: 'AWS::Events::EventBusPolicy',
      properties: {
        EventBusName: bus.eventBusName,
        StatementId: 'BankMayPutEvents',
        Statement: {
          Sid: 'BankMayPutEvents',
          Effect: 'Allow',
          Principal: { AWS: `arn:${Aws.PARTITION}:iam::${config.bankAccountId}:root` },
          Action: 'events:PutEvents',
          Resource: bus.eventBusArn,
          Condition: { StringEquals: { 'events:source': bankSource } },
        },
      },
    });
  }
  return bus;
}

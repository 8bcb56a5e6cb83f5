import { CfnOutput, Duration, type StackProps } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfig } from './config.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { createDataKey } from './constructs/data-key.ts';
import { ReadableStack } from './constructs/readable-stack.ts';
import { removalPolicy } from './constructs/removal.ts';
import { createTable } from './constructs/tables.ts';
import { createTopic } from './constructs/topic.ts';
import { createSmsChannel } from './constructs/two-way-sms.ts';
import { createUserPool, type UserPoolSide } from './constructs/user-pool.ts';
import { bankSource } from './events.ts';
import { type Names, namesFor } from './names.ts';
import { shareParameters } from './parameters.ts';

export interface StatefulStackProps extends StackProps {
  readonly config: StageConfig;
}

/** What must survive a deployment: tables, the key, the bus, topics, the secret, people's sign-ins. */
export class StatefulStack extends ReadableStack {
  constructor(scope: Construct, id: string, props: StatefulStackProps) {
    super(scope, id, props);
    const { config } = props;
    const names = namesFor(config.stage);
    const key = createDataKey(this, config, names);
    const cards = createTable(this, 'CardsTable', { config, key, indexes: ['gsi1'] });
    const cases = createTable(this, 'CasesTable', {
      config,
      key,
      indexes: ['gsi1', 'gsi2', 'gsi3'],
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const bus = this.#createBus(config, names);
    const phoneKeys = this.#createPhoneKeys(config, key);
    const smsReplies = createTopic(this, 'SmsRepliesTopic', { name: names.smsRepliesTopic, key });
    const smsNumber = createSmsChannel(this, { config, topic: smsReplies, key });
    const alarms = this.#createAlarmsTopic(config, names, key);
    const customers = this.#customerPool(config);
    const agents = this.#agentPool(config);

    shareParameters(this, config.stage, {
      'data-key-arn': key.keyArn,
      'cards-table': cards.tableName,
      'cases-table': cases.tableName,
      'cases-stream-arn': cases.tableStreamArn ?? '',
      'bus-name': bus.eventBusName,
      'sms-replies-topic-arn': smsReplies.topicArn,
      'alarms-topic-arn': alarms.topicArn,
      'phone-keys-secret-arn': phoneKeys.secretArn,
      ...(smsNumber && { 'sms-number': smsNumber.attrPhoneNumber }),
      ...(customers && { 'customers-issuer': customers.issuer, 'customers-client-id': customers.clientId }),
      ...(agents && { 'agents-issuer': agents.issuer, 'agents-client-id': agents.clientId }),
    });
    this.#output({
      DataKeyArn: key.keyArn,
      CardsTableName: cards.tableName,
      CasesTableName: cases.tableName,
      BusName: bus.eventBusName,
      SmsRepliesTopicArn: smsReplies.topicArn,
      AlarmsTopicArn: alarms.topicArn,
      PhoneKeysSecretArn: phoneKeys.secretArn,
      ...(customers && { CustomerPoolId: customers.pool.userPoolId, CustomerClientId: customers.clientId }),
      ...(agents && { AgentPoolId: agents.pool.userPoolId, AgentClientId: agents.clientId }),
    });
  }

  #createBus(config: StageConfig, names: Names): events.EventBus {
    const bus = new events.EventBus(this, 'CardEventsBus', { eventBusName: names.bus });
    bus.applyRemovalPolicy(removalPolicy(config));
    if (config.bankAccountId !== undefined) {
      bus.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'BankMayPutItsCardEvents',
          principals: [new iam.AccountPrincipal(config.bankAccountId)],
          actions: ['events:PutEvents'],
          resources: [bus.eventBusArn],
          conditions: { StringEquals: { 'events:source': bankSource } },
        }),
      );
    }
    return bus;
  }

  /** Stored as `{"current":"1","key1":"…"}`: a generated string cannot be nested; the reader maps `keyN` to N. */
  #createPhoneKeys(config: StageConfig, key: kms.IKey): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(this, 'PhoneKeys', {
      description: 'HMAC keys by which phone numbers are looked up; `current` names the one new numbers use',
      encryptionKey: key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: '1' }),
        generateStringKey: 'key1',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: removalPolicy(config),
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'Rotation adds a key version and must re-index the open alerts of every phone; it is a command run by ' +
        'people, because a schedule that replaced the key alone would lose customers’ answers.',
    });
    return secret;
  }

  #createAlarmsTopic(config: StageConfig, names: Names, key: kms.IKey): sns.Topic {
    const topic = createTopic(this, 'AlarmsTopic', { name: names.alarmsTopic, key });
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AlarmsMayNotify',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (config.alarmEmail !== undefined) {
      topic.addSubscription(new subscriptions.EmailSubscription(config.alarmEmail));
    }
    return topic;
  }

  #customerPool(config: StageConfig): UserPoolSide | undefined {
    if (config.customerIssuer !== undefined) return undefined;
    return createUserPool(this, 'CustomerPool', {
      config,
      scope: 'customer',
      mfa: cognito.Mfa.OPTIONAL,
      accessTokenValidity: Duration.minutes(30),
      callbackUrls: config.customerCallbackUrls ?? ['http://localhost:5173/'],
    });
  }

  #agentPool(config: StageConfig): UserPoolSide | undefined {
    if (config.agentIssuer !== undefined) return undefined;
    return createUserPool(this, 'AgentPool', {
      config,
      scope: 'agent',
      mfa: cognito.Mfa.REQUIRED,
      accessTokenValidity: Duration.minutes(30),
      callbackUrls: config.agentCallbackUrls ?? ['http://localhost:5173/'],
    });
  }

  #output(values: Readonly<Record<string, string>>): void {
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }
}

import { CfnOutput, Duration, type StackProps } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StageConfig } from './config.ts';
import { addContactCentreClaim, CONNECT_USER_ATTRIBUTE } from './constructs/agent-claims.ts';
import { createBus } from './constructs/bus.ts';
import { createDataKey } from './constructs/data-key.ts';
import { createEvidenceBucket } from './constructs/evidence-bucket.ts';
import { createCodeKeys, createPhoneKeys } from './constructs/hmac-keys.ts';
import { ReadableStack } from './constructs/readable-stack.ts';
import { createTable } from './constructs/tables.ts';
import { createAlarmsTopic, createTopic } from './constructs/topic.ts';
import { createSmsChannel } from './constructs/two-way-sms.ts';
import { createUserPool, type UserPoolSide } from './constructs/user-pool.ts';
import { namesFor } from './names.ts';
import { shareParameters } from './parameters.ts';
import { deskGroups, ruleGroups } from './routes.ts';

export interface StatefulStackProps extends StackProps {
  readonly config: StageConfig;
}

/** What must survive a deployment: tables, evidence, keys, the bus, topics, the secret, people's sign-ins. */
export class StatefulStack extends ReadableStack {
  constructor(scope: Construct, id: string, props: StatefulStackProps) {
    super(scope, id, props);
    const { config } = props;
    const names = namesFor(config.stage);
    const key = createDataKey(this, config, names);
    const cards = createTable(this, 'CardsTable', { config, key, indexes: ['gsi1', 'gsi2'] });
    const cases = createTable(this, 'CasesTable', {
      config,
      key,
      indexes: ['gsi1', 'gsi2', 'gsi3'],
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const bus = createBus(this, 'CardEventsBus', config, names);
    const phoneKeys = createPhoneKeys(this, 'PhoneKeys', { config, key });
    const codeKeys = createCodeKeys(this, 'CodeKeys', { config, key });
    const smsReplies = createTopic(this, 'SmsRepliesTopic', { name: names.smsRepliesTopic, key });
    const smsNumber = createSmsChannel(this, { config, topic: smsReplies, key });
    const evidence = createEvidenceBucket(this, config);
    const alarms = createAlarmsTopic(this, 'AlarmsTopic', {
      name: names.alarmsTopic,
      key,
      email: config.alarmEmail,
    });
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
      'code-keys-secret-arn': codeKeys.secretArn,
      'evidence-bucket': evidence.bucket.bucketName,
      'evidence-domain': evidence.bucket.bucketRegionalDomainName,
      'evidence-key-arn': evidence.key.keyArn,
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
      CodeKeysSecretArn: codeKeys.secretArn,
      EvidenceBucketName: evidence.bucket.bucketName,
      ...(customers && { CustomerPoolId: customers.pool.userPoolId, CustomerClientId: customers.clientId }),
      ...(agents && { AgentPoolId: agents.pool.userPoolId, AgentClientId: agents.clientId }),
    });
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
    const agents = createUserPool(this, 'AgentPool', {
      config,
      scope: 'agent',
      mfa: cognito.Mfa.REQUIRED,
      accessTokenValidity: Duration.minutes(30),
      callbackUrls: config.agentCallbackUrls ?? ['http://localhost:5173/'],
      groups: { ...deskGroups, ...ruleGroups },
      attributes: [CONNECT_USER_ATTRIBUTE],
    });
    if (config.connectInstanceId !== undefined) addContactCentreClaim(this, config, agents.pool);
    return agents;
  }

  #output(values: Readonly<Record<string, string>>): void {
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }
}

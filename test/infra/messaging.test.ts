import { describe, expect, test } from 'vitest';
import { type FunctionName, guardFunctions } from '../../infra/functions.ts';
import { queues as queueSpecs } from '../../infra/queues.ts';
import { synthesise } from './synth.ts';
import { arrayOf, type Named, readable, resourcePolicy, resourcesOf, type Statement } from './template.ts';

/** Policies over every queue, topic, rule and mapping: a new one is covered the day it appears. */
const everything = {
  stage: 'prod',
  smsNumber: 'two-way',
  bankAccountId: '123456789012',
  bankBusArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/bank',
};
const { service, stateful } = synthesise(everything).templates;
const queues = resourcesOf(service, 'AWS::SQS::Queue');
const everyRule = resourcesOf(service, 'AWS::Events::Rule');
const isSchedule = (rule: (typeof everyRule)[number]) => rule[1].Properties.ScheduleExpression !== undefined;
const rules = everyRule.filter((rule) => !isSchedule(rule));
const schedules = everyRule.filter(isSchedule);
const mappings = resourcesOf(service, 'AWS::Lambda::EventSourceMapping');
const isDlq = ([id]: Named) => id.endsWith('Dlq');
const key = stateful.Resources.DataKey?.Properties.KeyPolicy.Statement as Statement[];

const policyOf = (queueId: string) => resourcePolicy(service, 'AWS::SQS::QueuePolicy', 'Queues', queueId);
const dlqIds = new Set(queues.filter(isDlq).map(([id]) => `<${id}.Arn>`));

/** ARNs from which a service may deliver, whatever resource says so. */
function sourcesOf(statements: readonly Statement[], principal: string): string[] {
  return statements
    .filter((s) => s.Effect === 'Allow' && (s.Principal as { Service?: string }).Service === principal)
    .filter((s) => readable(s.Condition?.StringEquals?.['aws:SourceAccount']) === '<AWS::AccountId>')
    .flatMap((s) => arrayOf(s.Condition?.ArnEquals?.['aws:SourceArn']).map(readable));
}

const arnOfRule = (rule: Named[1]) => {
  const bus = rule.Properties.EventBusName === undefined ? '' : 'cardguard-prod/';
  return `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/${bus}${rule.Properties.Name}`;
};

describe('queues', () => {
  test('there are the nine of the contract, and dead letters of all that can fail', () => {
    expect(queues.filter((q) => !isDlq(q)).map(([id]) => id)).toEqual(
      Object.values(queueSpecs).map((spec) => spec.id),
    );
  });

  test.each(queues)('%s is encrypted with our key and refuses plain HTTP', (id, queue) => {
    expect(readable(queue.Properties.KmsMasterKeyId)).toBe('<SharedDataKeyArnParameter>');
    const denied = policyOf(id).filter((s) => s.Effect === 'Deny');
    expect(denied).toMatchObject([
      { Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  const limits = Object.values(queueSpecs).map((spec) => ({ id: spec.id, patient: 'patient' in spec }));

  test.each(limits.filter(({ patient }) => !patient))('$id: 4 days, five tries', ({ id }) => {
    const { MessageRetentionPeriod, RedrivePolicy } = service.Resources[id]?.Properties ?? {};
    expect(MessageRetentionPeriod).toBe(4 * 86_400);
    expect(RedrivePolicy.maxReceiveCount).toBe(5);
    expect(dlqIds).toContain(readable(RedrivePolicy.deadLetterTargetArn));
  });

  test('what customers and the bank told us is waited out with patience, effects are not', () => {
    expect(limits.filter(({ patient }) => patient).map(({ id }) => id)).toEqual([
      'TransactionsQueue',
      'CardStatusQueue',
      'CustomersQueue',
      'LabelsQueue',
      'SmsRepliesQueue',
      'ContactsQueue',
      'EvidenceQueue',
    ]);
  });

  test.each(limits.filter(({ patient }) => patient))('$id: tried for more than 4 days', ({ id }) => {
    const { MessageRetentionPeriod, RedrivePolicy, VisibilityTimeout } =
      service.Resources[id]?.Properties ?? {};
    // The reader brings the first 120 tries forward.
    const triedSeconds = (RedrivePolicy.maxReceiveCount - 120) * VisibilityTimeout;
    expect(triedSeconds).toBeGreaterThan(4 * 86_400);
    // Else a message would be gone before it is a dead letter.
    expect(MessageRetentionPeriod).toBeGreaterThan(
      RedrivePolicy.maxReceiveCount * VisibilityTimeout + 7 * 86_400,
    );
    expect(dlqIds).toContain(readable(RedrivePolicy.deadLetterTargetArn));
  });

  test.each(queues.filter(isDlq))('%s keeps 14 days', (_, queue) => {
    expect(queue.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    expect(queue.Properties.RedrivePolicy).toBeUndefined();
  });

  test.each(Object.values(queueSpecs))('$id waits six timeouts of $consumer', ({ id, consumer }) => {
    const timeout = guardFunctions[consumer as FunctionName].timeoutSeconds;
    expect(service.Resources[guardFunctions[consumer].id]?.Properties.Timeout).toBe(timeout);
    expect(service.Resources[id]?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeout);
  });

  test('nobody but a service with a source may send by a queue policy', () => {
    for (const [id] of queues) {
      for (const statement of policyOf(id).filter((s) => s.Effect === 'Allow')) {
        expect(statement.Action).toBe('sqs:SendMessage');
        expect(statement.Condition?.ArnEquals?.['aws:SourceArn']).toBeDefined();
        expect(statement.Condition?.StringEquals?.['aws:SourceAccount']).toBeDefined();
      }
    }
  });
});

describe('rules', () => {
  test('each kind of bank event reaches its queue, and an unknown kind the quarantine', () => {
    const byQueue = Object.fromEntries(
      rules
        .filter(([, rule]) => rule.Properties.EventPattern?.source?.includes('bank.cards'))
        .map(([id, rule]) => [
          id,
          [rule.Properties.EventPattern['detail-type'], readable(rule.Properties.Targets[0].Arn)],
        ]),
    );
    const transactions = ['TransactionAuthorized', 'TransactionPosted', 'TransactionReversed'];
    const customers = ['CardIssued', 'CustomerContactChanged', 'SimChanged', 'DeviceRegistered'];
    // Who disputes a purchase hears what comes back of it.
    const labels = ['FraudConfirmed', 'FraudCleared', 'TransactionReversed'];
    const known = [...new Set([...transactions, 'CardStatusChanged', ...customers, ...labels])];
    expect(byQueue).toEqual({
      TransactionsRule: [transactions, '<TransactionsQueue.Arn>'],
      UnknownEventsRule: [[{ 'anything-but': known }], '<TransactionsQueue.Arn>'],
      CardStatusRule: [['CardStatusChanged'], '<CardStatusQueue.Arn>'],
      CustomersRule: [customers, '<CustomersQueue.Arn>'],
      LabelsRule: [labels, '<LabelsQueue.Arn>'],
    });
  });

  test('what our customers and agents say of a transaction comes to the labels as well', () => {
    expect(service.Resources.OwnLabelsRule?.Properties).toMatchObject({
      EventPattern: {
        source: ['cardguard'],
        'detail-type': ['FraudConfirmed', 'FraudCleared', 'AlertSettled', 'TransactionsReported'],
      },
      Targets: [{ Arn: { 'Fn::GetAtt': ['LabelsQueue', 'Arn'] } }],
    });
  });

  test.each(rules)('%s has dead letters it may write, as its queue and the key allow', (_, rule) => {
    const arn = arnOfRule(rule);
    expect(sourcesOf(key, 'events.amazonaws.com')).toContain(arn);
    for (const target of rule.Properties.Targets) {
      const dlq = readable(target.DeadLetterConfig.Arn);
      expect(dlqIds).toContain(dlq);
      const written = [dlq, readable(target.Arn)].map((t) => /^<(\w+)\.Arn>$/.exec(t)?.[1] ?? '');
      for (const id of written.filter((t) => service.Resources[t]?.Type === 'AWS::SQS::Queue')) {
        expect(sourcesOf(policyOf(id), 'events.amazonaws.com')).toContain(arn);
      }
    }
  });

  test('the bank may put its own events and no others', () => {
    const [policy] = resourcesOf(stateful, 'AWS::Events::EventBusPolicy');
    expect(policy?.[1].Properties.Statement).toMatchObject({
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Condition: { StringEquals: { 'events:source': 'bank.cards' } },
    });
  });

  test('the sweep runs every minute', () => {
    expect(service.Resources.SweepDeadlinesRule?.Properties.ScheduleExpression).toBe('rate(1 minute)');
    const config = resourcesOf(service, 'AWS::Lambda::EventInvokeConfig').map(([, c]) => c.Properties);
    expect(config.find(({ FunctionName: name }) => readable(name).includes('SweepDeadlines'))).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });

  test('cards are compared every day', () => {
    expect(service.Resources.ReconcileCardsRule?.Properties.ScheduleExpression).toBe('rate(1 day)');
  });

  test('a schedule has no dead letters: a failed call carries nothing that the next one does not find', () => {
    for (const [, rule] of schedules) expect(rule.Properties.Targets[0].DeadLetterConfig).toBeUndefined();
    expect(schedules).toHaveLength(3);
    expect(service.Resources).not.toHaveProperty('SweepDeadlinesDlq');
  });
});

describe('mappings', () => {
  const streams = mappings.filter(([, m]) => readable(m.Properties.EventSourceArn).includes('Stream'));

  test.each(mappings)('%s reports single failures', (_, mapping) => {
    expect(mapping.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mapping.Properties.BatchSize).toBe(10);
  });

  test.each(streams)('%s cuts out the bad record, tries again and names it in dead letters', (_, mapping) => {
    expect(mapping.Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(dlqIds).toContain(readable(mapping.Properties.DestinationConfig.OnFailure.Destination));
  });

  test('freezes have a mapping of their own, the other effects share one', () => {
    const filters = Object.fromEntries(
      streams.map(([id, m]) => [
        id,
        m.Properties.FilterCriteria.Filters.map((f: { Pattern: string }) => JSON.parse(f.Pattern)),
      ]),
    );
    const exists = (yes: boolean) => ({ S: [{ exists: yes }] });
    const eventName = ['INSERT', 'MODIFY'];
    expect(filters).toEqual({
      FreezeCardsSource: [
        { eventName, dynamodb: { NewImage: { effect: { S: ['issuer'] }, pendingSince: exists(true) } } },
      ],
      RouteEffectsSource: [
        {
          eventName,
          dynamodb: {
            NewImage: {
              effect: { S: ['sms', 'email', 'ask', 'publish', 'dial'] },
              pendingSince: exists(true),
              claimedAt: exists(false),
              releasedAt: exists(false),
            },
          },
        },
      ],
    });
  });

  test('every queue has exactly one reader, whose role may read it', () => {
    const read = mappings
      .map(([, m]) => readable(m.Properties.EventSourceArn))
      .filter((arn) => !arn.includes('Stream'));
    expect(read.toSorted()).toEqual(
      Object.values(queueSpecs)
        .map((spec) => `<${spec.id}.Arn>`)
        .toSorted(),
    );
  });
});

describe('texts of customers', () => {
  test('arrive with their envelope, and what cannot be delivered is kept', () => {
    const [[, subscription] = []] = resourcesOf(service, 'AWS::SNS::Subscription');
    expect(subscription?.Properties).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: false });
    expect(readable(subscription?.Properties.RedrivePolicy.deadLetterTargetArn)).toBe('<SmsRepliesDlq.Arn>');
    for (const id of ['SmsRepliesQueue', 'SmsRepliesDlq']) {
      expect(sourcesOf(policyOf(id), 'sns.amazonaws.com')).toEqual(['<SharedSmsRepliesTopicArnParameter>']);
    }
    expect(sourcesOf(key, 'sns.amazonaws.com')).toEqual([
      'arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:cardguard-prod-sms-replies',
    ]);
  });

  test.each(resourcesOf(stateful, 'AWS::SNS::Topic'))(
    '%s is encrypted and refuses plain HTTP',
    (id, topic) => {
      expect(readable(topic.Properties.KmsMasterKeyId)).toBe('<DataKey.Arn>');
      const denied = resourcePolicy(stateful, 'AWS::SNS::TopicPolicy', 'Topics', id).filter(
        (s) => s.Effect === 'Deny',
      );
      expect(denied).toMatchObject([{ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
    },
  );
});

describe('delivery status of texts', () => {
  const real = synthesise({ stage: 'prod' }).templates.service;
  const calls = resourcesOf(real, 'AWS::Lambda::Permission').filter(
    ([, { Properties }]) => Properties.Principal === 'logs.amazonaws.com',
  );

  test('SNS logs failures under a role of its own, and the function is called with them', () => {
    expect(real.Resources.FailedTexts?.Properties).toMatchObject({
      LogGroupName: { Ref: 'SmsFailedLogs' },
      DestinationArn: { Ref: 'RecordDeliveriesLive' },
    });
    expect(real.Resources.FailedTexts?.DependsOn).toContain('FailedTextsPermission');
    const call = JSON.stringify(real.Resources.SmsPreferences?.Properties.Update);
    expect(call).toContain('SmsDeliveryLogsRole');
    expect(call).toContain('DeliveryStatusSuccessSamplingRate');
  });

  test('only that log group of this account may call it', () => {
    expect(calls).toHaveLength(1);
    expect(calls[0]?.[1].Properties).toMatchObject({
      SourceArn: { 'Fn::GetAtt': ['SmsFailedLogs', 'Arn'] },
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  test('a try-out stage leaves the account’s logs alone; a laptop reads those of its simulated phone', () => {
    const of = (stage: string) => synthesise({ stage }).templates.service.Resources;
    expect([of('sandbox').FailedTexts, of('sandbox').SmsFailedLogs]).toEqual([undefined, undefined]);
    expect([of('local').FailedTexts?.Type, of('local').SmsPreferences]).toEqual([
      'AWS::Logs::SubscriptionFilter',
      undefined,
    ]);
  });
});

import * as z from 'zod';
import type {
  LocalBus,
  LocalLogSubscription,
  LocalQueue,
  LocalRule,
  LocalSubscription,
  LocalTopic,
  PolicyStatement,
} from '../model.ts';
import { keyArn } from './access.ts';
import { flag, json, policyDocument, read, text } from './properties.ts';
import type { Resource } from './scope.ts';

const queuePolicySchema = z.object({ PolicyDocument: policyDocument, Queues: z.array(text) });
const topicPolicySchema = z.object({ PolicyDocument: policyDocument, Topics: z.array(text) });
const deadLetterSchema = z.object({ Arn: text.optional() }).optional();
/** Queue properties that are no SQS attribute, or are carried elsewhere in the model. */
const NOT_ATTRIBUTES = new Set(['QueueName', 'Tags', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds']);

export function readQueues(resources: readonly Resource[]): LocalQueue[] {
  const policies = ofType(resources, 'AWS::SQS::QueuePolicy').map((item) => read(item, queuePolicySchema));
  return ofType(resources, 'AWS::SQS::Queue').map((resource) => {
    const { ref, attributes } = resource.identity;
    const { KmsMasterKeyId } = read(resource, z.object({ KmsMasterKeyId: text.optional() }));
    return {
      name: attributes.QueueName ?? '',
      arn: attributes.Arn ?? '',
      url: ref,
      kmsKeyArn: keyArn(KmsMasterKeyId, resources),
      attributes: Object.fromEntries(
        Object.entries(resource.properties)
          .filter(([name]) => !NOT_ATTRIBUTES.has(name))
          .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
      ),
      policy: policies
        .filter(({ Queues }) => Queues.includes(ref))
        .flatMap((item) => item.PolicyDocument.Statement),
    };
  });
}

export function readTopics(resources: readonly Resource[]): LocalTopic[] {
  const policies = ofType(resources, 'AWS::SNS::TopicPolicy').map((item) => read(item, topicPolicySchema));
  return ofType(resources, 'AWS::SNS::Topic').map((resource) => {
    const { ref, attributes } = resource.identity;
    const { KmsMasterKeyId } = read(resource, z.object({ KmsMasterKeyId: text.optional() }));
    return {
      name: attributes.TopicName ?? '',
      arn: ref,
      kmsKeyArn: keyArn(KmsMasterKeyId, resources),
      policy: policies
        .filter(({ Topics }) => Topics.includes(ref))
        .flatMap((item) => item.PolicyDocument.Statement),
    };
  });
}

const subscriptionSchema = z.object({
  TopicArn: text,
  Protocol: z.enum(['sqs', 'lambda', 'email', 'email-json', 'https']),
  Endpoint: text,
  RawMessageDelivery: flag.default(false),
  FilterPolicy: json.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: text }).optional(),
});

/** Subscriptions a machine answers; an e-mail to the people on call is left out like the alarm behind it. */
export function readSubscriptions(resources: readonly Resource[]): LocalSubscription[] {
  return ofType(resources, 'AWS::SNS::Subscription').flatMap((resource) => {
    const subscription = read(resource, subscriptionSchema);
    const { Protocol: protocol } = subscription;
    if (protocol !== 'sqs' && protocol !== 'lambda') return [];
    return {
      topicArn: subscription.TopicArn,
      protocol,
      endpoint: subscription.Endpoint,
      rawDelivery: subscription.RawMessageDelivery,
      filterPolicy: subscription.FilterPolicy,
      deadLetterArn: subscription.RedrivePolicy?.deadLetterTargetArn,
    };
  });
}

const logSubscriptionSchema = z.object({
  LogGroupName: text,
  DestinationArn: text,
  FilterPattern: z.literal('', 'filter patterns of log subscriptions are not evaluated locally'),
});

/** Functions on log groups; SNS' delivery logs are the only ones written here. */
export function readLogSubscriptions(resources: readonly Resource[]): LocalLogSubscription[] {
  return ofType(resources, 'AWS::Logs::SubscriptionFilter').map((resource) => {
    const { LogGroupName: logGroupName, DestinationArn } = read(resource, logSubscriptionSchema);
    return { name: resource.identity.ref, logGroupName, functionArn: DestinationArn };
  });
}

const busPolicySchema = z.object({
  EventBusName: text.default('default'),
  StatementId: text,
  Statement: policyDocument.shape.Statement.optional(),
  Action: text.optional(),
  Principal: z.unknown().optional(),
});

export function readBuses(resources: readonly Resource[]): LocalBus[] {
  const policies = ofType(resources, 'AWS::Events::EventBusPolicy').map((item) =>
    read(item, busPolicySchema),
  );
  return ofType(resources, 'AWS::Events::EventBus').map(({ identity }) => {
    const busArn = identity.attributes.Arn ?? '';
    const policy = policies
      .filter(({ EventBusName }) => EventBusName === identity.ref || EventBusName === busArn)
      .flatMap(({ Statement, StatementId, Action, Principal }): PolicyStatement[] => {
        if (Statement !== undefined) return Statement;
        return [{ Sid: StatementId, Effect: 'Allow', Action, Principal, Resource: busArn }];
      });
    return { name: identity.ref, arn: busArn, policy };
  });
}

const ruleSchema = z.object({
  EventBusName: text.default('default'),
  EventPattern: z.record(text, z.unknown()).optional(),
  ScheduleExpression: text.optional(),
  State: text.default('ENABLED'),
  Targets: z
    .array(
      z.object({
        Id: text,
        Arn: text,
        Input: text.optional(),
        InputPath: text.optional(),
        InputTransformer: z.never('input transformers are not run locally').optional(),
        DeadLetterConfig: deadLetterSchema,
      }),
    )
    .default([]),
});

export function readRules(resources: readonly Resource[]): LocalRule[] {
  return ofType(resources, 'AWS::Events::Rule').flatMap((resource) => {
    const rule = read(resource, ruleSchema);
    if (rule.State === 'DISABLED') return [];
    const { ref, attributes } = resource.identity;
    return {
      name: ref.split('|').at(-1) ?? ref,
      arn: attributes.Arn ?? '',
      busName: rule.EventBusName.split('/').at(-1) ?? 'default',
      eventPattern: rule.EventPattern,
      scheduleExpression: rule.ScheduleExpression,
      targets: rule.Targets.map((target) => ({
        id: target.Id,
        arn: target.Arn,
        input: target.Input,
        inputPath: target.InputPath,
        deadLetterArn: target.DeadLetterConfig?.Arn,
      })),
    };
  });
}

function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

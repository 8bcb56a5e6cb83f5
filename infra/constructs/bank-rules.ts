import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  bankSource,
  detailTypes,
  ownFreezeTypes,
  ownLabelTypes,
  ownSource,
  requestsToBank,
} from '../events.ts';
import type { QueueName } from '../functions.ts';
import type { BankRule, Names } from '../names.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';

interface RuleSpec {
  readonly id: string;
  readonly description: string;
  readonly queue: QueueName;
  /** As an event pattern takes them: names, or `[{ 'anything-but': [...] }]`. */
  readonly detailType: unknown[];
  /** Whose events; the bank's where it is not said. */
  readonly source?: string;
}

const knownTypes = [...new Set(Object.values(detailTypes).flat())];

const ruleSpecs: Readonly<Record<BankRule, RuleSpec>> = {
  transactions: {
    id: 'TransactionsRule',
    description: 'Card transactions, to be judged',
    queue: 'transactions',
    detailType: [...detailTypes.transactions],
  },
  'unknown-events': {
    id: 'UnknownEventsRule',
    description: 'Events of the bank of a type we do not know, to be kept in quarantine',
    queue: 'transactions',
    detailType: [{ 'anything-but': knownTypes }],
  },
  'card-status': {
    id: 'CardStatusRule',
    description: 'What the card system made of our requests',
    queue: 'card-status',
    detailType: [...detailTypes['card-status']],
  },
  customers: {
    id: 'CustomersRule',
    description: 'Cards issued and contacts changed',
    queue: 'customers',
    detailType: [...detailTypes.customers],
  },
  labels: {
    id: 'LabelsRule',
    description: 'What transactions turned out to be, as the bank concluded',
    queue: 'labels',
    detailType: [...detailTypes.labels],
  },
  'own-labels': {
    id: 'OwnLabelsRule',
    description: 'What transactions turned out to be, by customers and agents',
    queue: 'labels',
    detailType: [...ownLabelTypes],
    source: ownSource,
  },
  'own-freezes': {
    id: 'OwnFreezesRule',
    description: 'Alerts that may have frozen a card, to be counted by rule set',
    queue: 'freezes',
    detailType: [...ownFreezeTypes],
    source: ownSource,
  },
};

/** One rule per kind of bank event; what cannot be delivered for a day goes to the queue's dead letters. */
export function createBankRules(
  scope: Construct,
  props: {
    readonly names: Names;
    readonly bus: events.IEventBus;
    readonly queueOf: (name: QueueName) => QueueWithDlq;
  },
): void {
  for (const [rule, spec] of Object.entries(ruleSpecs) as [BankRule, RuleSpec][]) {
    const { queue, dlq } = props.queueOf(spec.queue);
    new events.Rule(scope, spec.id, {
      ruleName: props.names.bankRule(rule),
      description: spec.description,
      eventBus: props.bus,
      // The library types detail types as text only; matchers like anything-but are as valid here.
      eventPattern: { source: [spec.source ?? bankSource], detailType: spec.detailType as string[] },
      targets: [plainTarget({ arn: queue.queueArn, dlq })],
    });
  }
}

/** Hands our freeze and unfreeze requests to the bank's own bus in another account. */
export function createRequestsToBankRule(
  scope: Construct,
  props: {
    readonly ruleName: string;
    readonly bus: events.IEventBus;
    readonly bankBusArn: string;
    readonly dlq: sqs.IQueue;
  },
): void {
  const role = new iam.Role(scope, 'RequestsToBankRole', {
    description: 'Lets the rule put freeze requests on the bus of the bank',
    assumedBy: new iam.ServicePrincipal('events.amazonaws.com'),
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [props.bankBusArn] }));
  new events.Rule(scope, 'RequestsToBankRule', {
    ruleName: props.ruleName,
    description: 'Freeze and unfreeze requests, to the card system of the bank',
    eventBus: props.bus,
    eventPattern: { source: [ownSource], detailType: [...requestsToBank] },
    targets: [plainTarget({ arn: props.bankBusArn, dlq: props.dlq, role })],
  });
}

/**
 * A target that grants nothing by itself: the library's own targets write queue and key policies
 * without a source condition. The grants are `allowDelivery` and the key's policy.
 */
export function plainTarget(target: {
  readonly arn: string;
  readonly dlq: sqs.IQueue;
  readonly role?: iam.IRole;
}): events.IRuleTarget {
  return {
    bind: () => ({
      arn: target.arn,
      role: target.role,
      deadLetterConfig: { arn: target.dlq.queueArn },
      retryPolicy: {
        maximumRetryAttempts: 185,
        maximumEventAgeInSeconds: Duration.days(1).toSeconds(),
      },
    }),
  };
}

import { CfnOutput, Duration, Lazy, type StackProps } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StageConfig } from './config.ts';
import * as alarming from './constructs/alarms.ts';
import { createBankRules, createRequestsToBankRule } from './constructs/bank-rules.ts';
import { createContactCentre } from './constructs/contact-centre.ts';
import { createDashboard } from './constructs/dashboard.ts';
import { createDeliveryLogs, keepFailedCalls, readFailedTexts } from './constructs/delivery-logs.ts';
import { watchPromises } from './constructs/desk-figures.ts';
import { effectFilter, readQueue, readStream } from './constructs/event-sources.ts';
import { readEvidenceEvents } from './constructs/evidence-events.ts';
import { functionStatements } from './constructs/function-statements.ts';
import { createGuardFunction } from './constructs/guard-function.ts';
import { createHttpApi } from './constructs/http-api.ts';
import { consumeStatements, sendStatements, streamStatements } from './constructs/permissions.ts';
import {
  allowDelivery,
  createDlq,
  createQueueWithDlq,
  type QueueWithDlq,
} from './constructs/queue-with-dlq.ts';
import { ReadableStack } from './constructs/readable-stack.ts';
import { createRelease } from './constructs/release.ts';
import { createSchedules } from './constructs/schedules.ts';
import { createSmsPreferences } from './constructs/sms-preferences.ts';
import { createSmsRepliesSubscription } from './constructs/sms-replies.ts';
import { type FunctionName, functionNames, guardFunctions, type QueueName } from './functions.ts';
import { busRuleArn, type Names, namesFor } from './names.ts';
import { shareParameters } from './parameters.ts';
import { type QueueSpec, queueNames, queues as queueSpecs } from './queues.ts';
import { environmentVariables, readShared, type Shared } from './shared.ts';

/** Effects that have a queue of their kind. */
const routedEffects = ['sms', 'email', 'ask', 'publish', 'dial'] as const;

export type CodeProvider = (name: FunctionName) => lambda.Code;

export interface ServiceStackProps extends StackProps {
  readonly config: StageConfig;
  /** Where a function's bundle is; tests of the template give a stub. */
  readonly code: CodeProvider;
}

interface Running {
  readonly fn: lambda.Function;
  readonly role: import('aws-cdk-lib/aws-iam').Role;
  /** What callers call: the function, or its alias `live`. */
  readonly live: lambda.IFunction;
}

/** What works: queues, rules, functions, routes, alarms. It holds no data of its own but what is in flight. */
export class ServiceStack extends ReadableStack {
  readonly #config: StageConfig;
  readonly #names: Names;
  readonly #shared: Shared;
  readonly #key: kms.IKey;
  readonly #alarms: alarming.AlarmBoard;
  /** Made after the functions: what answers it is one of them. */
  #dialFlowArn = '';

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { config } = props;
    this.#config = config;
    this.#names = namesFor(config.stage);
    this.#shared = readShared(this, config);
    this.#key = kms.Key.fromKeyArn(this, 'DataKey', this.#shared.keyArn);
    this.#alarms = alarming.createAlarmBoard(
      this,
      sns.Topic.fromTopicArn(this, 'AlarmsTopic', this.#shared.alarmsTopicArn),
    );
    const queues = mapOf(queueNames, (name) => this.#createQueue(name));
    const functions = this.#createFunctions(props.code, queues);
    this.#readQueues(functions, queues);
    this.#readStream(functions['freeze-cards'], 'freeze-cards', ['issuer'], false);
    this.#readStream(functions['route-effects'], 'route-effects', routedEffects, true);
    this.#createRules(queues);
    createSmsRepliesSubscription(this, {
      topicArn: this.#shared.smsRepliesTopicArn,
      target: queues['sms-replies'],
    });
    this.#callOnSchedule(functions);
    this.#recordDeliveries(functions['record-deliveries']);
    const centre = createContactCentre(this, this.#config, {
      ...{ answers: functions['answer-calls'].live, contacts: queues.contacts },
      ruleName: this.#names.contactsRule,
    });
    this.#dialFlowArn = centre?.dialFlowArn ?? '';
    readEvidenceEvents(this, { config, bucket: this.#shared.evidenceBucket, queue: queues.evidence });
    const api = createHttpApi(this, 'HttpApi', {
      config,
      apiName: this.#names.prefix,
      targetOf: (name) => functions[name].live,
      tokens: this.#shared.tokens,
    });
    shareParameters(this, config.stage, { 'api-url': api.apiEndpoint });
    alarming.watchApi(this.#alarms, api);
    alarming.watchOwnMetrics(this.#alarms);
    watchPromises(this.#alarms);
    createDashboard(this, {
      name: this.#names.prefix,
      queues,
      functions: mapOf(functionNames, (name) => functions[name].fn),
      streamReaders: [functions['freeze-cards'].live, functions['route-effects'].live],
      api,
    });
  }

  #createQueue(name: QueueName): QueueWithDlq {
    const spec: QueueSpec = queueSpecs[name];
    const consumerTimeout = Duration.seconds(guardFunctions[spec.consumer].timeoutSeconds);
    const created = createQueueWithDlq(this, spec.id, {
      key: this.#key,
      consumerTimeout,
      patient: spec.patient === true,
    });
    const sourceArns = spec.rules.map((rule) => busRuleArn(this.#names.bus, this.#names.bankRule(rule)));
    for (const queue of [created.queue, created.dlq]) allowDelivery(queue, { service: 'events', sourceArns });
    alarming.watchQueueAge(this.#alarms, spec.id, created.queue, spec.oldestAlarmSeconds);
    alarming.watchDlq(this.#alarms, created.dlq.node.id, created.dlq);
    new CfnOutput(this, `${spec.id}Url`, { value: created.queue.queueUrl });
    new CfnOutput(this, `${created.dlq.node.id}Url`, { value: created.dlq.queueUrl });
    return created;
  }

  /** Dead letters of something that has no queue: a stream, a schedule, a rule to another account. */
  #createDlq(id: string): sqs.Queue {
    const dlq = createDlq(this, id, this.#key);
    alarming.watchDlq(this.#alarms, id, dlq);
    new CfnOutput(this, `${id}Url`, { value: dlq.queueUrl });
    return dlq;
  }

  #createFunctions(
    code: CodeProvider,
    queues: Record<QueueName, QueueWithDlq>,
  ): Record<FunctionName, Running> {
    const queueOf = (name: QueueName) => queues[name].queue;
    const release = createRelease(this, this.#config, this.#alarms);
    const variables = environmentVariables(this.#config, this.#shared, {
      ask: queueOf('ask').queueUrl,
      sms: queueOf('sms').queueUrl,
      email: queueOf('email').queueUrl,
      publish: queueOf('publish').queueUrl,
      dial: queueOf('dial').queueUrl,
      dialFlowArn: Lazy.string({ produce: () => this.#dialFlowArn }),
    });
    const reserved: Partial<Record<FunctionName, number>> = {
      'freeze-cards': this.#config.freezeConcurrency,
      'customer-api': this.#config.apiConcurrency,
    };
    return mapOf(functionNames, (name) => {
      const spec = guardFunctions[name];
      const { function: fn, role } = createGuardFunction(this, {
        config: this.#config,
        functionName: this.#names.function(name),
        spec,
        code: code(name),
        variables,
        statements: functionStatements(this, spec, this.#shared, queueOf),
        reservedConcurrency: reserved[name],
      });
      alarming.watchErrors(this.#alarms, spec.id, fn, name === 'sweep-deadlines' ? 'repeats' : 'once');
      return { fn, role, live: release(spec.id, fn) };
    });
  }

  #readQueues(functions: Record<FunctionName, Running>, queues: Record<QueueName, QueueWithDlq>): void {
    for (const name of queueNames) {
      const spec: QueueSpec = queueSpecs[name];
      const consumer = functions[spec.consumer];
      const { queue } = queues[name];
      for (const statement of consumeStatements(this.#shared.keyArn, queue.queueArn)) {
        consumer.role.addToPolicy(statement);
      }
      readQueue(this, `${guardFunctions[spec.consumer].id}Source`, {
        target: consumer.live,
        queue,
        // A try-out account has ten executions in all: eight queues must not take them from the API.
        maxConcurrency: this.#config.kind === 'sandbox' ? 2 : spec.maxConcurrency,
      });
    }
  }

  #readStream(reader: Running, name: FunctionName, effects: readonly string[], unclaimedOnly: boolean): void {
    const { id } = guardFunctions[name];
    const dlq = this.#createDlq(`${id}Dlq`);
    const statements = [
      ...streamStatements(this.#shared.keyArn, this.#shared.casesStreamArn),
      ...sendStatements(this.#shared.keyArn, [dlq.queueArn]),
    ];
    for (const statement of statements) reader.role.addToPolicy(statement);
    readStream(this, `${id}Source`, {
      target: reader.live,
      streamArn: this.#shared.casesStreamArn,
      filter: effectFilter(effects, { unclaimedOnly }),
      batchSize: 10,
      dlq,
    });
    alarming.watchStreamDelay(this.#alarms, id, reader.live);
  }

  #createRules(queues: Record<QueueName, QueueWithDlq>): void {
    const bus = events.EventBus.fromEventBusName(this, 'CardEventsBus', this.#shared.busName);
    createBankRules(this, { names: this.#names, bus, queueOf: (name) => queues[name] });
    const { bankBusArn } = this.#config;
    if (bankBusArn === undefined) return;
    const ruleName = this.#names.bankRequestsRule;
    const dlq = this.#createDlq('RequestsToBankDlq');
    allowDelivery(dlq, { service: 'events', sourceArns: [busRuleArn(this.#names.bus, ruleName)] });
    createRequestsToBankRule(this, { ruleName, bus, bankBusArn, dlq });
  }

  #callOnSchedule(functions: Record<FunctionName, Running>): void {
    const sweep = functions['sweep-deadlines'].live;
    createSchedules(this, { names: this.#names, sweep, reconcile: functions['reconcile-cards'].live });
    alarming.watchSweep(this.#alarms, sweep);
  }

  /** What SNS says of texts that never arrived, where this stage has the account's delivery logs. */
  #recordDeliveries(recorder: Running): void {
    const dlq = this.#createDlq(`${guardFunctions['record-deliveries'].id}Dlq`);
    for (const statement of sendStatements(this.#shared.keyArn, [dlq.queueArn]))
      recorder.role.addToPolicy(statement);
    keepFailedCalls(recorder.live, dlq);
    if (this.#config.kind === 'sandbox') return;
    const { delivered, failed } = createDeliveryLogs(this, { key: this.#key });
    readFailedTexts(this, { target: recorder.live, failed });
    createSmsPreferences(this, this.#config, [delivered, failed]);
  }
}

function mapOf<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}

import type { LocalModel, LocalQueue } from '../model.ts';
import type { AwsCall, KeyUse, Need, Outcome, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { isRecord, type Json, listOf, numberOf, recordOf, textOf } from './json.ts';
import { sqsInputOfQuery, sqsOutputForQuery } from './sqs-query.ts';
import type { Queues } from './sqs-queues.ts';

/** What an action needs of the queue's key: sending makes a data key, receiving opens one. */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  SendMessage: ['kms:GenerateDataKey', 'kms:Decrypt'],
  SendMessageBatch: ['kms:GenerateDataKey', 'kms:Decrypt'],
  ReceiveMessage: ['kms:Decrypt'],
};

export function queueKeyUse(queue: LocalQueue | undefined, action: string): KeyUse | undefined {
  const actions = keyActions[action];
  if (!queue?.kmsKeyArn || !actions) return undefined;
  return {
    keyArn: queue.kmsKeyArn,
    actions,
    via: 'sqs',
    encryptionContext: { 'aws:sqs:arn': queue.arn },
  };
}

/** Permission to put a message into a queue: of a caller, or of SNS and EventBridge. */
export function sendNeed(queue: LocalQueue): Need {
  return { action: 'sqs:SendMessage', resource: queue.arn, key: queueKeyUse(queue, 'SendMessage') };
}

type Handler = (name: string, input: Json, call: AwsCall) => Promise<Json>;

export function createSqs(model: LocalModel, queues: Queues, frontUrl: () => string): Service {
  const byName = new Map(model.queues.map((queue) => [queue.name, queue]));
  const arnOf = (name: string) =>
    byName.get(name)?.arn ?? `arn:aws:sqs:${model.region}:${model.account}:${name}`;
  const urlOf = (name: string) => byName.get(name)?.url ?? `${frontUrl()}/${model.account}/${name}`;
  const handlers = {
    ...messageHandlers(queues),
    ...queueHandlers({ queues, urlOf, describe: (name) => describe(arnOf(name), byName.get(name)) }),
  };

  const plan = (call: AwsCall): Plan => {
    if (!handlers[call.action]) throw unknownAction('sqs', call.action);
    if (call.action === 'ListQueues')
      return { needs: [{ action: 'sqs:ListQueues', resource: '*' }], resources: [] };
    const name = queueName(inputOf(call));
    // IAM knows the batch actions under the name of the single one.
    const action = `sqs:${call.action.replace(/Batch$/, '')}`;
    const key = queueKeyUse(byName.get(name), call.action);
    return { needs: [{ action, resource: arnOf(name), key }], resources: [name] };
  };

  const handle = async (call: AwsCall): Promise<Outcome> => {
    const input = inputOf(call);
    const name = call.action === 'ListQueues' ? '' : queueName(input);
    if (name !== '' && call.action !== 'CreateQueue' && !queues.exists(name)) throw noSuchQueue(name);
    const output = (await handlers[call.action]?.(name, input, call)) ?? {};
    return { output: call.protocol === 'query' ? sqsOutputForQuery(call.action, output) : output };
  };

  return { plan, handle };
}

function messageHandlers(queues: Queues): Record<string, Handler> {
  const remove: Handler = (name, input) => done(queues.remove(name, receiptOf(input)));
  const change: Handler = (name, input) =>
    done(queues.changeVisibility(name, receiptOf(input), numberOf(input.VisibilityTimeout) ?? 0));
  const each =
    (single: Handler): Handler =>
    (name, input, call) =>
      inBatch(input, (entry) => single(name, entry, call));
  const send: Handler = (name, input) => queues.send(name, input);
  return {
    SendMessage: send,
    SendMessageBatch: each(send),
    ReceiveMessage: (name, input, { gone }) => queues.receive(name, input, gone),
    DeleteMessage: remove,
    DeleteMessageBatch: each(remove),
    ChangeMessageVisibility: change,
    ChangeMessageVisibilityBatch: each(change),
    PurgeQueue: (name) => done(queues.purge(name)),
  };
}

function queueHandlers(options: {
  queues: Queues;
  urlOf: (name: string) => string;
  describe: (name: string) => Json;
}): Record<string, Handler> {
  const { queues, urlOf } = options;
  return {
    GetQueueUrl: async (name) => ({ QueueUrl: urlOf(name) }),
    async ListQueues(_name, input) {
      const prefix = textOf(input.QueueNamePrefix) ?? '';
      const names = queues.names().filter((name) => name.startsWith(prefix));
      return { QueueUrls: names.map(urlOf) };
    },
    async CreateQueue(name, input) {
      await queues.create(name, textValues(recordOf(input.Attributes)));
      return { QueueUrl: urlOf(name) };
    },
    SetQueueAttributes: (name, input) =>
      done(queues.setAttributes(name, textValues(recordOf(input.Attributes)))),
    async GetQueueAttributes(name, input) {
      const depth = await queues.depth(name);
      const all = {
        ...queues.attributesOf(name),
        ...options.describe(name),
        ApproximateNumberOfMessages: String(depth.visible),
        ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
        ApproximateNumberOfMessagesDelayed: String(depth.delayed),
      };
      const asked = listOf(input.AttributeNames).map(String);
      const shown = Object.entries(all).filter(([key]) => asked.includes('All') || asked.includes(key));
      return { Attributes: Object.fromEntries(shown) };
    },
  };
}

/** Attributes that the model carries beside the queue's own. */
function describe(QueueArn: string, queue: LocalQueue | undefined): Json {
  return {
    QueueArn,
    ...(queue?.kmsKeyArn ? { KmsMasterKeyId: queue.kmsKeyArn } : {}),
    ...(queue && queue.policy.length > 0
      ? { Policy: JSON.stringify({ Version: '2012-10-17', Statement: queue.policy }) }
      : {}),
  };
}

function textValues(attributes: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)]));
}

function inputOf(call: AwsCall): Json {
  return call.protocol === 'query' ? sqsInputOfQuery(call.input) : call.input;
}

/** The last part of the URL is the name, whatever host the caller knows the queue by. */
function queueName(input: Json): string {
  const name = textOf(input.QueueName) ?? textOf(input.QueueUrl)?.split('/').at(-1);
  if (name) return name;
  throw new AwsError({ code: 'MissingParameter', message: 'The request must contain QueueUrl.' });
}

function receiptOf(input: Json): string {
  return textOf(input.ReceiptHandle) ?? '';
}

function noSuchQueue(name: string): AwsError {
  return new AwsError({
    code: 'QueueDoesNotExist',
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
    message: `The specified queue does not exist: ${name}`,
  });
}

async function done(work: Promise<void>): Promise<Json> {
  await work;
  return {};
}

/** Each entry stands for itself: one that fails is reported, the others go through. */
async function inBatch(input: Json, work: (entry: Json) => Promise<Json>): Promise<Json> {
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  const entries = listOf(input.Entries).filter(isRecord);
  if (entries.length === 0 || entries.length > 10) {
    throw new AwsError({
      code: entries.length === 0 ? 'EmptyBatchRequest' : 'TooManyEntriesInBatchRequest',
      message: 'A batch has 1 to 10 entries.',
    });
  }
  for (const { Id, ...entry } of entries) {
    try {
      Successful.push({ Id, ...(await work(entry)) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, Code: error.queryCode, Message: error.message, SenderFault: error.status < 500 });
    }
  }
  return Failed.length === 0 ? { Successful } : { Successful, Failed };
}

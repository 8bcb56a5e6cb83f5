import type { LocalModel } from '../model.ts';
import { type Json, numberOf, parseRecord, recordOf, textOf } from './json.ts';
import { backendAccount, type QueueBackend } from './sqs-backend.ts';

/** The backend's calls by queue name, in the few words the queues need. */
export interface BackendQueues {
  create(name: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  setAttributes(name: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  send(name: string, input: Json): Promise<Json>;
  /** Whatever is visible; it stays taken until `show` or `remove`. */
  receive(name: string, input: Json): Promise<Json>;
  show(name: string, receipt: string): Promise<void>;
  remove(name: string, receipt: string): Promise<void>;
  purge(name: string): Promise<void>;
  counts(name: string): Promise<{ visible: number; inFlight: number }>;
}

/** The backend keeps a received message for as long as it can; the front says when it shows again. */
const longestVisibilitySeconds = 43_200;

export function createBackendQueues(backend: QueueBackend, model: LocalModel): BackendQueues {
  const QueueUrl = (name: string) => `http://local/${backendAccount}/${name}`;
  const call = (action: string, name: string, input: Json = {}) =>
    backend.call(action, { ...input, QueueUrl: QueueUrl(name) });
  return {
    async create(QueueName, attributes) {
      await backend.call('CreateQueue', { QueueName, Attributes: innerAttributes(attributes, model) });
    },
    async setAttributes(name, attributes) {
      await call('SetQueueAttributes', name, { Attributes: innerAttributes(attributes, model) });
    },
    send: (name, input) => call('SendMessage', name, input),
    receive: (name, input) =>
      call('ReceiveMessage', name, {
        ...input,
        WaitTimeSeconds: 0,
        VisibilityTimeout: longestVisibilitySeconds,
      }),
    async show(name, ReceiptHandle) {
      await call('ChangeMessageVisibility', name, { ReceiptHandle, VisibilityTimeout: 0 });
    },
    async remove(name, ReceiptHandle) {
      await call('DeleteMessage', name, { ReceiptHandle });
    },
    async purge(name) {
      await call('PurgeQueue', name);
    },
    async counts(name) {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
      const counts = recordOf((await call('GetQueueAttributes', name, { AttributeNames })).Attributes);
      return {
        visible: numberOf(counts.ApproximateNumberOfMessages) ?? 0,
        inFlight: numberOf(counts.ApproximateNumberOfMessagesNotVisible) ?? 0,
      };
    },
  };
}

/** Attributes the backend is to know: not the delay (held here), and the dead letters under its own account. */
function innerAttributes(given: Readonly<Record<string, string>>, model: LocalModel): Record<string, string> {
  const { DelaySeconds: _delay, Policy: _policy, KmsMasterKeyId: _key, ...rest } = given;
  const inner = (text: string) => text.replaceAll(`:${model.account}:`, `:${backendAccount}:`);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inner(value)]));
}

/** Name of the queue's dead-letter queue, if it has one. */
export function deadLetterOf(attributes: Readonly<Record<string, string>>): string | undefined {
  const policy = attributes.RedrivePolicy ? parseRecord(attributes.RedrivePolicy) : undefined;
  return textOf(policy?.deadLetterTargetArn)?.split(':').at(-1);
}

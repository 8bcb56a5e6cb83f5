import { isRecord, type Json, listOf, numberOf } from './json.ts';

/** SQS' Query protocol in the shapes of its JSON protocol: old SDKs and tools still speak it. */
export function sqsInputOfQuery(query: Json): Json {
  const input: Json = {};
  for (const [name, value] of Object.entries(query)) {
    const translate = translations[name];
    if (translate) Object.assign(input, translate(value));
    else input[name] = value;
  }
  return input;
}

const named = (value: unknown): Json =>
  Object.fromEntries(
    listOf(value)
      .filter(isRecord)
      .map((item) => [String(item.Name), item.Value]),
  );
const entries = (value: unknown): Json => ({
  Entries: listOf(value).map((entry) => (isRecord(entry) ? sqsInputOfQuery(entry) : entry)),
});
const numeric = (name: string) => (value: unknown) => ({ [name]: numberOf(value) });

const translations: Readonly<Record<string, (value: unknown) => Json>> = {
  Attribute: (value) => ({ Attributes: named(value) }),
  AttributeName: (value) => ({ AttributeNames: value }),
  MessageAttribute: (value) => ({ MessageAttributes: named(value) }),
  MessageAttributeName: (value) => ({ MessageAttributeNames: value }),
  MessageSystemAttributeName: (value) => ({ MessageSystemAttributeNames: value }),
  SendMessageBatchRequestEntry: entries,
  DeleteMessageBatchRequestEntry: entries,
  ChangeMessageVisibilityBatchRequestEntry: entries,
  DelaySeconds: numeric('DelaySeconds'),
  MaxNumberOfMessages: numeric('MaxNumberOfMessages'),
  VisibilityTimeout: numeric('VisibilityTimeout'),
  WaitTimeSeconds: numeric('WaitTimeSeconds'),
};

const batchResults: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessageBatchResultEntry',
  DeleteMessageBatch: 'DeleteMessageBatchResultEntry',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibilityBatchResultEntry',
};

/** The answer back in the Query protocol's names (flat lists are repeated elements). */
export function sqsOutputForQuery(action: string, output: Json): Json {
  const attributes = (value: unknown) =>
    isRecord(value) ? Object.entries(value).map(([Name, Value]) => ({ Name, Value })) : undefined;
  const batch = batchResults[action];
  if (batch) return { [batch]: output.Successful, BatchResultErrorEntry: output.Failed };
  if (action === 'ReceiveMessage') {
    return {
      Message: listOf(output.Messages)
        .filter(isRecord)
        .map(({ Attributes, MessageAttributes, ...message }) => ({
          ...message,
          Attribute: attributes(Attributes),
          MessageAttribute: attributes(MessageAttributes),
        })),
    };
  }
  const { Attributes, QueueUrls, ...rest } = output;
  return { ...rest, Attribute: attributes(Attributes), QueueUrl: QueueUrls ?? rest.QueueUrl };
}

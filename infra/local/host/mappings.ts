import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalFunction, LocalMapping, LocalModel, LocalQueue } from '../model.ts';
import { openCheckpoints } from './checkpoints.ts';
import type { Credentials, Functions } from './functions.ts';
import type { Mapping, PatternMatcher } from './mapping.ts';
import { startQueueMapping } from './queue-mapping.ts';
import { type StreamMapping, startStreamMapping } from './stream-mapping.ts';
import { type StreamReader, type StreamStart, startStreamReader } from './stream-reader.ts';

/** All event source mappings of the model, running. */
export interface Mappings {
  readonly ready: Promise<void>;
  readonly busy: boolean;
  readonly activity: number;
  /** Waits until every stream was read to its end, as of now. */
  caughtUp(): Promise<void>;
  /** A table was written: its stream is looked at now. */
  kick(): void;
  /** Sends under a function's role, as the service does for its failure destinations. */
  sendToQueue(roleArn: string, queueArn: string, body: string): Promise<void>;
  stop(): Promise<void>;
}

export interface MappingsOptions {
  readonly model: LocalModel;
  readonly functions: Functions;
  readonly endpoint: string;
  /** Credentials of a poller: the function's role, told apart from the function itself. */
  readonly pollerCredentialsFor: (roleArn: string) => Credentials;
  readonly retryDelayMs: number;
  readonly stateDir?: string;
  readonly matches: PatternMatcher;
  readonly now: () => Date;
}

export function startMappings(options: MappingsOptions): Mappings {
  const { model, functions } = options;
  const clients = createClients(options);
  const checkpoints = openCheckpoints(options.stateDir);
  const queues: Mapping[] = [];
  const streams = new Map<string, { reader: StreamReader; mappings: StreamMapping[] }>();

  const functionOf = (mapping: LocalMapping) =>
    must(
      model.functions.find(({ arn }) => arn === mapping.functionArn),
      mapping.functionArn,
    );
  const queueOf = (arn: string) =>
    must(
      model.queues.find((queue) => queue.arn === arn),
      arn,
    );

  async function sendToQueue(roleArn: string, queueArn: string, body: string): Promise<void> {
    const QueueUrl = queueOf(queueArn).url;
    await clients.sqs(roleArn).send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  }

  function addQueue(mapping: LocalMapping, queue: LocalQueue): void {
    const definition = functionOf(mapping);
    queues.push(
      startQueueMapping({
        ...options,
        mapping,
        queue,
        client: clients.sqs(definition.roleArn),
        region: model.region,
        concurrency: functions.concurrencyOf(definition.arn),
        invoke: (event) => functions.invoke(definition.arn, event),
      }),
    );
  }

  function addStream(mapping: LocalMapping, definition: LocalFunction): StreamMapping {
    return startStreamMapping({
      ...options,
      // More lanes than environments would only wait in line.
      mapping: {
        ...mapping,
        parallelizationFactor: Math.min(
          mapping.parallelizationFactor,
          functions.concurrencyOf(definition.arn),
        ),
      },
      checkpoint: checkpoints.get(definition.arn),
      saveCheckpoint: (sequence) => checkpoints.set(definition.arn, sequence),
      invoke: (event) => functions.invoke(definition.arn, event),
      sendToQueue: (queueArn, body) => sendToQueue(definition.roleArn, queueArn, body),
    });
  }

  for (const mapping of model.mappings.filter(({ sourceArn }) => sourceArn.includes(':sqs:'))) {
    addQueue(mapping, queueOf(mapping.sourceArn));
  }
  const ofStreams = Map.groupBy(
    model.mappings.filter(({ sourceArn }) => sourceArn.includes(':dynamodb:')),
    ({ sourceArn }) => sourceArn,
  );
  for (const [streamArn, fed] of ofStreams) {
    const mappings = fed.map((mapping) => addStream(mapping, functionOf(mapping)));
    const [first] = fed;
    if (first === undefined) continue;
    const reader = startStreamReader({
      streamArn,
      region: model.region,
      client: clients.streams(functionOf(first).roleArn),
      start: startOf(fed, (mapping) => checkpoints.get(mapping.functionArn)),
      backlog: () => Math.max(...mappings.map(({ backlog }) => backlog)),
      onRecords: (records) => {
        for (const mapping of mappings) mapping.push(records);
      },
    });
    streams.set(streamArn, { reader, mappings });
  }
  const readers = () => [...streams.values()].map(({ reader }) => reader);
  const all = () => [...queues, ...[...streams.values()].flatMap(({ mappings }) => mappings)];

  return {
    ready: Promise.all(readers().map(({ ready }) => ready)).then(() => undefined),
    get busy() {
      return all().some(({ busy }) => busy);
    },
    get activity() {
      return all().reduce((sum, { activity }) => sum + activity, 0);
    },
    async caughtUp() {
      await Promise.all(readers().map((reader) => reader.caughtUp()));
    },
    kick() {
      for (const reader of readers()) reader.kick();
    },
    sendToQueue,
    async stop() {
      await Promise.all([...readers(), ...all()].map((running) => running.stop()));
      clients.close();
    },
  };
}

/** One client per role and service; the connections are the process's own. */
function createClients(options: MappingsOptions) {
  const sqs = new Map<string, SQSClient>();
  const streams = new Map<string, DynamoDBStreamsClient>();
  const settings = (roleArn: string) => ({
    endpoint: options.endpoint,
    region: options.model.region,
    credentials: options.pollerCredentialsFor(roleArn),
    maxAttempts: 2,
  });
  return {
    sqs(roleArn: string): SQSClient {
      const client = sqs.get(roleArn) ?? new SQSClient(settings(roleArn));
      sqs.set(roleArn, client);
      return client;
    },
    streams(roleArn: string): DynamoDBStreamsClient {
      const client = streams.get(roleArn) ?? new DynamoDBStreamsClient(settings(roleArn));
      streams.set(roleArn, client);
      return client;
    },
    close() {
      for (const client of [...sqs.values(), ...streams.values()]) client.destroy();
    },
  };
}

/** The furthest back any of them must read; each leaves out what it already has. */
function startOf(
  mappings: readonly LocalMapping[],
  checkpointOf: (mapping: LocalMapping) => string | undefined,
): StreamStart {
  const checkpoints = mappings.map(checkpointOf);
  const known = checkpoints.filter((checkpoint) => checkpoint !== undefined);
  if (known.length < checkpoints.length) {
    const fromStart = mappings.some(({ startingPosition }) => startingPosition === 'TRIM_HORIZON');
    if (fromStart || known.length > 0) return { kind: 'TRIM_HORIZON' };
    return { kind: 'LATEST' };
  }
  const sequence = known.reduce((first, one) => (BigInt(one) < BigInt(first) ? one : first));
  return { kind: 'AFTER_SEQUENCE_NUMBER', sequence };
}

function must<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`${name} is named by a mapping, and no stack has it`);
  return value;
}

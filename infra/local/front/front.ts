import type { LocalClock } from '../clock.ts';
import type { LocalModel } from '../model.ts';
import { type Authoriser, createAuthoriser } from './authorise.ts';
import { type BusDelivery, createBus } from './bus.ts';
import { type CallLog, type CallRecorder, createCallLog } from './calls.ts';
import { createConnect } from './connect.ts';
import { createDeliver } from './deliver.ts';
import { createDynamoDb } from './dynamodb.ts';
import { createTables } from './dynamodb-tables.ts';
import { startDynoxide } from './dynoxide.ts';
import { createEvents } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { createIdentities, type Identities } from './identity.ts';
import type { Json } from './json.ts';
import { createKms } from './kms.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { createMalwareScanner, type MalwareScanner } from './malware-scanner.ts';
import { createOutboundLine, type OutboundLine } from './outbound-line.ts';
import { createPhone, type Phone } from './phone.ts';
import { createDeliveryLog } from './phone-deliveries.ts';
import { createPipeline } from './pipeline.ts';
import { createS3 } from './s3.ts';
import { createBucketCors } from './s3-cors.ts';
import { type ObjectShelf, openObjects } from './s3-objects.ts';
import { openSecretVersions } from './secret-versions.ts';
import { createSecrets } from './secrets.ts';
import { listen, type OtherHandler } from './server.ts';
import { createSes } from './ses.ts';
import { createCloudFormation, createSsm, createSts } from './small-services.ts';
import { createSns } from './sns.ts';
import { createTopicDelivery } from './sns-delivery.ts';
import { createSqs } from './sqs.ts';
import { startQueueBackend } from './sqs-backend.ts';
import { createBackendQueues } from './sqs-backend-queue.ts';
import { createQueues, type QueueDepth, type Queues } from './sqs-queues.ts';

export interface FrontOptions {
  readonly model: LocalModel;
  /** A free one unless given; the model's queue URLs must name it. */
  readonly port?: number;
  readonly clock: LocalClock;
  /** Folder for what outlives the process: tables, queues, keys, secrets. In memory without. */
  readonly stateDir?: string;
  readonly log?: (text: string) => void;
  /** SSM parameters by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Topic that two-way SMS publishes to; the one named like "sms-replies" unless given. */
  readonly repliesTopicArn?: string;
}

/** One server that answers every AWS call of the local stack; see README.md beside this file. */
export interface Front {
  readonly url: string;
  readonly port: number;
  readonly identities: Identities;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly phone: Phone;
  readonly mailbox: Mailbox;
  /** Calls that the contact centre is told to make. */
  readonly outboundLine: OutboundLine;
  readonly bus: BusDelivery;
  /** What lies in the buckets. */
  readonly objects: ObjectShelf;
  /** Looks into what is put into a bucket that has it. */
  readonly scanner: MalwareScanner;
  /** A new current version of a secret (name or ARN); its version id. */
  putSecret(secret: string, value: string): string;
  /** Messages in every queue, by name. */
  queueDepths(): Promise<Readonly<Record<string, QueueDepth>>>;
  /** Events for functions that are targets of rules or of topics. */
  onTarget(fn: (arn: string, event: Json) => void): void;
  /** Requests without a SigV4 signature: the HTTP API, the injector, the page. */
  handleOther(fn: OtherHandler): void;
  close(): Promise<void>;
}

export async function createFront(options: FrontOptions): Promise<Front> {
  const { model, clock, stateDir } = options;
  const log = options.log ?? (() => undefined);
  let onTarget: (arn: string, event: Json) => void = (arn) => log(`no function runs for ${arn}`);
  let other: OtherHandler = (_request, response) => response.writeHead(404).end('no such page');

  const identities = createIdentities(model);
  const calls = createCallLog(clock);
  const faults = createFaults();
  const authoriser = createAuthoriser(model, clock);
  const [dynoxide, backend] = await Promise.all([
    startDynoxide({ stateDir, region: model.region, log }),
    startQueueBackend(model.region),
  ]);
  const queues = createQueues({ inner: createBackendQueues(backend, model), clock, stateDir });
  const endBackends = async () => {
    queues.close();
    await Promise.all([dynoxide.close(), backend.close()]);
  };
  try {
    await createModelQueues(model, queues);
    const parts = createParts({
      options,
      queues,
      authoriser,
      calls,
      onTarget: (arn, event) => onTarget(arn, event),
    });
    let url = '';
    const services = {
      ...parts.services,
      dynamodb: createDynamoDb(model, dynoxide, await createTables(model, dynoxide, stateDir)),
      sqs: createSqs(model, queues, () => url),
    };
    const pipeline = createPipeline({ services, identities, authoriser, calls, faults, clock, log });
    const server = await listen({
      port: options.port ?? 0,
      pipeline,
      cors: createBucketCors(model),
      other: (request, response) => other(request, response),
    });
    url = `http://127.0.0.1:${server.port}`;
    return {
      url,
      port: server.port,
      identities,
      calls,
      faults,
      phone: parts.phone,
      mailbox: parts.mailbox,
      outboundLine: parts.outboundLine,
      bus: parts.bus,
      objects: parts.objects,
      scanner: parts.scanner,
      putSecret: parts.secrets.put,
      async queueDepths() {
        const depths = queues.names().map(async (name) => [name, await queues.depth(name)] as const);
        return Object.fromEntries(await Promise.all(depths));
      },
      onTarget(fn) {
        onTarget = fn;
      },
      handleOther(fn) {
        other = fn;
      },
      async close() {
        await server.close();
        await endBackends();
      },
    };
  } catch (error) {
    await endBackends();
    throw error;
  }
}

/** Queues that others name as their dead letters come first; then what was in them at the last end. */
async function createModelQueues(model: LocalModel, queues: Queues): Promise<void> {
  for (const withDeadLetters of [false, true])
    for (const { name, attributes } of model.queues)
      if ('RedrivePolicy' in attributes === withDeadLetters) await queues.create(name, attributes);
  await queues.restore();
}

/** Everything that is answered here rather than by an embedded server. */
function createParts(deps: {
  options: FrontOptions;
  queues: Queues;
  authoriser: Authoriser;
  calls: CallRecorder;
  onTarget: (arn: string, event: Json) => void;
}) {
  const { model, clock, stateDir, parameters = {}, repliesTopicArn } = deps.options;
  const { authoriser, calls } = deps;
  const deliver = createDeliver({ model, queues: deps.queues, authoriser, calls, onTarget: deps.onTarget });
  const delivery = createTopicDelivery({ model, clock, deliver });
  const bus = createBus(model, deliver);
  const logFailure = createDeliveryLog(model, deps.onTarget);
  const phone = createPhone({ model, clock, authoriser, calls, delivery, repliesTopicArn, logFailure });
  const mailbox = createMailbox({ clock });
  const outboundLine = createOutboundLine();
  const objects = openObjects(stateDir);
  const scanner = createMalwareScanner({ model, bus, clock });
  const secrets = createSecrets(model, openSecretVersions({ model, clock, stateDir }));
  const services = {
    sns: createSns(model, delivery, phone),
    ses: createSes(model, mailbox),
    connect: createConnect(model, outboundLine),
    s3: createS3({ model, objects, scanner, bus, clock }),
    kms: createKms(model, stateDir),
    secretsmanager: secrets,
    events: createEvents(model, bus, clock),
    sts: createSts(model),
    ssm: createSsm(model, parameters),
    cloudformation: createCloudFormation(model),
  };
  return { bus, phone, mailbox, outboundLine, objects, scanner, secrets, services };
}

import { ADMIN_ROLE, functionResource, type Resources, writeAssembly } from './assemblies.ts';

/**
 * Handlers in plain JavaScript: they log what they see and fail as told. That of the queue keeps nothing in memory: a
 * repetition may come to another environment.
 */
const QUEUE_HANDLER = `
exports.handler = async ({ Records }) => {
  console.log(JSON.stringify({ at: Date.now(), bodies: Records.map((r) => r.body), counts: Records.map((r) => r.attributes.ApproximateReceiveCount) }));
  if (Records[0].body === 'record') console.log('RECORD ' + JSON.stringify(Records[0]));
  if (Records.some((r) => r.body === 'throw')) throw new Error('whole batch');
  if (Records.some((r) => r.body.startsWith('slow'))) await new Promise((done) => setTimeout(done, 300));
  const batchItemFailures = Records.filter((r) => {
    if (r.body.startsWith('never')) return true;
    return r.body.startsWith('second') && r.attributes.ApproximateReceiveCount === '1';
  }).map((r) => ({ itemIdentifier: r.messageId }));
  return { batchItemFailures };
};`;

const STREAM_HANDLER = `
let fails = 0;
exports.handler = async ({ Records }) => {
  const seen = Records.map((r) => r.dynamodb.Keys.pk.S + '/' + r.dynamodb.NewImage.n.N);
  console.log(JSON.stringify({ at: Date.now(), seen }));
  if (process.env.SHOW) console.log('RECORD ' + JSON.stringify(Records[0]));
  const bad = Records.find((r) => r.dynamodb.NewImage.bad);
  if (!bad) return {};
  const kind = bad.dynamodb.NewImage.bad.S;
  if (kind === 'throw') throw new Error('bad record');
  if (kind === 'twice' && (fails += 1) > 2) return {};
  return { batchItemFailures: [{ itemIdentifier: bad.dynamodb.SequenceNumber }] };
};`;

const CLOCK_HANDLER = `
const clock = globalThis[Symbol.for('cardguard.clock')];
exports.handler = async (event) => {
  console.log(JSON.stringify({ now: new Date(clock()).toISOString(), type: event['detail-type'] }));
  if (event.detail && event.detail.fail) throw new Error('as told');
};`;

const attributes = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const streamOf = (id: string) => ({ 'Fn::GetAtt': [id, 'StreamArn'] });

function table() {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: attributes('pk', 'sk'),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  };
}

function streamMapping(fn: string, properties: Record<string, unknown>) {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: fn },
      EventSourceArn: streamOf('Table'),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
      ...properties,
    },
  };
}

const pattern = (Pattern: unknown) => ({ Filters: [{ Pattern: JSON.stringify(Pattern) }] });

const RESOURCES: Resources = {
  Role: ADMIN_ROLE,
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bank' } },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 },
    },
  },
  Dead: { Type: 'AWS::SQS::Queue' },
  Failed: { Type: 'AWS::SQS::Queue' },
  Table: table(),
  Worker: functionResource('queue', { FunctionName: 'small-worker' }),
  WorkMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Worker' },
      EventSourceArn: arnOf('Work'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  Ordered: functionResource('stream', { FunctionName: 'small-ordered' }),
  OrderedMapping: streamMapping('Ordered', {
    FilterCriteria: pattern({
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { kind: { S: ['ordered'] }, done: { S: [{ exists: false }] } } },
    }),
  }),
  Halved: functionResource('stream', {
    FunctionName: 'small-halved',
    Environment: { Variables: { SHOW: '1' } },
  }),
  HalvedMapping: streamMapping('Halved', {
    FilterCriteria: pattern({ dynamodb: { NewImage: { kind: { S: [{ prefix: 'half' }] } } } }),
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 1,
    FunctionResponseTypes: [],
  }),
  Clocked: functionResource('clock', { FunctionName: 'small-clocked' }),
  Minute: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 't', Arn: arnOf('Clocked') }] },
  },
  OnBus: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: 'Bus' },
      EventPattern: { source: ['bank.cards'], 'detail-type': ['Tick'] },
      Targets: [{ Id: 't', Arn: arnOf('Clocked') }],
    },
  },
  ClockedCalls: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: 'Clocked' },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
    },
  },
};

/** An app with each kind of event source, small enough to start in a fraction of a second. */
export function writeSmallApp(): string {
  return writeAssembly({
    stacks: { small: { Resources: RESOURCES } },
    code: { queue: QUEUE_HANDLER, stream: STREAM_HANDLER, clock: CLOCK_HANDLER },
  });
}

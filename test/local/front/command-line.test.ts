import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealClock } from '../../../infra/local/clock.ts';
import { createFront, type Front } from '../../../infra/local/front/front.ts';
import { smallModel } from './small-model.ts';

/** Requests as the `aws` command and old SDKs send them, byte for byte where it matters. */
let front: Front;
beforeAll(async () => {
  front = await createFront({
    model: smallModel(),
    clock: createRealClock(),
    parameters: { '/cardguard/local/bus': 'bank' },
  });
});
afterAll(() => front.close());

async function send(
  service: string,
  options: { target?: string; body: string; type?: string; who?: string },
) {
  const { accessKeyId, sessionToken } = front.identities.accessKeyFor(options.who ?? 'admin');
  const response = await fetch(front.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260301/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc`,
      'x-amz-security-token': sessionToken,
      'content-type': options.type ?? 'application/x-www-form-urlencoded; charset=utf-8',
      ...(options.target ? { 'x-amz-target': options.target } : {}),
    },
    body: options.body,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

test('events put-events speaks JSON 1.1', async () => {
  const Entries = [{ EventBusName: 'bank', Source: 's', DetailType: 'd', Detail: '{}', Time: 1772359200 }];
  const answer = await send('events', {
    target: 'AWSEvents.PutEvents',
    type: 'application/x-amz-json-1.1',
    body: JSON.stringify({ Entries }),
    who: 'bank',
  });
  expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  expect(JSON.parse(answer.text)).toMatchObject({ FailedEntryCount: 0 });
});

test('sts and cloudformation speak Query', async () => {
  const who = await send('sts', { body: 'Action=GetCallerIdentity&Version=2011-06-15', who: 'worker' });
  expect(who.text).toContain('<Arn>arn:aws:sts::000000000000:assumed-role/worker/worker-fn</Arn>');
  const stacks = await send('cloudformation', {
    body: 'Action=DescribeStacks&StackName=cardguard-local-stateful',
  });
  expect(stacks.text).toContain('<OutputKey>BusName</OutputKey><OutputValue>bank</OutputValue>');
});

test('ssm get-parameter', async () => {
  const type = 'application/x-amz-json-1.1';
  const one = { target: 'AmazonSSM.GetParameter', type, body: '{"Name":"/cardguard/local/bus"}' };
  expect(JSON.parse((await send('ssm', one)).text)).toMatchObject({ Parameter: { Value: 'bank' } });
  const none = await send('ssm', { ...one, body: '{"Name":"/x"}' });
  expect(none).toMatchObject({ status: 400 });
  expect(none.text).toContain('ParameterNotFound');
});

test('SQS still understands Query, both ways', async () => {
  const QueueUrl = encodeURIComponent('http://old/000000000000/plain');
  const attribute =
    'MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=v';
  const sent = await send('sqs', {
    body: `Action=SendMessage&Version=2012-11-05&QueueUrl=${QueueUrl}&MessageBody=${encodeURIComponent('a<b>&c')}&${attribute}`,
  });
  const id = /<MessageId>(.+)<\/MessageId>/.exec(sent.text)?.[1] ?? 'none';
  const got = await send('sqs', {
    body: `Action=ReceiveMessage&QueueUrl=${QueueUrl}&MaxNumberOfMessages=5&AttributeName.1=All&MessageAttributeName.1=All`,
  });
  expect(got.text).toContain(id);
  expect(got.text).toContain('<Body>a&lt;b&gt;&amp;c</Body>');
  expect(got.text).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
  expect(got.text).toContain(
    '<Name>n</Name><Value><DataType>String</DataType><StringValue>v</StringValue></Value>',
  );
  const none = await send('sqs', { body: 'Action=GetQueueUrl&QueueName=none' });
  expect(none.text).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
});

test('an unknown service, action or key is named', async () => {
  const service = await send('lambda', { target: 'AWSLambda.Invoke', body: '{}' });
  expect(service.text).toContain('no service \\"lambda\\"');
  const action = await send('sns', { body: 'Action=CreatePlatformApplication' });
  expect(action.text).toContain('sns:CreatePlatformApplication');
  const response = await fetch(front.url, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAX/20260301/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=abc',
    },
    body: 'Action=GetCallerIdentity',
  });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('AKIAX');
});

test('what is not signed goes to the host', async () => {
  expect((await fetch(`${front.url}/cards`)).status).toBe(404);
  front.handleOther((request, response) => response.end(`host saw ${request.url}`));
  expect(await (await fetch(`${front.url}/cards`)).text()).toBe('host saw /cards');
});

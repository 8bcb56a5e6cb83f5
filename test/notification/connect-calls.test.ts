import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectClient } from '@aws-sdk/client-connect';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectCalls } from '../../functions/notification/connect-calls.ts';
import { CallNotPlaced, type OutboundCall } from '../../functions/notification/outbound-calls.ts';

const call: OutboundCall = {
  callId: 'call-1',
  to: '+8613800138000',
  attributes: { callId: 'call-1', ticketNumber: 'FR-ABCDEFGH', language: 'zh-CN', greeting: '您好' },
};
const line = { instanceId: 'instance-1', flowId: 'flow-1', queueId: 'queue-1' };

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly type?: string;
}
type Answers = Answer | 'reset' | 'silence';
interface Seen {
  readonly line: string;
  readonly authorization: string;
  readonly body: unknown;
}
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Speaks Connect's REST protocol, so that the SDK itself makes the errors the adapter judges; the last answer stays. */
async function setUp(...answers: readonly Answers[]) {
  const requests: Seen[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push({
        line: `${request.method} ${request.url}`,
        authorization: request.headers.authorization ?? '',
        body: JSON.parse(body),
      });
      if (answer === 'reset') request.socket.destroy();
      else if (answer !== undefined && answer !== 'silence')
        response
          .writeHead(answer.status, {
            'content-type': 'application/json',
            ...(answer.type === undefined ? {} : { 'x-amzn-errortype': answer.type }),
          })
          .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { requests, port };
}

const client = (port: number, maxAttempts = 1) =>
  new ConnectClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
    requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
  });
const calls = (port: number, sourceNumber?: string) =>
  createConnectCalls(client(port), { ...line, sourceNumber });

const started: Answer = { status: 200, body: { ContactId: 'contact-1' } };
const failure = (type: string, status: number): Answer => ({
  status,
  type: `${type}:http://internal.amazon.com/coral/com.amazonaws.connect/`,
  body: { Message: 'not +8613800138000' },
});

describe('calls by Amazon Connect', () => {
  it('orders the call by the REST API, under the call’s own id', async () => {
    const { requests, port } = await setUp(started);
    expect(await calls(port).place(call)).toEqual({ outcome: 'dialling', contactId: 'contact-1' });
    expect(requests).toMatchObject([{ line: 'PUT /contact/outbound-voice' }]);
    expect(requests[0]?.authorization).toMatch(/Credential=local\/\d{8}\/eu-west-2\/connect\/aws4_request/);
    expect(requests[0]?.body).toEqual({
      InstanceId: 'instance-1',
      ContactFlowId: 'flow-1',
      QueueId: 'queue-1',
      DestinationPhoneNumber: '+8613800138000',
      ClientToken: 'call-1',
      Attributes: call.attributes,
    });
  });

  it('shows the number it is told to', async () => {
    const { requests, port } = await setUp(started);
    await calls(port, '+442071838750').place(call);
    expect(requests[0]?.body).toMatchObject({ SourcePhoneNumber: '+442071838750', QueueId: 'queue-1' });
  });

  it('names why the call is refused, without what was sent', async () => {
    const cases = [
      ['DestinationNotAllowedException', 403, 'destination_not_allowed'],
      ['OutboundContactNotPermittedException', 403, 'calls_not_permitted'],
      ['InvalidParameterException', 400, 'invalid_number'],
      ['InvalidRequestException', 400, 'rejected'],
      ['ResourceNotFoundException', 404, 'not_set_up'],
      ['AccessDeniedException', 403, 'not_set_up'],
      ['SomethingNewException', 400, 'rejected'],
    ] as const;
    for (const [type, status, reason] of cases) {
      const { port } = await setUp(failure(type, status));
      const code = type.replace('Exception', '');
      expect(await calls(port).place(call)).toEqual({ outcome: 'refused', reason, code });
      server?.close();
    }
  });

  it('throws, naming the code only, where surely nothing rings', async () => {
    const cases = [
      ['LimitExceededException', 429],
      ['ThrottlingException', 429],
      ['TooManyRequestsException', 429],
      ['ExpiredTokenException', 403],
    ] as const;
    for (const [type, status] of cases) {
      const { port } = await setUp(failure(type, status));
      const error: unknown = await calls(port)
        .place(call)
        .catch((e: unknown) => e);
      expect(error).toBeInstanceOf(CallNotPlaced);
      expect(String(error)).toBe(`CallNotPlaced: call not placed: ${type.replace('Exception', '')}`);
      server?.close();
    }
    const { port } = await setUp('reset');
    await new Promise<void>((resolve) => server?.close(() => resolve()));
    await expect(calls(port).place(call)).rejects.toThrow('call not placed: ECONNREFUSED');
  });

  it('does not know whether it rings where the answer is lost, or none', async () => {
    for (const answer of [
      'reset',
      'silence',
      failure('InternalServiceException', 500),
      { status: 200, body: {} },
    ] as const) {
      const { port } = await setUp(answer);
      expect(await calls(port).place(call)).toMatchObject({ outcome: 'unknown' });
      server?.closeAllConnections();
      server?.close();
    }
  });

  it('may ask again at once, under the same token: a lost answer is no second call', async () => {
    const { requests, port } = await setUp('silence', started);
    const twice = createConnectCalls(client(port, 2), line);
    expect(await twice.place(call)).toEqual({ outcome: 'dialling', contactId: 'contact-1' });
    expect(requests.map(({ body }) => body)).toMatchObject([
      { ClientToken: 'call-1' },
      { ClientToken: 'call-1' },
    ]);
  });
});

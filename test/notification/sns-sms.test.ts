import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmsMessage, SmsNotSent } from '../../functions/notification/sms.ts';
import { createSnsSms } from '../../functions/notification/sns-sms.ts';
import { message as anyMessage } from './sms-port.ts';

const message: SmsMessage = {
  ...anyMessage,
  text: '【示例银行】您好',
  maxPriceUsd: '0.50',
  senderId: 'BANK',
  originationNumber: '+12025550123',
};

type Answer = { readonly status: number; readonly body: string } | 'reset' | 'silence';
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Speaks SNS's wire protocol, so that the SDK itself makes the errors the adapter judges. */
async function setUp(answer: Answer) {
  const requests: URLSearchParams[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      requests.push(new URLSearchParams(body));
      if (answer === 'reset') request.socket.destroy();
      else if (answer !== 'silence')
        response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { requests, sms: createSnsSms(client(port)) };
}

const client = (port: number) =>
  new SNSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
  });

const accepted = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>`;
const failure = (code: string, words = 'no', status = 400): Answer => ({
  status,
  body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${words}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

describe('texts by SNS', () => {
  it('publishes as transactional, with price cap, sender and number', async () => {
    const { requests, sms } = await setUp({ status: 200, body: accepted });
    expect(await sms.send(message)).toEqual({ outcome: 'accepted', messageId: 'm-1' });
    const sent = Object.fromEntries(requests[0] ?? []);
    expect(sent).toMatchObject({
      Action: 'Publish',
      PhoneNumber: '+8613800138000',
      Message: '【示例银行】您好',
    });
    const attributes = Object.keys(sent).filter((key) => key.endsWith('.Name'));
    const pairs = attributes.map((key) => {
      const value = key.replace('.Name', '.Value');
      return [sent[key], sent[`${value}.DataType`], sent[`${value}.StringValue`]];
    });
    expect(pairs.sort()).toEqual([
      ['AWS.MM.SMS.OriginationNumber', 'String', '+12025550123'],
      ['AWS.SNS.SMS.MaxPrice', 'Number', '0.50'],
      ['AWS.SNS.SMS.SMSType', 'String', 'Transactional'],
      ['AWS.SNS.SMS.SenderID', 'String', 'BANK'],
    ]);
  });

  it('leaves sender and number out where none is set', async () => {
    const { requests, sms } = await setUp({ status: 200, body: accepted });
    await sms.send({ ...message, senderId: '', originationNumber: '' });
    expect([...(requests[0]?.values() ?? [])].filter((value) => /SenderID|Origination/.test(value))).toEqual(
      [],
    );
  });

  it('H12: returns a refusal with its reason, and never the number in it', async () => {
    const cases: [Answer, string, string][] = [
      [failure('OptedOut'), 'opted_out', 'OptedOut'],
      [
        failure('InvalidParameter', 'Invalid parameter: PhoneNumber Reason: +8613800138000 is opted out'),
        'opted_out',
        'InvalidParameter',
      ],
      [
        failure(
          'InvalidParameter',
          'Invalid parameter: PhoneNumber Reason: +8613800138000 is not valid to publish to',
        ),
        'invalid_number',
        'InvalidParameter',
      ],
      [failure('InvalidParameter', 'Invalid parameter: MaxPrice'), 'rejected', 'InvalidParameter'],
      [
        failure('AuthorizationError', 'not authorized to perform: SNS:Publish on +8613800138000', 403),
        'not_allowed',
        'AuthorizationError',
      ],
      [
        failure('ValidationException', 'No origination entities available to send'),
        'not_allowed',
        'Validation',
      ],
      [
        failure('ServiceQuotaExceededException', 'MONTHLY_SPEND_LIMIT_REACHED'),
        'spend_limit',
        'ServiceQuotaExceeded',
      ],
    ];
    for (const [answer, reason, code] of cases) {
      const { sms } = await setUp(answer);
      expect(await sms.send(message)).toEqual({ outcome: 'refused', reason, code });
      server?.close();
    }
  });

  it('throws, naming the code only, where surely nothing was sent', async () => {
    for (const code of ['Throttling', 'ThrottledException', 'ExpiredToken', 'InvalidClientTokenId']) {
      const { sms } = await setUp(failure(code, 'slow down +8613800138000'));
      const error: unknown = await sms.send(message).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(SmsNotSent);
      expect(String(error)).toBe(`SmsNotSent: text not sent: ${code.replace('Exception', '')}`);
      server?.close();
    }
    const { sms } = await setUp('reset');
    await new Promise<void>((resolve) => server?.close(() => resolve()));
    await expect(sms.send(message)).rejects.toThrow('text not sent: ECONNREFUSED');
  });

  it('calls a lost answer unknown and asks once only: a second try could text twice', async () => {
    for (const answer of [
      'reset',
      'silence',
      failure('InternalError', 'oops', 500),
      { status: 200, body: '<PublishResponse/>' },
    ] as const) {
      const { sms, requests } = await setUp(answer);
      expect(await sms.send(message)).toMatchObject({ outcome: 'unknown' });
      expect(requests).toHaveLength(1);
      server?.closeAllConnections();
      server?.close();
    }
  });
});

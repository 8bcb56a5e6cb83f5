import { SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { SmsNotSent, type SmsOutcome, type SmsPort } from '../../functions/notification/sms.ts';
import { createSmsRouter } from '../../functions/notification/sms-router.ts';
import { createSnsSms } from '../../functions/notification/sns-sms.ts';
import { describeSmsPort, message } from './sms-port.ts';

const failure = (status: number, code: string, words: string) => ({
  status,
  body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${words}</Message></Error></ErrorResponse>`,
});

describeSmsPort({
  name: 'SNS',
  port: (endpoint) =>
    createSnsSms(
      new SNSClient({
        endpoint,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        maxAttempts: 1,
        requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
      }),
    ),
  wire: (mood) => {
    const published = (id: string) =>
      `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>${id}</PublishResult></PublishResponse>`;
    const number = '+8613800138000';
    switch (mood) {
      case 'accepts':
        return { status: 200, body: published('<MessageId>m-1</MessageId>') };
      case 'names no id':
        return { status: 200, body: published('') };
      case 'opted out':
        return failure(400, 'OptedOut', `Phone number ${number} is opted out`);
      case 'invalid number':
        return failure(400, 'InvalidParameter', `PhoneNumber Reason: ${number} is not valid to publish to`);
      case 'throttles':
        return failure(400, 'Throttling', 'Rate exceeded');
      case 'fails inside':
        return failure(500, 'InternalError', 'oops');
      case 'hangs up':
        return 'hang up';
      case 'is silent':
        return 'silence';
    }
  },
});

/**
 * No provider there is: the least an adapter by registered templates could be, to show that the port carries what
 * one needs and that the rules above can be kept without SNS.
 */
function createTemplateSms(url: string): SmsPort {
  return {
    send: async ({ to, template }) => {
      const values = template.parameters.map(({ value }) => value);
      const body = JSON.stringify({ to, template: template.id, values });
      try {
        return await outcomeOf(await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(200) }));
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'lost';
        if (error instanceof SmsNotSent || code === 'ECONNREFUSED') throw new SmsNotSent(code);
        return { outcome: 'unknown', code };
      }
    },
  };
}

async function outcomeOf(answer: Response): Promise<SmsOutcome> {
  if (answer.status === 429) throw new SmsNotSent('busy');
  if (answer.status >= 500) return { outcome: 'unknown', code: String(answer.status) };
  const { id, refused } = (await answer.json()) as { id?: string; refused?: string };
  if (refused === 'opted_out' || refused === 'invalid_number')
    return { outcome: 'refused', reason: refused, code: refused };
  return id === undefined ? { outcome: 'unknown', code: 'no_id' } : { outcome: 'accepted', messageId: id };
}

describeSmsPort({
  name: 'a provider of registered templates',
  port: createTemplateSms,
  wire: (mood) => {
    if (mood === 'hangs up') return 'hang up';
    if (mood === 'is silent') return 'silence';
    const status = { throttles: 429, 'fails inside': 503 }[mood as string] ?? 200;
    const said = { accepts: { id: 't-1' }, 'opted out': { refused: 'opted_out' } }[mood as string];
    const body = mood === 'invalid number' ? { refused: 'invalid_number' } : (said ?? {});
    return { status, body: JSON.stringify(body) };
  },
});

test('each text goes by the provider its route names', async () => {
  const went: string[] = [];
  const provider = (name: string): SmsPort => ({
    send: async () => {
      went.push(name);
      return { outcome: 'accepted', messageId: name };
    },
  });
  const router = createSmsRouter({ sns: provider('sns'), other: provider('other') });
  await router.send({ ...message, provider: 'other' });
  await router.send({ ...message, provider: 'sns' });
  expect(went).toEqual(['other', 'sns']);
  await expect(router.send({ ...message, provider: 'third' })).rejects.toThrow('third');
});

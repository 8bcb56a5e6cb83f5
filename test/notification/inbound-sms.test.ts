import { expect, test } from 'vitest';
import { openInboundSms, parseInboundSms, sealInboundSms } from '../../functions/notification/inbound-sms.ts';

const seal = async (e164: string) => Buffer.from(e164).toString('base64');
const open = async (sealed: string) => Buffer.from(sealed, 'base64').toString();

const inbound = {
  originationNumber: '+8613812345678',
  destinationNumber: '+8610690000',
  messageKeyword: 'KEYWORD_1',
  messageBody: '2',
  inboundMessageId: 'b0f9a4f2-0001-4c7e-9d5b-0123456789ab',
};
const envelope = (message: unknown, over: object = {}) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'm-1',
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    Timestamp: '2026-03-10T15:40:00.000Z',
    ...over,
  });

test('what is sealed opens to what came, and reads the same', async () => {
  const body = envelope(inbound);
  const sealed = await sealInboundSms(body, seal);
  expect(sealed).not.toContain('13812345678');
  expect(parseInboundSms(sealed).kind).toBe('refused');
  expect(await openInboundSms(sealed, open)).toBe(body);
});

test.each([
  ['a number by another name', envelope({ ...inbound, originationNumber: undefined, from: '13812345678' })],
  ['a number as a number', envelope({ ...inbound, originationNumber: 8613812345678 })],
  ['another envelope', JSON.stringify({ records: [{ sender: '+86 138 1234 5678' }] })],
  ['a number in other words', envelope({ ...inbound, note: 'from +8613812345678' })],
  ['no JSON', 'originationNumber=+8613812345678&messageBody=2'],
  ['no JSON inside', envelope('call +8613812345678')],
])('I10 %s: no number is left to read', async (_, body) => {
  expect(await sealInboundSms(body, seal)).not.toMatch(/138\s?1234\s?5678/);
});

test('H15 a card number in the words is masked for good; their meaning stays', async () => {
  const sealed = await sealInboundSms(envelope({ ...inbound, messageBody: '不是我 6222021234567894' }), seal);
  const opened = parseInboundSms(await openInboundSms(sealed, open));
  expect(opened).toMatchObject({ text: { from: '+8613812345678', body: '不是我 ••••7894' } });
  const asJson = { ...inbound, messageBody: '{"Type":"6222021234567894"}' };
  expect(await sealInboundSms(envelope(asJson), seal)).not.toContain('6222');
});

test.each([
  ['no id', { inboundMessageId: undefined }],
  ['an empty one', { inboundMessageId: '' }],
  ['one too long', { inboundMessageId: 'x'.repeat(200) }],
  ['one of another kind', { inboundMessageId: 17 }],
  ['one that breaks a key', { inboundMessageId: 'a#b' }],
])('H5 %s loses no text: it is known by what it says and when', (_, over) => {
  const parsed = parseInboundSms(envelope({ ...inbound, ...over }));
  expect(parsed).toMatchObject({ kind: 'text', text: { body: '2', messageId: undefined } });
});

test('a text that names the one it answers, or names nonsense', () => {
  const named = parseInboundSms(envelope({ ...inbound, previousPublishedMessageId: 'm-7' }));
  expect(named).toMatchObject({ text: { previousMessageId: 'm-7' } });
  const nonsense = parseInboundSms(envelope({ ...inbound, previousPublishedMessageId: { id: 7 } }));
  expect(nonsense).toMatchObject({ kind: 'text', text: { previousMessageId: undefined } });
});

import { expect, test } from 'vitest';
import { emailThread, ticketOfThread } from '../../functions/notification/email-thread.ts';

const FROM = 'alerts@bank.example';

test('an answer to any e-mail of a ticket names its ticket, among whatever else it refers to', () => {
  const thread = emailThread('FR-7K3M9QXZ', FROM);
  expect(thread).toBe('<FR-7K3M9QXZ.ticket@bank.example>');
  const references = `<0100018f@email.amazonses.com>\r\n ${thread} <abc@mail.example>`;
  expect(ticketOfThread(references, FROM)).toBe('FR-7K3M9QXZ');
});

test.each([
  ['of another domain', '<FR-7K3M9QXZ.ticket@evil.example>'],
  ['no ticket number', '<FR-1.ticket@bank.example>'],
  ['nothing', ''],
])('%s names none', (_, references) => {
  expect(ticketOfThread(references, FROM)).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import {
  cardMailEvents,
  type MailOrder,
  ticketMailEvents,
} from '../../functions/notification/email-facts.ts';
import { renderEmail } from '../../functions/notification/emails.ts';
import { notices } from '../../functions/notification/notices.ts';
import { encodedWord } from '../../functions/notification/ses-email.ts';

const asOf = '2026-03-10T15:41:00.000Z';
const bank = { zh: '示例银行', en: 'Example Bank' };
const changes = ['phone', 'email', 'sim', 'device_added', 'device_removed', 'authenticator_added'] as const;
const orders: readonly MailOrder[] = [
  ...ticketMailEvents.map((event) => ({
    kind: 'ticket' as const,
    facts: {
      event,
      ticketNumber: 'FR-7K3M9QXZ',
      status: 'queued' as const,
      version: 4,
      asOf,
      lastFour: '4417',
    },
  })),
  ...cardMailEvents.map((event) => ({ kind: 'card' as const, facts: { event, lastFour: '4417', asOf } })),
  ...changes.map((what) => ({ kind: 'contactChanged' as const, facts: { what } })),
];
const written = orders.flatMap((order) =>
  (['zh-CN', 'en'] as const).map((language) => ({
    order,
    language,
    ...renderEmail({ ...order, language, bank, zone: 'Asia/Shanghai' }),
  })),
);

describe('e-mails', () => {
  test('every cell of the notice table that wants an e-mail has its words, and no other', () => {
    const wanted = Object.entries(notices).flatMap(([event, { email }]) =>
      email.how === 'none' ? [] : [event],
    );
    expect([...ticketMailEvents, ...cardMailEvents, 'contact_changed'].sort()).toEqual(wanted.sort());
  });

  test.each(written)('$language $order.facts: no link, no number to call, no request for a code', (mail) => {
    const all = `${mail.subject}\n${mail.text}`;
    expect(all).not.toMatch(/https?:|www\.|<[a-z]|\+\d/i);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(all).toContain(mail.language === 'en' ? 'never ask for a code' : '绝不会');
    expect(all).toMatch(mail.language === 'en' ? /number on your card/ : /卡背面的电话/);
    expect(/[一-龥]/.test(all)).toBe(mail.language === 'zh-CN');
  });

  test.each(written.filter(({ order }) => order.kind === 'ticket'))(
    'D3 $language $order.facts.event names number, status, version and as-of',
    ({ text, language }) => {
      for (const fact of ['FR-7K3M9QXZ', '4417', language === 'en' ? 'Received' : '已受理', '23:41']) {
        expect(text).toContain(fact);
      }
      expect(text).toMatch(language === 'en' ? /Version: 4/ : /版本：4/);
    },
  );

  test('a sender’s name outside ASCII is encoded words of at most 75 characters', () => {
    expect(encodedWord('Example Bank')).toBe('"Example Bank"');
    expect(encodedWord('示例银行')).toBe('=?UTF-8?B?56S65L6L6ZO26KGM?=');
    const long = encodedWord('示例银行'.repeat(12)).split(' ');
    expect(long.length).toBeGreaterThan(1);
    for (const word of long) expect(word.length).toBeLessThanOrEqual(75);
    const text = long.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString()).join('');
    expect(text).toBe('示例银行'.repeat(12));
  });
});

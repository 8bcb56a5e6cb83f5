import { expect, test } from 'vitest';
import { type PhoneSays, phoneWords } from '../../functions/notification/phone-words.ts';
import { publicStatuses, publicWording } from '../../functions/notification/public-wording.ts';

const voice = { bank: { zh: '示例银行', en: 'Example Bank' }, zone: 'Asia/Shanghai' };
const holds = ['none', 'requested', 'confirmed'] as const;
const all: readonly PhoneSays[] = [
  ...(['menu', 'digits', 'no_match', 'too_many', 'unknown_caller', 'busy', 'person'] as const).map((say) => ({
    say,
  })),
  ...(['closed', 'no_ticket'] as const).map((say) => ({ say, lastFour: '4417' })),
  ...holds.map((hold) => ({ say: 'frozen' as const, lastFour: '4417', hold })),
  ...holds.map((hold) => ({
    ...{ say: 'lost' as const, lastFour: '4417', hold, ticketNumber: 'FR-7K3M9QXZ' },
  })),
  ...holds.map((hold) => ({
    ...{ say: 'reported' as const, lastFour: '4417', hold, ticketNumber: 'FR-7K3M9QXZ' },
  })),
  { say: 'person', ticketNumber: 'FR-7K3M9QXZ' },
];

test.each(['zh-CN', 'en'] as const)(
  '%s: digits are read one by one, nothing secret is asked for',
  (language) => {
    for (const says of all) {
      const words = phoneWords(says, { ...voice, language });
      expect(words).not.toMatch(/4417|FR-7K3M|https?:|undefined/);
      if (/code|PIN|验证码|密码/.test(words)) expect(words).toMatch(/never ask|绝不会索要/);
      expect(words.length).toBeLessThan(1_000);
    }
  },
);

test.each(['zh-CN', 'en'] as const)('H17 %s: only a confirmed hold is called frozen', (language) => {
  const frozen = language === 'en' ? /is frozen/ : /已冻结/;
  for (const hold of holds) {
    const words = phoneWords({ say: 'frozen', lastFour: '4417', hold }, { ...voice, language });
    expect(frozen.test(words)).toBe(hold === 'confirmed');
  }
});

test.each(publicStatuses)('D3 %s is said in the words of every channel, with version and as-of', (status) => {
  const says = {
    ...({ say: 'status', ticketNumber: 'FR-7K3M9QXZ', status, version: 7 } as const),
    asOf: '2026-03-10T15:41:00.000Z',
  };
  const english = phoneWords(says, { ...voice, language: 'en' });
  expect(english).toBe(
    `Ticket F R 7 K 3 M 9 Q X Z: ${publicWording[status].en}. Version 7, as of 10 Mar 23:41.`,
  );
  const chinese = phoneWords(says, { ...voice, language: 'zh-CN' });
  expect(chinese).toBe(
    `工单F R 7 K 3 M 9 Q X Z：${publicWording[status]['zh-CN']}。版本7，截至3月10日23:41。`,
  );
});

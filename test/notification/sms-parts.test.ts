import * as fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { countParts } from '../../functions/notification/sms-parts.ts';

const plain = [
  ...'09 AZaz@$Z_\n?!&',
  ...'的了卡片您尾号元',
  ...'。、「」《》，：（）！？',
  '\u3000',
  '一',
  '\u9fff',
];
const odd = ['€', '[', '~', 'é', '¥', '“', '👍', '\u302a', '\u3099', 'ﾞ', '\r', '\u200d', '️'];

test('parts are counted as the library counts them, whatever the text and however long', () => {
  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom(...plain.slice(0, 15)), minLength: 1, maxLength: 480 }),
    fc.string({ unit: fc.constantFrom(...plain), minLength: 1, maxLength: 210 }),
    fc.string({ unit: fc.constantFrom(...plain, ...odd), maxLength: 210 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { parts, encoding } = countParts(text);
      const message = new SegmentedMessage(text);
      expect({ parts, encoding }).toEqual({
        parts: message.segmentsCount,
        encoding: message.getEncodingName() === 'GSM-7' ? 'GSM-7' : 'UCS-2',
      });
    }),
    { numRuns: 400 },
  );
});

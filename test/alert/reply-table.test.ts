import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReply } from '../../functions/alert/reply.ts';
import { type Row, table } from './reply-table.ts';

const kindOf = (text: string) => readReply(text, { mainlandChina: false }).kind;
const rowsBut = (reading: string) => table.filter((row) => row.reading !== reading);

describe('H6, H8, H10, H11: the table of replies', () => {
  it('is read as it says', () => {
    const wrong = table
      .filter(({ message, reading }) => kindOf(message) !== reading)
      .map(({ message, reading }) => `${message}: ${kindOf(message)}, should be ${reading}`);
    expect(wrong).toEqual([]);
  });

  it('has every message once, and hundreds of them', () => {
    expect(new Set(table.map(({ message }) => message)).size).toBe(table.length);
    expect(table.length).toBeGreaterThan(600);
  });
});

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));

/** Ways of writing the same: none may change what is read. */
const ways: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  fullWidth,
  (text) => `  ${text}  `,
  (text) => `${text}!`,
  (text) => `${text}！！`,
  (text) => `${text} ~`,
  (text) => [...text].join('\u200b'),
  (text) => `\u2066${text}\ufeff`,
  (text) => text.replaceAll(' ', '  '),
];

/** Words and signs that add nothing to an answer. */
const additions = [
  'please',
  'thanks',
  'ok',
  'hi',
  'hello',
  'sir',
  '谢谢',
  '你好',
  '好的',
  '嗯',
  '啊',
  '哦',
  '的',
  '了',
].concat([
  '!',
  '.',
  '。',
  ',',
  ' ',
  '👍',
  '🙏',
  '❤️',
  '~',
  '请',
  '麻烦了',
  'reply',
  '回复',
  '这笔',
  'it',
  'this',
]);

describe('H6: variations of the table', () => {
  it('width, case, spaces, punctuation and invisible characters change no reading', () => {
    fc.assert(
      fc.property(fc.constantFrom(...table), fc.constantFrom(...ways), ({ message, reading }, written) => {
        expect([message, kindOf(written(message))]).toEqual([message, reading]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('nothing put before or after a message that is no YES makes it one', () => {
    const added = fc.oneof(fc.constantFrom(...additions), fc.string({ unit: 'grapheme', maxLength: 6 }));
    fc.assert(
      fc.property(fc.constantFrom(...rowsBut('mine')), added, added, ({ message }, before, after) => {
        // "tell" + 是 would be another message: what is added keeps its distance and says no YES itself.
        fc.pre(kindOf(before) !== 'mine' && kindOf(after) !== 'mine');
        fc.pre(message !== '' && !/^\s*$/.test(message));
        expect([message, kindOf(`${before} ${message} ${after}`)]).not.toEqual([message, 'mine']);
      }),
      { numRuns: 3_000 },
    );
  });

  it('no two messages make a YES unless both are one, or one says nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rowsBut('mine')), fc.constantFrom(...table), (one, other) => {
        fc.pre(!saysNothing(one));
        for (const text of [`${one.message}, ${other.message}`, `${other.message}. ${one.message}`]) {
          expect([text, kindOf(text)]).not.toEqual([text, 'mine']);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('beside a YES, every single row but politeness, a sign or a name makes it none', () => {
    const made = rowsBut('mine')
      .filter((row) => !saysNothing(row))
      .flatMap(({ message }) => [`${message}, 1`, `yes. ${message}`, `${message}。是我`])
      .filter((text) => kindOf(text) === 'mine');
    expect(made).toEqual([]);
  });

  it('one slip of the finger never makes a YES of a NO', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const denials = table.filter(
      ({ message, reading }) => reading === 'not_mine' && /[a-z]{3}/i.test(message),
    );
    const slip = fc.record({
      row: fc.constantFrom(...denials),
      at: fc.nat(),
      letter: fc.constantFrom(...letters),
      how: fc.constantFrom('drop', 'double', 'replace', 'swap'),
    });
    const yesWords = new Set(['y', 'ya', 'yah', 'yea', 'yeah', 'yep', 'yup', 'yes', 'one', 'mine', 'me']);
    fc.assert(
      fc.property(slip, ({ row, at, letter, how }) => {
        const typed = slipIn(row.message, at, { letter, how });
        fc.pre(
          !typed
            .toLowerCase()
            .split(/[^a-z]+/)
            .some((word) => yesWords.has(word) && !row.message.toLowerCase().includes(word)),
        );
        expect([typed, kindOf(typed)]).not.toEqual([typed, 'mine']);
      }),
      { numRuns: 5_000 },
    );
  });

  it('a firm NO survives one slip in any of its longer words', () => {
    const denials = [
      'i didnt authorize this',
      'i never authorised it',
      'never purchased this',
      'i did not recognise this',
    ];
    const slip = fc.record({
      message: fc.constantFrom(...denials),
      at: fc.nat(),
      letter: fc.constantFrom('q', 'z', 'x', 'j'),
      how: fc.constantFrom('drop', 'double', 'replace', 'swap'),
    });
    fc.assert(
      fc.property(slip, ({ message, at, letter, how }) => {
        const [start, length] = longestWord(message);
        const word = slipIn(message.slice(start, start + length), at, { letter, how });
        const typed = message.slice(0, start) + word + message.slice(start + length);
        expect([typed, kindOf(typed)]).toEqual([typed, 'not_mine']);
      }),
    );
  });
});

/** Rows that leave a YES beside them one: politeness, and the name of a card or an alert. */
const saysNothing = ({ message }: Row): boolean => {
  const { lastFour, tag } = readReply(message, { mainlandChina: false });
  return (
    // Whoever says YES may ask in the same breath for the card back: the one goes with the other.
    wantsItBack.has(message.toLowerCase()) ||
    lastFour !== undefined ||
    tag !== undefined ||
    politeRows.has(message.toLowerCase()) ||
    /^[\s\p{P}\p{S}\p{M}]*$/u.test(message)
  );
};
const wantsItBack: ReadonlySet<string> = new Set([
  'unfreeze my card',
  'release it',
  'please unblock',
  '解冻',
]);
const politeRows: ReadonlySet<string> = new Set(
  'ok,okay,ok 👍,ok thanks,okk,okay then,hi,hello?,thanks,confirm,confirmed,👍,好,好的,嗯,嗯嗯,哦,喂,哈哈,行,谢谢,谢谢提醒,你好,好的谢谢,辛苦了'.split(
    ',',
  ),
);

function slipIn(text: string, at: number, { letter, how }: { letter: string; how: string }): string {
  const place = at % text.length;
  const [before, one, after] = [text.slice(0, place), text.charAt(place), text.slice(place + 1)];
  if (!/[a-z]/i.test(one)) return text;
  switch (how) {
    case 'drop':
      return before + after;
    case 'double':
      return before + one + one + after;
    case 'replace':
      return before + letter + after;
    default:
      return before + after.charAt(0) + one + after.slice(1);
  }
}

function longestWord(text: string): readonly [start: number, length: number] {
  const longest = text.split(' ').reduce((a, b) => (b.length > a.length ? b : a));
  return [text.indexOf(longest), longest.length];
}

describe('H6: any text', () => {
  it('is read, the same way every time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.boolean(), (text, mainlandChina) => {
        expect(readReply(text, { mainlandChina })).toEqual(readReply(text, { mainlandChina }));
      }),
    );
  });

  it('of 10,000 characters is read in time that grows with its length only', () => {
    for (const unit of [
      '没',
      '不',
      '是不是',
      'not even ',
      'didnt never ',
      'who says ',
      'recgn ',
      '别再给我',
      '1 ',
      '👎',
    ]) {
      const text = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000);
      const started = process.cpuUsage();
      readReply(text, { mainlandChina: false });
      // Measured: a second of CPU for the slowest. Ten times that is another order of growth.
      expect([unit, process.cpuUsage(started).user < 10_000_000]).toEqual([unit, true]);
    }
  });
});

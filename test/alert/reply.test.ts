import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reading, readReply } from '../../functions/alert/reply.ts';

const read = (text: string): Reading => readReply(text, { mainlandChina: false });
const kinds = (texts: readonly string[]) => texts.map((text) => [text, read(text).kind]);
const all = (texts: readonly string[], kind: Reading['kind']) => texts.map((text) => [text, kind]);

describe('H6: reading an answer as a whole', () => {
  it('reads YES in the ways people write it', () => {
    const texts = [
      '1',
      '１',
      '①',
      '1️⃣',
      ' 1. ',
      '1!',
      '1 👍',
      '“1”',
      '回复1',
      '回1',
      'reply 1',
      'YES',
      'Yes.',
      'ＹＥＳ',
      'y',
    ]
      .concat([
        'yesss',
        'yes please',
        'yes, it was me',
        'Mine',
        "it's mine",
        'it’s mine',
        'this is mine',
        'thank you, yes',
      ])
      .concat([
        '是',
        '是的',
        '是我',
        '是 我',
        '是我的。',
        '是本人',
        '本人',
        '是本人操作',
        '是的，是我',
        '1 是',
        '是我啊',
        '谢谢，是我',
      ]);
    expect(kinds(texts)).toEqual(all(texts, 'mine'));
  });

  it('reads NO in the ways people write it, also in a sentence', () => {
    const texts = [
      '2',
      '２',
      '②',
      '2️⃣',
      '2。',
      '22',
      '回复2',
      'press 2',
      'NO',
      'n',
      'N',
      'No!!!',
      'noooo',
      'nope',
      "I didn't",
    ]
      .concat([
        'no i did not',
        'not mine',
        'Not Mine?',
        'not me',
        'not  me!!',
        'its not mine',
        "that's not mine, block it",
      ])
      .concat([
        'I did not make this purchase',
        "i don't recognize this charge",
        'Not mine. Please call me',
        'no 👎',
        '👎',
        '❌',
      ])
      .concat([
        '否',
        '不是',
        '不是我',
        '不 是 我',
        '不\u200b是我',
        '不是本人',
        '非本人',
        '非本人操作',
        '不是我的，是盗刷',
        '是的，不是我刷的',
      ])
      .concat([
        '这不是我的消费！！快冻结我的卡',
        '我没有消费过',
        '唔係我',
        '不知道，不是我的',
        '2 please freeze',
        'help not mine',
      ]);
    expect(kinds(texts)).toEqual(all(texts, 'not_mine'));
  });

  it('leaves what is doubtful, contradictory or chat unclear', () => {
    const texts = [
      '',
      ' ',
      '？',
      '👍',
      '✅',
      '😀',
      'ok',
      '好的',
      '收到',
      '12',
      '11',
      '1 2',
      '21',
      'yes no',
      'yes or no',
      'not 1',
      '1 👎',
    ]
      .concat([
        'yes but not the second',
        'yes?',
        '1?',
        '是我？',
        '是我吗',
        '是不是我',
        '是不是我的？',
        '是否',
        '是否本人',
        'not sure',
      ])
      .concat([
        'no problem',
        'maybe mine',
        'yes but my wife used it',
        '是我老公刷的',
        '对不起',
        '1st',
        '1,288.00',
        'who is this',
        '你是谁',
      ])
      .concat([
        'the first is not mine, the second is mine',
        'is this a scam?',
        "don't freeze my card",
        '不要冻结',
        '解冻',
        'unfreeze 4417',
      ])
      .concat(['12345678', '4111 1111 1111 1111', 'mine '.repeat(200)]);
    expect(kinds(texts)).toEqual(all(texts, 'unclear'));
  });

  it('takes the card or the alert tag with the answer', () => {
    expect(read('4417 1')).toEqual({ kind: 'mine', lastFour: '4417' });
    expect(read('1 4417')).toEqual({ kind: 'mine', lastFour: '4417' });
    expect(read('4417是我')).toEqual({ kind: 'mine', lastFour: '4417' });
    expect(read('尾号４４１７的卡 不是我')).toEqual({ kind: 'not_mine', lastFour: '4417' });
    expect(read('44172')).toEqual({ kind: 'not_mine', lastFour: '4417' });
    expect(read('3 1')).toEqual({ kind: 'mine', tag: '3' });
    expect(read('32')).toEqual({ kind: 'not_mine', tag: '3' });
    expect(read('4417')).toEqual({ kind: 'unclear', lastFour: '4417' });
    expect(read('7')).toEqual({ kind: 'unclear', tag: '7' });
  });

  it('is strict with a YES: glued digits and several cards are unclear; NO to several cards names none', () => {
    expect(kinds(['31', '44171', '1 4417 8890', '3 4 1'])).toEqual(
      all(['31', '44171', '1 4417 8890', '3 4 1'], 'unclear'),
    );
    expect(read('2 4417 8890')).toEqual({ kind: 'not_mine' });
  });

  it('never reads a YES from a text with a word it does not know', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1', 'yes', '是我', 'mine'),
        fc.stringMatching(/^[bdfgjk]{4,9}$/),
        (yes, word) => {
          expect(read(`${yes} ${word}`).kind).toBe('unclear');
          expect(read(`${word} ${yes}`).kind).toBe('unclear');
        },
      ),
    );
  });

  it('keeps a firm NO whatever unknown words stand around it', () => {
    const word = fc.stringMatching(/^[bdfgjk]{4,9}$/);
    fc.assert(
      fc.property(
        word,
        word,
        fc.constantFrom('not mine', '不是我', '不是本人', 'not me'),
        (before, after, no) => {
          expect(read(`${before} ${no} ${after}`).kind).toBe('not_mine');
        },
      ),
    );
  });

  it('reads any text without failing, and no invisible character changes a reading', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => void read(text)));
    const invisible = fc.constantFrom('\u200b', '\u200d', '\u2060', '\ufeff', '\u202e', '\ufe0f');
    fc.assert(
      fc.property(
        fc.constantFrom('1', '不是我', 'not mine', 'yes', '退订'),
        invisible,
        fc.nat(6),
        (text, mark, at) => {
          expect(read(text.slice(0, at) + mark + text.slice(at)).kind).toBe(read(text).kind);
        },
      ),
    );
  });
});

describe('H10: opting out', () => {
  it('takes a bare keyword only', () => {
    const texts = [
      'STOP',
      'stop.',
      'Stop please',
      'STOPALL',
      'unsubscribe',
      'CANCEL',
      'End',
      'quit',
      '退订',
      'T',
      'td',
      'ＴＤ',
      '不要再发短信',
    ];
    expect(kinds(texts)).toEqual(all(texts, 'stop'));
    const sentences = ['stop 4417', 'please cancel the payment', 'TD bank', 'cancel the order', 'end this'];
    expect(kinds(sentences)).toEqual(all(sentences, 'unclear'));
  });

  it('takes "CANCEL my card" for what it asks, which only blocks', () => {
    const texts = [
      'CANCEL my card',
      'cancel card',
      'cancel my card 4417',
      'please cancel my card',
      '取消我的卡',
    ];
    expect(kinds(texts)).toEqual(all(texts, 'freeze'));
    expect(read('cancel my card 4417').lastFour).toBe('4417');
  });

  it('reads a bare N as NO everywhere, and from +86 also as an opt-out', () => {
    expect(readReply('N', { mainlandChina: true })).toEqual({ kind: 'not_mine', alsoOptOut: true });
    expect(readReply('N', { mainlandChina: false })).toEqual({ kind: 'not_mine' });
    expect(readReply('no', { mainlandChina: true })).toEqual({ kind: 'not_mine' });
    expect(readReply('N 4417', { mainlandChina: true })).toEqual({ kind: 'not_mine', lastFour: '4417' });
  });

  it('loses neither half of "stop, not mine"', () => {
    expect(read('STOP not mine')).toEqual({ kind: 'not_mine', alsoOptOut: true });
    expect(read('cancel my card, not mine')).toEqual({ kind: 'not_mine' });
    expect(read('stop 1').kind).toBe('unclear');
  });
});

describe('H8, H11: other things a text can say', () => {
  it('H8: knows a wrong number, and keeps the denial in it', () => {
    expect(kinds(['wrong number', '打错了', '你发错了', 'you have the wrong number'])).toEqual(
      all(['wrong number', '打错了', '你发错了', 'you have the wrong number'], 'wrong_number'),
    );
    expect(read('No, wrong number')).toEqual({ kind: 'wrong_number', alsoNotMine: true });
    expect(read('wrong number, not mine')).toEqual({ kind: 'wrong_number', alsoNotMine: true });
  });

  it('H11: HELP, STATUS and FREEZE with a card', () => {
    expect(kinds(['HELP', '帮助', 'info'])).toEqual(all(['HELP', '帮助', 'info'], 'help'));
    expect(read('HELP')).toEqual({ kind: 'help' });
    for (const words of ['人工', '转人工', 'AGENT', 'call me back', '请联系我', 'speak to a person please'])
      expect(read(words)).toEqual({ kind: 'help', wantsPerson: true });
    expect(read('客服电话')).toEqual({ kind: 'help' });
    expect(kinds(['STATUS', '进度', '查进度'])).toEqual(all(['STATUS', '进度', '查进度'], 'status'));
    const freezes = [
      '冻结 4417',
      '冻结4417',
      'FREEZE 4417',
      'freeze card 4417',
      '请冻结尾号4417',
      'block my card 4417',
      'yes freeze 4417',
    ];
    expect(freezes.map(read)).toEqual(freezes.map(() => ({ kind: 'freeze', lastFour: '4417' })));
    expect(read('冻结')).toEqual({ kind: 'freeze' });
  });
});

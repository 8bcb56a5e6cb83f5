import type { Chance } from './chance.ts';

const ANSWERS = {
  yes: ['1', '１', '是', '是我', 'YES', 'yes', '1.'],
  no: ['2', '２', '不是', '不是我', 'NO', 'not me', '2 not mine', '否'],
  unclear: ['??', 'what is this', 'yes but not the second', '你们是谁', '👍👎'],
  other: [
    ...['STOP', 'TD', 'STOP', '退订', 'START', 'HELP', '帮助', '进度', 'STATUS'],
    ...['FREEZE 4417', '冻结 4417', '打错了', 'wrong number'],
  ],
  cardNumber: ['my card is 4111 1111 1111 1111'],
} as const;

/** Reads a tag out of a text that asks: `Reply 3 1 = mine`, 回3 1. */
export const tagIn = (text: string): string => /(?<!\d)([3-9]) ?1(?!\d)/.exec(text)?.[1] ?? '';

/** What a customer texts, as often YES as NO; with the tag of the question as a rule. */
export function wordsOf(chance: Chance, tag: string): string {
  const kind = chance.pick([
    ...(['yes', 'yes', 'yes', 'no', 'no', 'no'] as const),
    ...(['unclear', 'other', 'cardNumber'] as const),
  ]);
  const said = chance.pick<string>(ANSWERS[kind]);
  const named = tag !== '' && (kind === 'yes' || kind === 'no') && !chance.oneIn(4);
  return named ? `${tag} ${said}` : said;
}

import { asides, courtesies } from './reply-asides.ts';
import { firmDenials, weakDenials } from './reply-denials.ts';
import { doubts } from './reply-doubts.ts';
import { otherPhrases } from './reply-other.ts';

/** What a phrase in a customer's text stands for. */
export type Meaning =
  /** The digit 1; a word ("yes"); a statement ("it was me"); a numeral that must stand alone ("one"). */
  | 'yes_digit'
  | 'yes_word'
  | 'yes_statement'
  | 'yes_numeral'
  /** Firm counts wherever it stands, because it only blocks; weak as a clause of its own; 2 in digits, in words. */
  | 'no_firm'
  | 'no_weak'
  | 'no_digit'
  | 'no_numeral'
  | 'doubt'
  /** Speaks of some transactions, not of all, or takes something back. */
  | 'partial'
  | 'wrong_number'
  /** A carrier's keyword, which opts out alone; a sentence that asks for no more texts, which always does. */
  | 'stop_word'
  | 'stop'
  /** A keyword that takes an opt-out back, alone. */
  | 'start'
  | 'help'
  | 'person'
  | 'status'
  /** Asked for in so many words, which holds inside a longer sentence; the bare word does not. */
  | 'freeze'
  | 'freeze_word'
  /** Asks that the card be freed again: no answer by itself, and nothing in a YES's way. */
  | 'release'
  /** Politeness, and words around an answer ("reply", "card"): nothing in a YES's way. */
  | 'polite'
  | 'around'
  /** Understood, but too much for a YES. */
  | 'aside';

export interface PhraseList {
  readonly means: Meaning;
  /** Matches words one slip away from its own as well: for what only blocks. */
  readonly tolerant?: true;
  readonly phrases: readonly string[];
}

/** The transactions asked about, as a YES may name them. */
const zhCharge = '[交易|消费|支出|付款|账单|订单|单|操作|东西]';
const zhWhen = '[刚|刚刚|刚才|自己|自己刚刚|自己刚|亲自|亲手|本人]';
const zhBought =
  '[刷|刷卡|买|消费|支付|付|付款|操作|交易|弄|做|花|下单|下|订|订购|购买|充值|转|碌|碌卡|使用|用|授权|购|办|干|搞]';

/** A YES is matched to the letter, and the whole message must consist of these and politeness. */
const agreements: readonly PhraseList[] = [
  { means: 'yes_digit', phrases: ['1'] },
  { means: 'yes_numeral', phrases: ['one', '一'] },
  {
    means: 'yes_word',
    phrases: [
      '[yes|yess|yeah|yea|yep|yepp|yup|yupp|ya|yah|y|affirmative]',
      '[correct|thats correct|that is correct|thats right|that is right]',
      '[yes|yeah|yep|yup|ya|yah] [authorized|authorised|i approve|i approved|i authorize|i authorise|i authorized|i authorised]',
      '[yes|yeah|yep|yup] [i did|it is|it was|it did|that is|that was]',
      '是',
      '是的',
      '对',
      '对的',
      '没错',
      '无错',
      '正确',
      '系',
      '系呀',
      '啱',
      'me',
      'my [own]? <charge>',
      '[我的|本人|我本人|我自己]',
    ],
  },
  {
    means: 'yes_statement',
    phrases: [
      'mine',
      '[its me|its mine|thats me|thats mine|was me|was mine|is mine|is me|all mine|all me|both mine|both me]',
      '[it|this|that|these|those|they|both|all|all of it|all of them|both of them|all of these|both of these] [is|was|were|are] [all|both|definitely|indeed|really]? [me|mine|my <charge>|my own <charge>]',
      '[the|this|that|these|those|both|all] [the|these|those]? <charge> [is|was|were|are] [all|both|definitely]? [me|mine|by me|made by me|my own]',
      '[its|thats|yes it was|definitely|indeed] [all]? [my <charge>|my own <charge>|me|mine]',
      '[it was|that was|this was|was|is|made|all|done|bought|authorized|authorised] by [me|myself]',
      '[it|this|that|both|all|these|the <charge>|this <charge>|that <charge>|these <charge>] [is|was|were|are|has been|have been] [done|made|bought|paid|authorized|authorised|approved|initiated] by me',
      '[approved|paid|initiated|purchased|<charge> done|<charge> made] by me',
      '[yes|yeah|yep|yup|ya|yah] [is|its] [me|mine|my <charge>]',
      '[i|ive] [have|have just]? done [the|this|that|these|both] <charge>',
      'i [do|hereby]? [authorize|authorise|approve] [it|this|that|them|these|both|the <charge>|this <charge>|that <charge>|these <charge>|both <charge>]',
      '[yes|yeah|yep|yup|ya|yah]? [i|ive] [just|did|have|have just|personally|myself]? [make|made|made|bought|authorized|authorised|approved|ordered|purchased|paid|did] [it|this|that|them|these|both|all of them|for it|for this|for that|for them|for these|the <charge>|this <charge>|that <charge>|these <charge>|those <charge>|both <charge>|all of these]',
      'i just [bought it|ordered it|paid|used my card]',
      'i did',
      'i [do]? [recognize|recognise] [it|this|that|them|these|both|the <charge>|this <charge>|that <charge>|these <charge>|all of them]',
      'i [made|did|bought|authorized|authorised] [it|this|that] myself',
      '<zh-sure>? <zh-sure>? <zh-sure>? [是|系] [我|俺|本人|我本人|咱]',
      `<zh-sure>? <zh-sure>? <zh-sure>? [是|系] [我|俺|本人|我本人] ${zhWhen}? ${zhBought}? [的|了|哒|滴]? ${zhCharge}?`,
      '<zh-sure>? [是|系] [我|俺|本人|我本人] [在|正在] [用|使用|刷|刷卡|买|消费|操作]',
      '[是|系]? [本人|我本人] 刷卡 消费',
      '[本人|我本人|我自己] [在|正在] [用|使用|刷|刷卡|买|消费|操作]',
      '<zh-sure>? [是|系]? [我|俺|本人|我本人] [自己]? [刷|碌] 的 卡',
      '<zh-sure>? [是|系] [我|本人] 付的款',
      '<zh-sure>? [是|系]? [我|本人] [自己]? 碌 [的|了|啊] [啊]?',
      `[是|系] 自己 ${zhBought} 的`,
      `<zh-sure>? <zh-sure>? [我|俺|本人|我本人] ${zhWhen}? ${zhBought} [的|了|哒|滴] ${zhCharge}?`,
      `[我|本人|我本人] [操作|交易|消费|刷卡|支付|购买|付款|自己刷]`,
      '[我的消费|我的交易|我的订单|我自己的]',
      '<zh-sure> [是|系]? [我的|我自己的|本人的] [交易|消费|订单]?',
      '确认 [是]? [本人|我] [操作|交易|消费]?',
      '[均为|都为|为|皆为|均系] [本人|我] [操作|交易|消费|刷卡]?',
    ],
  },
];

export const phraseLists: readonly PhraseList[] = [
  { means: 'doubt', tolerant: true, phrases: doubts },
  ...otherPhrases,
  ...courtesies,
  { means: 'no_digit', phrases: ['2'] },
  { means: 'no_numeral', phrases: ['two', '二', '两'] },
  { means: 'no_firm', tolerant: true, phrases: firmDenials },
  { means: 'no_weak', tolerant: true, phrases: weakDenials },
  ...agreements,
  ...asides,
];

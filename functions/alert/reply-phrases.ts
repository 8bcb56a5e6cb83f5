/**
 * What a phrase in a customer's text stands for. A reply is read as a whole: it must be made of these phrases,
 * fillers, one card's last four digits and one alert tag, or it is unclear (H6). To teach a phrase, add it here,
 * lower case, without punctuation; Chinese is matched character by character. The longest phrase wins, so a
 * longer one can take a shorter one's meaning away (是不是我 is a question, though 不是我 is in it).
 */
export type Meaning =
  | 'mine'
  | 'not_mine'
  | 'doubt'
  | 'wrong_number'
  | 'stop'
  | 'start'
  | 'help'
  | 'status'
  | 'freeze'
  | 'filler';

interface PhraseList {
  readonly means: Meaning;
  /**
   * Of a denial: counts wherever it stands, also in a sentence we cannot read, because it only blocks. Of a YES:
   * contradicts even a firm denial; never enough by itself to make a sentence a YES.
   */
  readonly firm?: true;
  readonly phrases: readonly string[];
}

const list = (text: string): readonly string[] =>
  text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

export const phraseLists: readonly PhraseList[] = [
  {
    means: 'mine',
    firm: true,
    phrases:
      list(`1, yes, yeah, yep, yup, mine, its mine, it is mine, it was mine, this is mine, that is mine,
      thats mine, was mine, is mine, all mine, its me, it is me, it was me, that was me, this was me, thats me,
      i made it, i did it, i did this, i made this purchase, i made this payment, i recognize it, i recognise it,
      是我, 是我的, 是本人, 是本人操作, 本人操作, 本人交易, 是我本人, 我本人操作, 是我操作的, 是我刷的, 我刷的, 是我买的,
      我买的, 是我消费的, 我消费的, 是我付的, 均为本人, 都是我的, 都是我, 都是本人, 係我`),
  },
  {
    means: 'mine',
    phrases: list('y, me, i did, 是, 是的, 我的, 本人, 我本人, 对, 对的, 係'),
  },
  {
    means: 'not_mine',
    firm: true,
    phrases:
      list(`not mine, nto mine, not mien, not me, not my, isnt mine, is not mine, wasnt mine, was not mine,
      isnt me, wasnt me, was not me, none are mine, none of them are mine, none is mine, not us, not by me,
      not made by me, didnt make, did not make, i did not make, didnt do, did not do, i did not do, didnt buy,
      did not buy, i did not buy, didnt authorize, didnt authorise, did not authorize, did not authorise,
      i did not authorize, i did not authorise, didnt spend, did not spend, i did not spend, didnt use, did not use,
      i did not use, never made, never bought, dont recognize, dont recognise, do not recognize, do not recognise,
      unauthorized, unauthorised,
      不是我, 不是我的, 不是我刷的, 不是我买的, 不是我消费的, 不是我付的, 不是我操作的, 不是我本人, 不是本人, 不是本人操作,
      非本人, 非本人操作, 非本人交易, 都不是我, 都不是我的, 都不是本人, 并非本人, 没刷, 没刷过, 没消费, 没有消费, 没买过,
      没有买过, 我没买, 没操作, 没有操作, 不认识这笔, 不认识这个商户, 不认识商户, 唔係我, 被盗刷, 被人盗刷`),
  },
  {
    means: 'not_mine',
    phrases:
      list(`2, 22, 222, 二, n, no, noo, nope, nah, never, not, didnt, did not, i did not, fraud, fraudulent,
      its fraud, this is fraud, scam, stolen, deny, denied,
      否, 不, 不是, 不是的, 不对, 没, 没有, 不认识, 唔係, 盗刷, 盜刷, 诈骗, 被盗`),
  },
  {
    means: 'doubt',
    phrases: list(`not sure, unsure, im not sure, dont know, do not know, dunno, maybe, perhaps,
      是不是, 是不是我, 是不是我的, 是不是本人, 是否, 是否本人, 不知道, 不清楚, 不确定, 不记得, 好像`),
  },
  {
    means: 'wrong_number',
    firm: true,
    phrases:
      list(`wrong number, wrong person, wrong phone, not my number, not my bank, i am not your customer,
      im not your customer, not your customer,
      打错了, 打错, 打錯了, 发错了, 发错, 發錯了, 号码错了, 號碼錯了, 发错人了, 找错人了, 不是我的号码, 我不是你们的客户,
      我不是你们客户, 不是机主, 没有这家银行的卡, 没有你们的卡, 没有你们银行的卡`),
  },
  {
    means: 'stop',
    phrases:
      list(`stop, please stop, stop please, stopall, stop all, unsubscribe, unsub, cancel, end, quit, revoke,
      optout, opt out, stop texting me, stop texts, t, td,
      退订, 退訂, 取消订阅, 停止, 不要再发短信, 别再发短信, 请不要再发短信`),
  },
  {
    means: 'start',
    phrases: list(`start, unstop, start texts, resume texts, subscribe, optin, opt in,
      恢复订阅, 恢復訂閱, 重新订阅, 恢复短信, 恢复接收, 订阅, 訂閱`),
  },
  { means: 'help', phrases: list('help, help me, info, 帮助, 幫助, 帮忙, 求助, 怎么办') },
  {
    means: 'status',
    phrases: list(
      'status, my status, ticket status, progress, 进度, 進度, 查进度, 查询进度, 查詢進度, 处理进度, 状态',
    ),
  },
  {
    means: 'freeze',
    phrases:
      list(`freeze, freeze card, freeze my card, freeze the card, freeze it, block, block card, block my card,
      block the card, block it, lock, lock card, lock my card, lock the card,
      冻结, 凍結, 冻结卡, 冻结卡片, 冻结我的卡, 冻卡, 锁卡, 快冻结, 冻结尾号`),
  },
  {
    means: 'filler',
    phrases:
      list(`please, pls, thanks, thank you, thx, hi, hello, dear, reply, answer, option, press, and, card, tag,
      i, it is, its, it, this, that,
      回复, 回, 选, 选择, 答, 请, 谢谢, 谢谢你, 谢谢您, 你好, 您好, 的, 了, 啊, 呀, 哦, 哈, 吧, 尾号, 卡, 号, 这笔, 这个`),
  },
];

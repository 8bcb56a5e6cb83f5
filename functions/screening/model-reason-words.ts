import type { FeatureName } from './features.ts';
import { COMBINATION_CODE, codeOfFeature } from './model-reasons.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Said when a yes/no feature is "no", which may speak for fraud as well. */
interface YesNoWords extends Words {
  readonly no: Words;
}

/* @__NO_SIDE_EFFECTS__ */
const yesNo = (zh: string, en: string, noZh: string, noEn: string): YesNoWords => ({
  zh,
  en,
  no: { zh: noZh, en: noEn },
});

/** What a feature that raised a model's score says of the transaction; `{…}` is its value. */
const words: Readonly<Record<FeatureName, Words | YesNoWords>> = {
  amount: { zh: '金额 {amount} {currency}', en: 'the amount, {currency} {amount}' },
  count1h: { zh: '一小时内第 {count1h} 笔', en: 'number {count1h} within one hour' },
  count24h: { zh: '24 小时内第 {count24h} 笔', en: 'number {count24h} within 24 hours' },
  count7d: { zh: '7 天内第 {count7d} 笔', en: 'number {count7d} within 7 days' },
  count30d: { zh: '30 天内第 {count30d} 笔', en: 'number {count30d} within 30 days' },
  sum1h: { zh: '一小时内共 {sum1h} {currency}', en: '{currency} {sum1h} within one hour' },
  sum24h: { zh: '24 小时内共 {sum24h} {currency}', en: '{currency} {sum24h} within 24 hours' },
  sum7d: { zh: '7 天内共 {sum7d} {currency}', en: '{currency} {sum7d} within 7 days' },
  sum30d: { zh: '30 天内共 {sum30d} {currency}', en: '{currency} {sum30d} within 30 days' },
  amountVsMean: { zh: '金额为平时的 {amountVsMean} 倍', en: 'the amount is {amountVsMean} times the usual' },
  amountDeviations: {
    zh: '金额比平时高 {amountDeviations} 个标准差',
    en: 'the amount lies {amountDeviations} deviations above the usual',
  },
  spendCount: { zh: '该卡此前 {spendCount} 笔消费', en: '{spendCount} purchases on the card so far' },
  cardAgeDays: { zh: '该卡使用 {cardAgeDays} 天', en: 'a card in use for {cardAgeDays} days' },
  minutesSinceLast: {
    zh: '距上一笔 {minutesSinceLast} 分钟',
    en: '{minutesSinceLast} minutes after the one before',
  },
  firstUse: yesNo('该卡首次使用', 'the first use of the card', '非首次使用', 'not the first use of the card'),
  newCountry: yesNo(
    '首次在该国家或地区',
    'a country new to the card',
    '用过的国家或地区',
    'a country the card knows',
  ),
  newDevice: yesNo('新设备', 'a device new to the card', '用过的设备或无设备', 'no device new to the card'),
  newMerchant: yesNo('新商户', 'a merchant new to the card', '熟悉的商户', 'a merchant the card knows'),
  crossBorder: yesNo('境外交易', 'a purchase abroad', '境内交易', 'a purchase at home'),
  notPresent: yesNo('无卡交易', 'without the card', '实体卡交易', 'with the card itself'),
  crossBorderNotPresent: yesNo(
    '境外无卡交易',
    'abroad, without the card',
    '非境外无卡交易',
    'not abroad without the card',
  ),
  night: yesNo('深夜', 'at night', '非深夜', 'not at night'),
  hour: { zh: '{hour} 点多', en: 'after {hour}:00' },
  probing1h: {
    zh: '一小时内 {probing1h} 次小额或被拒',
    en: '{probing1h} small or declined attempts in the hour before',
  },
  declined1h: { zh: '一小时内被拒 {declined1h} 次', en: 'declined {declined1h} times in the hour before' },
  riskyMcc: yesNo('高风险类别', 'a risky category', '普通类别', 'an ordinary category'),
  declined: yesNo('被拒绝', 'declined', '已批准', 'approved'),
  recurring: yesNo('定期扣款', 'a recurring charge', '非定期扣款', 'not a recurring charge'),
  merchantInitiated: yesNo(
    '商户发起',
    'asked for by the merchant',
    '非商户发起',
    'not asked for by the merchant',
  ),
  verification: yesNo('零金额验证', 'an account verification', '非零金额', 'not an account verification'),
  minutesSinceElsewhere: {
    zh: '{minutesSinceElsewhere} 分钟前曾在他国刷卡',
    en: 'read in another country {minutesSinceElsewhere} minutes before',
  },
  magstripe: yesNo('磁条刷卡', 'the magnetic strip was read', '非磁条', 'not by magnetic strip'),
  countVsUsual: { zh: '笔数为平时日均的 {countVsUsual} 倍', en: '{countVsUsual} times a usual day’s count' },
  sumVsUsual: { zh: '金额为平时日均的 {sumVsUsual} 倍', en: '{sumVsUsual} times a usual day’s money' },
  merchantFrauds: {
    zh: '该商户近期已知欺诈 {merchantFrauds} 笔',
    en: '{merchantFrauds} frauds known at the merchant lately',
  },
  merchantOrdinaryFrauds: {
    zh: '该商户近期金额寻常的欺诈 {merchantOrdinaryFrauds} 笔',
    en: '{merchantOrdinaryFrauds} frauds of ordinary amounts known at the merchant',
  },
  merchantFraudAgeDays: {
    zh: '该商户最近一笔欺诈在 {merchantFraudAgeDays} 天前',
    en: 'the latest known fraud at the merchant was {merchantFraudAgeDays} days before',
  },
  merchantFraudOldestDays: {
    zh: '该商户最早一笔近期欺诈在 {merchantFraudOldestDays} 天前',
    en: 'the earliest known fraud at the merchant was {merchantFraudOldestDays} days before',
  },
  mean1h: {
    zh: '一小时内平均每笔 {mean1h} {currency}',
    en: '{currency} {mean1h} a purchase on average within one hour',
  },
  mean24h: {
    zh: '24 小时内平均每笔 {mean24h} {currency}',
    en: '{currency} {mean24h} a purchase on average within 24 hours',
  },
  mean7d: {
    zh: '7 天内平均每笔 {mean7d} {currency}',
    en: '{currency} {mean7d} a purchase on average within 7 days',
  },
  mean30d: {
    zh: '30 天内平均每笔 {mean30d} {currency}',
    en: '{currency} {mean30d} a purchase on average within 30 days',
  },
  usualAmount: {
    zh: '该卡平时每笔约 {usualAmount} {currency}',
    en: 'the card’s usual amount, {currency} {usualAmount}',
  },
  usualDeviation: {
    zh: '该卡金额的标准差 {usualDeviation} {currency}',
    en: 'the card’s amounts deviate by {currency} {usualDeviation}',
  },
  unusual24h: {
    zh: '24 小时内已有 {unusual24h} 笔异常大额',
    en: '{unusual24h} unusually large amounts in the 24 hours before',
  },
  unusual7d: {
    zh: '7 天内已有 {unusual7d} 笔异常大额',
    en: '{unusual7d} unusually large amounts in the 7 days before',
  },
  unusual14d: {
    zh: '14 天内已有 {unusual14d} 笔异常大额',
    en: '{unusual14d} unusually large amounts in the 14 days before',
  },
  unusualSinceDays: {
    zh: '异常大额始于 {unusualSinceDays} 天前',
    en: 'unusually large amounts since {unusualSinceDays} days',
  },
  excess3d: {
    zh: '3 天内累计超出平时 {excess3d} 个标准差',
    en: '{excess3d} deviations above the usual, added up over 3 days',
  },
  greatest7d: {
    zh: '7 天内最大一笔高出平时 {greatest7d} 个标准差',
    en: 'the greatest amount of 7 days lies {greatest7d} deviations above the usual',
  },
  cardFrauds: {
    zh: '该卡近期已知欺诈 {cardFrauds} 笔',
    en: '{cardFrauds} frauds known on the card lately',
  },
  cardFraudAgeDays: {
    zh: '该卡最近一笔欺诈在 {cardFraudAgeDays} 天前',
    en: 'the latest known fraud on the card was {cardFraudAgeDays} days before',
  },
  weekend: yesNo('周末', 'at the weekend', '工作日', 'not at the weekend'),
  merchantFrauds14d: {
    zh: '该商户 14 天内已知欺诈 {merchantFrauds14d} 笔',
    en: '{merchantFrauds14d} frauds of 14 days known at the merchant',
  },
  merchantFrauds28d: {
    zh: '该商户 28 天内已知欺诈 {merchantFrauds28d} 笔',
    en: '{merchantFrauds28d} frauds of 28 days known at the merchant',
  },
  merchantSecondFraudAgeDays: {
    zh: '该商户倒数第二笔欺诈在 {merchantSecondFraudAgeDays} 天前',
    en: 'the last fraud but one at the merchant was {merchantSecondFraudAgeDays} days before',
  },
  merchantFraudRun: {
    zh: '该商户连续欺诈 {merchantFraudRun} 笔',
    en: 'a run of {merchantFraudRun} frauds known at the merchant',
  },
  merchantFraudRunDays: {
    zh: '该商户的连续欺诈始于 {merchantFraudRunDays} 天前',
    en: 'the run of frauds at the merchant began {merchantFraudRunDays} days before',
  },
  merchantFraudRunPerDay: {
    zh: '该商户连续欺诈每天 {merchantFraudRunPerDay} 笔',
    en: '{merchantFraudRunPerDay} frauds a day in the merchant’s run',
  },
  merchantOrdinaryRun: {
    zh: '该商户连续欺诈中金额寻常的 {merchantOrdinaryRun} 笔',
    en: '{merchantOrdinaryRun} frauds of ordinary amounts in the merchant’s run',
  },
  merchantOrdinaryAgeDays: {
    zh: '该商户最近一笔金额寻常的欺诈在 {merchantOrdinaryAgeDays} 天前',
    en: 'the latest fraud of an ordinary amount at the merchant was {merchantOrdinaryAgeDays} days before',
  },
  merchantOrdinaryOldestDays: {
    zh: '该商户最早一笔金额寻常的欺诈在 {merchantOrdinaryOldestDays} 天前',
    en: 'the earliest fraud of an ordinary amount at the merchant was {merchantOrdinaryOldestDays} days before',
  },
  merchantLeastDeviation: {
    zh: '该商户欺诈金额最少高出平时 {merchantLeastDeviation} 个标准差',
    en: 'the merchant’s frauds lie at least {merchantLeastDeviation} deviations above the usual of their cards',
  },
  merchantMeanDeviation: {
    zh: '该商户欺诈金额平均高出平时 {merchantMeanDeviation} 个标准差',
    en: 'the merchant’s frauds lie {merchantMeanDeviation} deviations above the usual of their cards on average',
  },
  merchantFraudShare: {
    zh: '该商户近期交易的欺诈占比 {merchantFraudShare}',
    en: '{merchantFraudShare} of the merchant’s latest transactions were fraud',
  },
};

const combination: Words = { zh: '多项特征的组合', en: 'the combination of its features' };
const prefix = { zh: '模型：', en: 'Model: ' } as const;

/** Made when first asked for: functions that only judge do not carry the words. */
let byCode: ReadonlyMap<string, readonly [string, Words | YesNoWords]> | undefined;
function wordsByCode() {
  byCode ??= new Map(Object.entries(words).map(([name, one]) => [codeOfFeature(name), [name, one]]));
  return byCode;
}

/** The words of a model's reason, with `{…}` still to be filled in; undefined for a code that no model gives. */
export function modelWords(
  code: string,
  language: 'zh' | 'en',
  values: Readonly<Record<string, number | string>>,
): string | undefined {
  if (code === COMBINATION_CODE) return prefix[language] + combination[language];
  const found = wordsByCode().get(code);
  if (found === undefined) return undefined;
  const [name, one] = found;
  const said = 'no' in one && values[name] === 0 ? one.no : one;
  return prefix[language] + said[language];
}

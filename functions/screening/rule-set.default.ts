import type { RuleSet } from './rules.ts';

/**
 * The rules a new installation starts with. Money is in yuan. Weights: 50 asks the customer, 80 freezes;
 * so one strong sign asks, two strong ones freeze, and weak signs ask only together. An amount is a weak sign
 * however large: on generated life asking about each unusual one asked 24 of 1,000 customers a day
 * (docs/rule-figures.md tells what each rule finds and how often it errs).
 */
export const defaultRuleSet: RuleSet = {
  version: 'default-2',
  zone: 'Asia/Shanghai',
  homeCountry: 'CN',
  currency: 'CNY',
  rates: {
    USD: 7,
    EUR: 8,
    GBP: 9,
    HKD: 0.9,
    MOP: 0.9,
    JPY: 0.05,
    KRW: 0.005,
    SGD: 5.3,
    TWD: 0.22,
    AUD: 4.7,
    CAD: 5,
  },
  night: { fromHour: 23, toHour: 6 },
  smallAmount: 20,
  // Money transfer, precious stones, jewellery, inbound telemarketing, quasi cash, stored value, dating, betting.
  riskyMcc: ['4829', '5094', '5944', '5967', '6051', '6540', '7273', '7800', '7801', '7802', '7995', '9406'],
  staleAfterMinutes: 60,
  thresholds: { alertScore: 50, freezeScore: 80 },
  rules: [
    {
      id: 'amount-far-above-usual',
      code: 'amount_far_above_usual',
      when: {
        all: [
          { feature: 'amountDeviations', op: 'gte', value: 4 },
          { feature: 'amountVsMean', op: 'gte', value: 3.5 },
          { feature: 'spendCount', op: 'gte', value: 10 },
          { feature: 'amount', op: 'gte', value: 100 },
        ],
      },
      weight: 25,
      words: {
        zh: '金额 {amount} {currency}，约为平时的 {amountVsMean} 倍',
        en: 'The amount, {currency} {amount}, is {amountVsMean} times the usual one',
      },
    },
    {
      id: 'amount-extreme',
      code: 'amount_extreme',
      when: {
        all: [
          { feature: 'amount', op: 'gte', value: 50_000 },
          { feature: 'amountVsMean', op: 'gte', value: 10 },
        ],
      },
      weight: 20,
      words: {
        zh: '大额交易 {amount} {currency}，远高于平时',
        en: 'A large amount, {currency} {amount}, far above the usual',
      },
    },
    {
      id: 'velocity-1h',
      code: 'velocity_1h',
      when: { feature: 'count1h', op: 'gte', value: 6 },
      weight: 50,
      words: { zh: '一小时内第 {count1h} 笔交易', en: 'Transaction number {count1h} within one hour' },
    },
    {
      id: 'spending-spree',
      code: 'spending_spree',
      when: {
        all: [
          { feature: 'count1h', op: 'gte', value: 3 },
          { feature: 'sum1h', op: 'gte', value: 1500 },
          { feature: 'sumVsUsual', op: 'gte', value: 8 },
          { feature: 'newMerchant', op: 'eq', value: 1 },
        ],
      },
      weight: 50,
      words: {
        zh: '一小时内第 {count1h} 笔，共 {sum1h} {currency}，又是新商户',
        en: 'Number {count1h} within one hour, {currency} {sum1h} in all, at yet another new merchant',
      },
    },
    {
      id: 'sum-24h',
      code: 'sum_24h',
      when: {
        all: [
          { feature: 'sum24h', op: 'gte', value: 20_000 },
          { feature: 'sumVsUsual', op: 'gte', value: 10 },
        ],
      },
      weight: 20,
      words: {
        zh: '24 小时内共 {sum24h} {currency}，约为平时日均的 {sumVsUsual} 倍',
        en: '{currency} {sum24h} within 24 hours, {sumVsUsual} times a usual day',
      },
    },
    {
      id: 'count-burst',
      code: 'count_burst',
      when: {
        all: [
          { feature: 'count24h', op: 'gte', value: 15 },
          { feature: 'countVsUsual', op: 'gte', value: 8 },
        ],
      },
      weight: 30,
      words: {
        zh: '24 小时内 {count24h} 笔交易，约为平时的 {countVsUsual} 倍',
        en: '{count24h} transactions within 24 hours, {countVsUsual} times the usual',
      },
    },
    {
      id: 'night-high-amount',
      code: 'night_high_amount',
      when: {
        all: [
          { feature: 'night', op: 'eq', value: 1 },
          { feature: 'amount', op: 'gte', value: 3000 },
          { not: { feature: 'merchantInitiated', op: 'eq', value: 1 } },
          {
            any: [
              { feature: 'amountVsMean', op: 'gte', value: 3 },
              { feature: 'spendCount', op: 'lt', value: 5 },
            ],
          },
        ],
      },
      weight: 50,
      words: {
        zh: '深夜 {hour} 点多的大额交易 {amount} {currency}',
        en: 'A high amount at night: {currency} {amount} after {hour}:00',
      },
    },
    {
      id: 'probing-then-larger',
      code: 'probing_then_larger',
      when: {
        all: [
          { feature: 'probing1h', op: 'gte', value: 3 },
          { feature: 'notPresent', op: 'eq', value: 1 },
          { feature: 'amount', op: 'gte', value: 500 },
        ],
      },
      weight: 60,
      action: 'freeze',
      words: {
        zh: '{probing1h} 次小额或被拒的尝试之后，出现 {amount} {currency} 的交易',
        en: '{currency} {amount} after {probing1h} small or declined attempts',
      },
    },
    {
      id: 'card-testing',
      code: 'card_testing',
      when: {
        all: [
          { feature: 'probing1h', op: 'gte', value: 4 },
          { feature: 'notPresent', op: 'eq', value: 1 },
          { feature: 'amount', op: 'lt', value: 500 },
        ],
      },
      weight: 50,
      words: {
        zh: '一小时内已有 {probing1h} 次小额或被拒的尝试',
        en: '{probing1h} small or declined attempts within one hour',
      },
    },
    {
      id: 'declined-run',
      code: 'declined_run',
      when: { feature: 'declined1h', op: 'gte', value: 3 },
      weight: 30,
      words: { zh: '一小时内已被拒 {declined1h} 次', en: 'Declined {declined1h} times within one hour' },
    },
    {
      id: 'declined-then-dear',
      code: 'declined_then_dear',
      when: {
        all: [
          { feature: 'declined1h', op: 'gte', value: 1 },
          { feature: 'amount', op: 'gte', value: 300 },
          { feature: 'newMerchant', op: 'eq', value: 1 },
          { feature: 'recurring', op: 'eq', value: 0 },
        ],
      },
      weight: 25,
      words: {
        zh: '刚被拒 {declined1h} 次后，在新商户消费 {amount} {currency}',
        en: '{currency} {amount} at a new merchant after {declined1h} refusals within one hour',
      },
    },
    {
      id: 'risky-mcc',
      code: 'risky_mcc',
      when: {
        all: [
          { feature: 'riskyMcc', op: 'eq', value: 1 },
          { feature: 'newMerchant', op: 'eq', value: 1 },
          { feature: 'amount', op: 'gte', value: 1000 },
        ],
      },
      weight: 10,
      words: {
        zh: '高风险类别（{mcc}）的新商户，金额 {amount} {currency}',
        en: 'A new merchant of a risky category ({mcc}), {currency} {amount}',
      },
    },
    {
      id: 'new-country',
      code: 'new_country',
      when: {
        all: [
          { feature: 'newCountry', op: 'eq', value: 1 },
          { feature: 'crossBorder', op: 'eq', value: 1 },
        ],
      },
      weight: 35,
      words: { zh: '首次在该国家或地区（{country}）使用', en: 'First use in this country ({country})' },
    },
    {
      id: 'cross-border-not-present',
      code: 'cross_border_not_present',
      when: {
        all: [
          { feature: 'crossBorderNotPresent', op: 'eq', value: 1 },
          { feature: 'amount', op: 'gte', value: 300 },
        ],
      },
      weight: 35,
      words: {
        zh: '境外无卡交易（{country}）{amount} {currency}',
        en: 'A purchase abroad ({country}) without the card, {currency} {amount}',
      },
    },
    {
      id: 'new-device-not-present',
      code: 'new_device_not_present',
      when: {
        all: [
          { feature: 'newDevice', op: 'eq', value: 1 },
          { feature: 'notPresent', op: 'eq', value: 1 },
          { feature: 'amount', op: 'gte', value: 500 },
        ],
      },
      weight: 30,
      words: {
        zh: '在新设备上的线上交易 {amount} {currency}',
        en: 'An online purchase from a new device, {currency} {amount}',
      },
    },
    {
      id: 'first-use-high',
      code: 'first_use_high',
      when: {
        all: [
          { feature: 'spendCount', op: 'lt', value: 3 },
          { feature: 'amount', op: 'gte', value: 8000 },
        ],
      },
      weight: 50,
      words: {
        zh: '新卡的大额交易 {amount} {currency}',
        en: 'A high amount on a card hardly used so far, {currency} {amount}',
      },
    },
    {
      id: 'two-places',
      code: 'two_places',
      when: { feature: 'minutesSinceElsewhere', op: 'lte', value: 45 },
      weight: 40,
      words: {
        zh: '{minutesSinceElsewhere} 分钟前该卡还在另一国家或地区刷过',
        en: 'The card was read in another country {minutesSinceElsewhere} minutes before',
      },
    },
    {
      id: 'magstripe-abroad',
      code: 'magstripe_abroad',
      when: {
        all: [
          { feature: 'magstripe', op: 'eq', value: 1 },
          { feature: 'crossBorder', op: 'eq', value: 1 },
        ],
      },
      weight: 25,
      words: { zh: '境外（{country}）磁条刷卡', en: 'Magnetic strip read abroad ({country})' },
    },
    {
      id: 'unusual-spree',
      code: 'unusual_spree',
      when: {
        all: [
          { feature: 'unusual7d', op: 'gte', value: 2 },
          { feature: 'excess3d', op: 'gte', value: 4 },
          { feature: 'amountDeviations', op: 'gte', value: 2 },
          { feature: 'amount', op: 'gte', value: 100 },
        ],
      },
      weight: 20,
      words: {
        zh: '七天内已有 {unusual7d} 笔远高于平时的交易，又一笔 {amount} {currency}',
        en: 'Another high purchase, {currency} {amount}, after {unusual7d} far above the usual within seven days',
      },
    },
    {
      // A busy merchant always has some fraud: only where it is three purchases in ten. At one in fifty, 13 of
      // 1,000 customers a day were asked in vain on generated life, for 43 % of the frauds there instead of 6 %.
      id: 'merchant-fraud-run',
      code: 'merchant_fraud_run',
      when: {
        all: [
          { feature: 'merchantOrdinaryRun', op: 'gte', value: 3 },
          { feature: 'merchantOrdinaryOldestDays', op: 'lte', value: 28 },
          { feature: 'merchantFraudShare', op: 'gte', value: 0.3 },
        ],
      },
      weight: 50,
      words: {
        zh: '该商户近日已确认 {merchantOrdinaryRun} 笔金额平常的欺诈',
        en: '{merchantOrdinaryRun} frauds of ordinary amounts were confirmed at this merchant lately',
      },
    },
    {
      id: 'merchant-fraud-recent',
      code: 'merchant_fraud_recent',
      when: {
        all: [
          { feature: 'merchantOrdinaryRun', op: 'eq', value: 1 },
          { feature: 'merchantOrdinaryAgeDays', op: 'lte', value: 18 },
          { feature: 'merchantFraudShare', op: 'gte', value: 0.02 },
        ],
      },
      weight: 10,
      words: {
        zh: '该商户 {merchantOrdinaryAgeDays} 天前发生过一笔已确认的欺诈',
        en: 'A fraud that is confirmed now took place at this merchant {merchantOrdinaryAgeDays} days before',
      },
    },
    {
      id: 'card-fraud-known',
      code: 'card_fraud_known',
      when: { feature: 'cardFraudAgeDays', op: 'lte', value: 30 },
      weight: 10,
      words: {
        zh: '该卡 {cardFraudAgeDays} 天前发生过已确认的欺诈',
        en: 'A fraud that is confirmed now took place on this card {cardFraudAgeDays} days before',
      },
    },
    {
      id: 'recurring-known',
      code: 'recurring_known',
      when: {
        all: [
          {
            any: [
              { feature: 'recurring', op: 'eq', value: 1 },
              { feature: 'merchantInitiated', op: 'eq', value: 1 },
            ],
          },
          { feature: 'newMerchant', op: 'eq', value: 0 },
          { feature: 'spendCount', op: 'gte', value: 1 },
        ],
      },
      weight: -40,
      words: { zh: '熟悉商户的定期扣款', en: 'A recurring charge of a known merchant' },
    },
  ],
};

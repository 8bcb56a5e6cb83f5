import type { People, SampleLine } from '../../infra/local/start/sample.ts';
import type { EntryMode } from './events.ts';
import { utc } from './events.ts';
import { chargeIn } from './money.ts';

/** Something that happens in the night and has to happen just so: the answers people give belong to it. */
interface Incident {
  readonly id: string;
  readonly card: string;
  /** Minutes and seconds before the night's end. */
  readonly before: readonly [number, number];
  readonly major: number;
  readonly currency: string;
  readonly merchant: {
    readonly id: string;
    readonly name: string;
    readonly mcc: string;
    readonly country: string;
    readonly city?: string;
  };
  readonly entryMode: EntryMode;
  readonly deviceId?: string;
  readonly declined?: true;
  readonly expect?: SampleLine['expect'];
  readonly pauseMs?: number;
}

const zhang = { card: 'card-zhang-4417', entryMode: 'ecommerce', deviceId: 'browser-9f2e' } as const;
const chen = { card: 'card-chen-2058', entryMode: 'ecommerce', deviceId: 'browser-41c7' } as const;
const inShenzhen = { country: 'CN', city: '深圳' } as const;
const topUp = { id: 'm-topup', name: '话费充值服务', mcc: '4814', country: 'CN', city: '广州' };
const gift = { id: 'm-gcm-us', name: 'GIFT CARD MALL', mcc: '5815', country: 'US' };
const bought = {
  id: 'm-gge-us',
  name: 'GOLDEN GATE ELECTRONICS',
  mcc: '5732',
  country: 'US',
  city: 'San Francisco',
};
const sneakers = { id: 'm-snk-us', name: 'SNEAKER VAULT NYC', mcc: '5661', country: 'US', city: 'New York' };
const phones = { id: 'm-phones', name: '优品数码专营店', mcc: '5732', ...inShenzhen };
const laptop = {
  id: 'm-best-sh',
  name: 'BEST ELECTRONICS SHANGHAI',
  mcc: '5732',
  country: 'CN',
  city: '上海',
};
const dutyFree = { id: 'm-tdf-jp', name: 'TOKYO DUTY FREE', mcc: '5309', country: 'JP', city: 'Tokyo' };
const watches = { id: 'm-lux-us', name: 'LUXE WATCHES ONLINE', mcc: '5944', country: 'US' };
const points = { id: 'm-game', name: '游戏点券', mcc: '5816', ...inShenzhen };
const video = { id: 'm-video', name: '视频会员', mcc: '5815', country: 'CN', city: '北京' };
const shop = { id: 'm-family', name: '全家便利店', mcc: '5499', country: 'CN', city: '上海' };

// biome-ignore format: one event a line reads as the night it is
const incidents: readonly Incident[] = [
  // A stolen number in the United States: not-present abroad, one after the other.
  { id: 'night-spree-1', ...zhang, before: [27, 29], major: 1299, currency: 'USD', merchant: bought, expect: 'freeze', pauseMs: 1500 },
  { id: 'night-spree-1', ...zhang, before: [27, 29], major: 1299, currency: 'USD', merchant: bought, expect: 'repeated' },
  { id: 'night-spree-2', ...zhang, before: [25, 58], major: 500, currency: 'USD', merchant: gift, declined: true, expect: 'freeze', pauseMs: 1500 },
  { id: 'night-spree-3', ...zhang, before: [24, 45], major: 640, currency: 'USD', merchant: sneakers, declined: true, expect: 'freeze' },
  // Probing, then what it was for.
  { id: 'night-probe-1', ...chen, before: [22, 50], major: 1, currency: 'CNY', merchant: points },
  { id: 'night-probe-2', ...chen, before: [21, 58], major: 1, currency: 'CNY', merchant: topUp, declined: true },
  { id: 'night-probe-3', ...chen, before: [20, 40], major: 9.9, currency: 'CNY', merchant: topUp },
  { id: 'night-probe-4', ...chen, before: [19, 55], major: 1, currency: 'CNY', merchant: video, declined: true },
  { id: 'night-probe-5', ...chen, before: [18, 19], major: 30, currency: 'CNY', merchant: topUp, expect: 'alert', pauseMs: 2000 },
  { id: 'night-probe-6', ...chen, before: [15, 30], major: 1288, currency: 'CNY', merchant: phones, expect: 'freeze', pauseMs: 2000 },
  // Honest and dear, on a computer never used before; honest and far away, where the till reads the strip; a stolen number whose owner has no mobile phone.
  { id: 'night-laptop', card: 'card-emma-8823', entryMode: 'ecommerce', deviceId: 'browser-2c18', before: [13, 48], major: 2888, currency: 'CNY', merchant: laptop, expect: 'alert', pauseMs: 2500 },
  { id: 'night-tokyo', card: 'card-daniel-6129', entryMode: 'magstripe', before: [10, 20], major: 118_000, currency: 'JPY', merchant: dutyFree, expect: 'freeze', pauseMs: 2500 },
  { id: 'night-sofia', card: 'card-wang-0915', entryMode: 'ecommerce', deviceId: 'browser-77aa', before: [6, 40], major: 899, currency: 'USD', merchant: watches, expect: 'freeze', pauseMs: 1500 },
];

/** A currency that does not exist: the bank's own mistake. */
const faulty: Incident = {
  id: 'night-faulty',
  card: 'card-emma-3306',
  entryMode: 'chip',
  before: [5, 0],
  major: 88,
  currency: 'CNY',
  merchant: shop,
  expect: 'quarantine',
  pauseMs: 800,
};
const FAULTY_CURRENCY = 'QQQ';
const refund = { of: 'night-probe-6', before: [2, 55], pauseMs: 800 } as const;

/** The scripted part of the night, in epoch milliseconds before its end. */
export function eveningOf(people: People, end: number): { at: number; line: SampleLine }[] {
  const told = incidents.map((incident) => purchase(people, incident, end));
  const wrong = purchase(people, faulty, end);
  const amount = { ...(wrong.line.detail.amount as object), currency: FAULTY_CURRENCY };
  const given = incidents.find(({ id }) => id === refund.of);
  if (!given) throw new Error(`no ${refund.of}`);
  const reversedAt = end - msOf(refund.before);
  const reversal: SampleLine = {
    expect: 'on_ticket',
    pauseMs: refund.pauseMs,
    'detail-type': 'TransactionReversed',
    detail: {
      schemaVersion: 1,
      transactionId: given.id,
      cardToken: given.card,
      reversedAt: utc(reversedAt),
      kind: 'refund',
      amount: chargeIn(given.major, given.currency).amount,
    },
  };
  return [
    ...told,
    { at: wrong.at, line: { ...wrong.line, detail: { ...wrong.line.detail, amount } } },
    { at: reversedAt, line: reversal },
  ];
}

const msOf = ([minutes, seconds]: readonly [number, number]): number => (minutes * 60 + seconds) * 1000;

function purchase(people: People, incident: Incident, end: number): { at: number; line: SampleLine } {
  const { id, card, before, major, currency, merchant, entryMode, deviceId, expect, pauseMs } = incident;
  const held = people.cards.find(({ cardToken }) => cardToken === card);
  if (!held) throw new Error(`${id}: nobody holds ${card}`);
  const at = end - msOf(before);
  return {
    at,
    line: {
      ...(expect && { expect }),
      ...(pauseMs && { pauseMs }),
      'detail-type': 'TransactionAuthorized',
      detail: {
        schemaVersion: 1,
        transactionId: id,
        cardToken: card,
        cardholderId: held.cardholderId,
        accountOwnerId: held.accountOwnerId,
        occurredAt: utc(at),
        outcome: incident.declined ? 'declined' : 'approved',
        ...chargeIn(major, currency),
        merchant,
        entryMode,
        recurring: false,
        merchantInitiated: false,
        ...(deviceId && { deviceId }),
      },
    },
  };
}

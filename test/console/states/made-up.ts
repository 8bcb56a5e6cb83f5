import { callCheckWording, publicWording } from '../../../functions/notification/public-wording.ts';
import type { TicketStatus } from '../../../functions/ticket/ticket-states.ts';

/** Made-up things the pages of the states test show; what each route may say is held against its contract. */
export const now = Date.now();
export const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
export const ahead = (minutes: number): string => ago(-minutes);
export const asOf = ago(0);
/** For what runs out while pictures are taken for an hour: counted when it is asked for. */
const fromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const usd = (minor: number) => ({ minor, currency: 'USD' });
const cny = (minor: number) => ({ minor, currency: 'CNY' });

export const card = (over: object = {}) => ({
  ...{
    cardToken: 'card-1',
    lastFour: '4417',
    state: 'active',
    holds: [],
    holdsVersion: 1,
    role: 'cardholder',
  },
  ...over,
});
export const frozenCard = card({ state: 'frozen', holds: ['fraud'], frozenSince: ago(12) });

export const suspicion = (over: object = {}) => ({
  transactionId: 'T-1',
  occurredAt: ago(14),
  amount: usd(129_900),
  billing: cny(934_280),
  merchant: { name: 'GOLDEN GATE ELECTRONICS', mcc: '5732', country: 'US' },
  declined: false,
  recurring: false,
  reasons: [
    {
      code: 'amount_far_above_usual',
      words: { 'zh-CN': '金额是平时的 18.4 倍', en: '18.4 times what is usual' },
    },
    {
      code: 'new_country',
      words: { 'zh-CN': '第一次在美国使用', en: 'Used in the United States for the first time' },
    },
  ],
  ...over,
});
const longName = 'VERY LONG MERCHANT NAME OF A SHOP THAT NEVER ENDS ITS NAME AT ALL';
export const question = (over: object = {}) => ({
  alertId: 'alert-0001',
  cardToken: 'card-1',
  lastFour: '4417',
  ticketNumber: 'FR-JCXHFS5N',
  status: 'open',
  held: true,
  openedAt: ago(12),
  get expiresAt() {
    return fromNow(3);
  },
  transactionCount: 23,
  transactions: [
    suspicion(),
    suspicion({
      transactionId: 'T-2',
      declined: true,
      recurring: true,
      amount: cny(4_650),
      billing: cny(4_650),
      merchant: { name: longName, mcc: '5411', country: 'CN' },
    }),
  ],
  maySay: ['mine', 'not_mine'],
  verificationNeeded: true,
  ...over,
});

export const bank = { calling: false, calls: [], words: callCheckWording.notCalling };
const call = { ticketNumber: 'FR-JCXHFS5N', agent: 'Lin Yue', announcedAt: ago(1), until: ahead(9) };
export const bankCalling = { calling: true, calls: [call], words: callCheckWording.calling(call) };

export const live = (shown: object = {}) => ({ asOf, mark: 'mark-of-the-states-test', bank, ...shown });

export const ticketLine = (status: TicketStatus, over: object = {}) => ({
  number: 'FR-JCXHFS5N',
  status,
  wording: publicWording[status],
  version: 4,
  asOf: ago(3),
  category: 'suspected_fraud',
  cardToken: 'card-1',
  lastFour: '4417',
  openedAt: ago(40),
  ...over,
});
const clock = (leg: string, dueMinutes: number, over: object = {}) => ({
  ...{ leg, state: 'running', from: ago(40) },
  get dueAt() {
    return fromNow(dueMinutes);
  },
  ...over,
});
export const customerClocks = [
  clock('FIRST_RESPONSE', 20),
  clock('CALLBACK', -4, { state: 'overdue' }),
  clock('PRELIMINARY', 1_400),
  clock('RESOLUTION', 9_000),
];
/** What still runs: a ticket that waits for its customer, or has its conclusion, promises less. */
const clocksOf: Readonly<Partial<Record<TicketStatus, readonly object[]>>> = {
  in_progress: customerClocks.slice(1),
  awaiting_customer: [clock('RESOLUTION', 0, { state: 'paused', dueAt: undefined })],
  concluded: [clock('RESOLUTION', 9_000)],
};
export const ticket = (status: TicketStatus, over: object = {}) => ({
  ...ticketLine(status),
  clocks: clocksOf[status] ?? customerClocks,
  disputes: [],
  calls: [],
  ...over,
});

export const messages = [
  { seq: 3, from: 'customer', at: ago(30), words: '这笔交易不是我做的，我昨晚一直在家。' },
  {
    seq: 7,
    from: 'agent',
    at: ago(22),
    words: '您好，我是处理您工单的坐席。请在应用里补充：交易凭证、与商户的往来截图。\n谢谢！',
  },
  { seq: 9, from: 'customer', at: ago(20), words: `https://very-long-address.example/${'a'.repeat(90)}` },
  { seq: 11, from: 'agent', at: ago(2) },
];

export const transaction = (over: object = {}) => ({
  ...{ transactionId: 'T-9', occurredAt: ago(300), amount: cny(4_650), billing: cny(4_650) },
  merchant: { name: 'WAGAS JINGAN', mcc: '5812', country: 'CN' },
  ...{ crossBorder: false, pending: true, declined: false, recurring: false, suspicious: false },
  ...over,
});
export const transactions = [
  transaction({ transactionId: 'T-1', suspicious: true, ...foreign(), merchant: suspicion().merchant }),
  transaction({ transactionId: 'T-2', declined: true, pending: false }),
  transaction({
    transactionId: 'T-3',
    merchant: { name: longName, mcc: '5411', country: 'FR' },
    ...foreign(),
  }),
  transaction({
    transactionId: 'T-4',
    ...{ pending: false, postedAt: ago(200), recurring: true },
    reversals: [{ kind: 'refund', reversedAt: ago(100), amount: cny(4_650) }],
  }),
];
function foreign() {
  return {
    crossBorder: true,
    amount: usd(129_900),
    billing: { ...cny(934_280), rate: '7.1923', feeMinor: 14_014 },
  };
}

export const verification = (over: object = {}) => ({
  verificationId: 'verification-1',
  action: 'unfreeze',
  cardToken: 'card-1',
  status: 'pending',
  openedAt: ago(2),
  get expiresAt() {
    return fromNow(13);
  },
  requirement: { kinds: 2, accepted: ['sim', 'device', 'totp', 'staff'], mustInclude: [], reasons: [] },
  factors: [],
  offers: ['sim', 'totp', 'device', 'staff'],
  ...over,
});

export const notices = [
  { ticketNumber: 'FR-JCXHFS5N', channel: 'sms', kind: 'question', putOutAt: ago(12), outcome: 'accepted' },
  {
    ticketNumber: 'FR-JCXHFS5N',
    channel: 'email',
    kind: 'taken_in_hand',
    putOutAt: ago(8),
    outcome: 'accepted',
  },
  { channel: 'sms', kind: 'contactChanged', putOutAt: ago(3_000), outcome: 'refused' },
  { channel: 'app', kind: 'freeze_confirmed', outcomeAt: ago(11), outcome: 'pending' },
];
export const contact = {
  ...{ name: '张伟', language: 'zh-CN', phone: '••••0001', hasPhone: true, email: 'z•••@example.com' },
  changedAt: ago(90_000),
};
export const preferences = { texts: true, calls: true, quiet: { from: '22:00', to: '07:00' } };
export const devices = [
  {
    deviceId: 'd-1',
    name: 'iPhone',
    enrolledAt: ago(50_000),
    enrolledBy: 'verification',
    lastUsedAt: ago(90),
  },
  { deviceId: 'd-2', name: 'YubiKey 5C', enrolledAt: ago(80_000), enrolledBy: 'bank' },
];

const usdDispute = { minor: 129_900, currency: 'USD' };
const yuan = (minor: number) => ({ minor, currency: 'CNY' });
const facts = (over: object = {}) => ({
  ...{ occurredAt: ago(90), merchantName: 'GADGET HUB', amount: usdDispute, billing: yuan(934_280) },
  ...over,
});
const step = (status: string, back: number, over: object = {}) => ({
  ...{ status, at: ago(back), by: 'Lin Yue' },
  ...over,
});
const reported = step('reported', 60, { by: 'customer' });
/** One disputed purchase of each kind, with all that may be told of its steps. */
export const disputes = [
  { transactionId: 'T-1', status: 'reported', at: ago(60), facts: facts(), history: [reported] },
  {
    ...{ transactionId: 'T-2', status: 'evidence_wanted', at: ago(60), cardToken: 'card-2' },
    facts: facts({ merchantName: longName, amount: yuan(4_650), billing: yuan(4_650) }),
    history: [reported, step('evidence_wanted', 40)],
  },
  {
    ...{ transactionId: 'T-3', status: 'provisional_credit', at: ago(60), facts: facts() },
    history: [
      reported,
      step('submitted', 30, { reference: 'CB-2026-1' }),
      step('provisional_credit', 20, { reference: 'PC-7', amount: yuan(934_280) }),
    ],
  },
  {
    ...{ transactionId: 'T-4', status: 'lost', at: ago(60), facts: facts({ merchantName: '苏宁易购' }) },
    history: [step('reported', 60, { by: 'desk' }), step('lost', 10, { cause: 'merchant_proved' })],
  },
  {
    ...{ transactionId: 'T-5', status: 'refunded', at: ago(60), facts: facts() },
    history: [
      reported,
      step('refunded', 9, { by: 'bank', told: 'refund', amount: yuan(934_280) }),
      step('refunded', 8, { amount: yuan(934_280), reference: 'RF-9' }),
    ],
  },
];

const paper = (state: string, over: object = {}) => ({
  ...{ evidenceId: `paper-${state}`, state, mediaType: 'application/pdf', bytes: 182_344 },
  ...{ sha256: 'a'.repeat(64), name: '收据.pdf', by: 'customer', requestedAt: ago(9) },
  ...(state === 'requested' ? {} : { receivedAt: ago(9) }),
  ...over,
});
/** Papers in every state, one about a purchase, one by staff, one with a name that does not end. */
export const papers = {
  asOf,
  evidence: [
    paper('clean', { transactionId: 'T-1', settledAt: ago(8) }),
    paper('clean', { evidenceId: 'paper-of-staff', by: 'agent', name: '柜面扫描.pdf', settledAt: ago(8) }),
    paper('uploaded', { name: `${'聊天记录截图'.repeat(13)}.png`, mediaType: 'image/png', bytes: 9_437_184 }),
    paper('refused', { reason: 'infected', settledAt: ago(7) }),
    paper('requested', { name: '照片.heic', mediaType: 'image/heic' }),
    paper('expired'),
  ],
};
export const noPapers = { asOf, evidence: [] };

/** A place in this test's own server: where a file is sent to, and no API is. */
export const SHELF = '/api/shelf';
export const upload = { method: 'PUT', url: SHELF, headers: {}, until: ahead(15) };
export const announcedPaper = paper('requested');
export const arrivedPaper = paper('uploaded');
export const pdf = { name: '收据.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 receipt') };
export const note = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') };

import type { disputeWording } from '../../../functions/notification/public-wording.ts';
import type { Both } from './language.ts';

/** A disputed transaction (D9), in the words e-mails have for it: by their type no page can say anything else (D3). */
export const disputeStates = {
  reported: { 'zh-CN': '已登记', en: 'Reported' },
  evidence_wanted: { 'zh-CN': '待您补充材料', en: 'We need papers from you' },
  submitted: { 'zh-CN': '已提交卡组织', en: 'Submitted to the card scheme' },
  provisional_credit: { 'zh-CN': '已暂时入账', en: 'Provisionally credited' },
  won: { 'zh-CN': '争议成立', en: 'Decided for you' },
  lost: { 'zh-CN': '争议不成立', en: 'Decided against you' },
  refunded: { 'zh-CN': '已退款', en: 'Refunded' },
} as const satisfies typeof disputeWording;

/** The same, for staff. */
export const staffDisputeStates = {
  ...disputeStates,
  evidence_wanted: { 'zh-CN': '等客户补充材料', en: 'Papers asked for' },
  won: { 'zh-CN': '争议成立', en: 'Decided for the customer' },
  lost: { 'zh-CN': '争议不成立', en: 'Decided against the customer' },
} as const satisfies Readonly<Record<keyof typeof disputeStates, Both>>;

export const lostCauses = {
  recognised: { 'zh-CN': '客户认出了这笔交易', en: 'the customer recognises it' },
  merchant_proved: { 'zh-CN': '商户提供了证明', en: 'the merchant proved it' },
  too_late: { 'zh-CN': '已过时限', en: 'too late' },
  no_evidence: { 'zh-CN': '没有材料', en: 'no papers' },
  not_covered: { 'zh-CN': '规则不支持', en: 'not covered by the rules' },
} as const satisfies Readonly<Record<string, Both>>;

/** The same, told to the customer. */
export const ownCauses = {
  ...lostCauses,
  recognised: { 'zh-CN': '您认出了这笔交易', en: 'you recognised it' },
} as const satisfies typeof lostCauses | Readonly<Record<keyof typeof lostCauses, Both>>;

/** What the bank's systems told, while the status stayed. */
export const bankTold = {
  reversal: { 'zh-CN': '银行系统：交易已撤销', en: 'The bank: reversed' },
  refund: { 'zh-CN': '银行系统：商户已退款', en: 'The bank: refunded by the merchant' },
  fraud_confirmed: { 'zh-CN': '银行系统：确认为盗用', en: 'The bank: confirmed as fraud' },
  fraud_cleared: { 'zh-CN': '银行系统：不是盗用', en: 'The bank: no fraud after all' },
} as const satisfies Readonly<Record<string, Both>>;

const people: Readonly<Record<string, Both>> = {
  customer: { 'zh-CN': '客户', en: 'customer' },
  desk: { 'zh-CN': '坐席代报', en: 'by the desk' },
  bank: { 'zh-CN': '银行', en: 'bank' },
};
const you: Readonly<Record<string, Both>> = {
  customer: { 'zh-CN': '您', en: 'you' },
  desk: { 'zh-CN': '我行人员代您登记', en: 'by our staff for you' },
};
/** `customer`, `desk`, `bank`, or the name of who works on it; `own` when it is told to the customer. */
export const stepBy = (by: string, own: boolean): Both =>
  (own ? you[by] : undefined) ?? people[by] ?? { 'zh-CN': by, en: by };

export const disputeWords = {
  heading: { 'zh-CN': '争议交易', en: 'Disputed transactions' },
  history: { 'zh-CN': '进展', en: 'History' },
  reportedAt: { 'zh-CN': '登记于', en: 'reported' },
  reference: { 'zh-CN': '编号', en: 'reference' },
  unnamed: { 'zh-CN': '交易', en: 'Transaction' },
} as const satisfies Readonly<Record<string, Both>>;

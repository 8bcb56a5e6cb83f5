import type { Both } from '../shared/language.ts';

/** What was promised first, then what it took; the last three are parts of the work (K4). */
export const rowNames = {
  firstResponse: { 'zh-CN': '首次响应', en: 'First response' },
  wait: { 'zh-CN': '等待', en: 'Wait' },
  preliminary: { 'zh-CN': '初步结论', en: 'Preliminary conclusion' },
  resolution: { 'zh-CN': '解决', en: 'Resolution' },
  handling: { 'zh-CN': '处理时长（不含暂停）', en: 'Handling, without pauses' },
  work: { 'zh-CN': '坐席用时合计', en: 'Agents’ work, together' },
  focus: { 'zh-CN': '其中：查看工单', en: 'of it: on the ticket' },
  talk: { 'zh-CN': '其中：通话', en: 'of it: on the phone' },
  afterCall: { 'zh-CN': '其中：通话后整理', en: 'of it: after calls' },
} as const satisfies Readonly<Record<string, Both>>;

/** Words of the figures that only their page needs. */
export const figureWords = {
  consistency: { 'zh-CN': '跨渠道一致', en: 'The same on every channel' },
  consistencyText: {
    'zh-CN': '各渠道给出的状态，与工单当时的版本相比。矛盾必须为 0。',
    en: 'Each status told, held against the ticket’s version at that moment. Contradictions must be 0.',
  },
  channel: { 'zh-CN': '渠道', en: 'Channel' },
  every: { 'zh-CN': '全部渠道', en: 'All channels' },
  current: { 'zh-CN': '一致', en: 'consistent' },
  stale: { 'zh-CN': '较旧', en: 'older' },
  contradictions: { 'zh-CN': '矛盾', en: 'contradictions' },
  lag: { 'zh-CN': '延迟', en: 'lag' },
  none: { 'zh-CN': '还没有给出过状态', en: 'No status was told yet' },
  abandoned: { 'zh-CN': '未等到就结束', en: 'over before anybody came' },
  provisional: { 'zh-CN': '7 天内仍可能重开', en: 'may still be reopened within 7 days' },
} as const satisfies Readonly<Record<string, Both>>;

export const channelNames = {
  app: { 'zh-CN': '应用', en: 'App' },
  desk: { 'zh-CN': '坐席台', en: 'Desk' },
  sms: { 'zh-CN': '短信', en: 'Text' },
  email: { 'zh-CN': '邮件', en: 'E-mail' },
  phone: { 'zh-CN': '电话', en: 'Phone' },
} as const satisfies Readonly<Record<string, Both>>;

/** Why a share is not whole, as `functions/ticket/ticket-measures.ts` tells it. */
const failures: Readonly<Record<string, Both>> = {
  late: { 'zh-CN': '超时才接通', en: 'too late' },
  overdue: { 'zh-CN': '已超时，仍在等', en: 'overdue' },
  waiting: { 'zh-CN': '仍在等', en: 'still waiting' },
  nobody_came: { 'zh-CN': '没有人来', en: 'nobody came' },
  hung_up: { 'zh-CN': '客户挂断', en: 'the customer hung up' },
  not_put_through: { 'zh-CN': '没有接通', en: 'not put through' },
  not_opened: { 'zh-CN': '接通的人没有打开工单', en: 'connected, but the ticket was not opened' },
  customer_not_reached: { 'zh-CN': '没有联系上客户', en: 'the customer was not reached' },
  not_needed_any_more: { 'zh-CN': '已不需要', en: 'not needed any more' },
  reopened: { 'zh-CN': '重新打开', en: 'reopened' },
  more_contacts: { 'zh-CN': '多次联系', en: 'more contacts' },
  too_late: { 'zh-CN': '超过 4 小时', en: 'after 4 hours' },
};
export const failureName = (reason: string): Both => failures[reason] ?? { 'zh-CN': '其他', en: 'other' };

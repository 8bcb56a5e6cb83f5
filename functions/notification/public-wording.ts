/** Ticket states and the words every channel shows for them; the same on SMS, app, web and mail. */
export const publicWording = {
  awaiting_reply: { 'zh-CN': '等待您确认', en: 'Waiting for your answer' },
  queued: { 'zh-CN': '已受理', en: 'Received' },
  in_progress: { 'zh-CN': '处理中', en: 'In progress' },
  awaiting_third_party: { 'zh-CN': '处理中', en: 'In progress' },
  awaiting_customer: { 'zh-CN': '待您补充', en: 'We need something from you' },
  concluded: { 'zh-CN': '已有初步结论', en: 'Preliminary conclusion' },
  resolved: { 'zh-CN': '已解决', en: 'Resolved' },
  closed: { 'zh-CN': '已关闭', en: 'Closed' },
  merged: { 'zh-CN': '已关闭', en: 'Closed' },
} as const;

export type PublicStatus = keyof typeof publicWording;

export const publicStatuses = [
  'awaiting_reply',
  'queued',
  'in_progress',
  'awaiting_third_party',
  'awaiting_customer',
  'concluded',
  'resolved',
  'closed',
  'merged',
] as const satisfies readonly PublicStatus[];

/** The same for a disputed transaction (D9). */
export const disputeWording = {
  reported: { 'zh-CN': '已登记', en: 'Reported' },
  evidence_wanted: { 'zh-CN': '待您补充材料', en: 'We need papers from you' },
  submitted: { 'zh-CN': '已提交卡组织', en: 'Submitted to the card scheme' },
  provisional_credit: { 'zh-CN': '已暂时入账', en: 'Provisionally credited' },
  won: { 'zh-CN': '争议成立', en: 'Decided for you' },
  lost: { 'zh-CN': '争议不成立', en: 'Decided against you' },
  refunded: { 'zh-CN': '已退款', en: 'Refunded' },
} as const;

export type PublicDisputeStatus = keyof typeof disputeWording;

export const publicDisputeStatuses = [
  'reported',
  'evidence_wanted',
  'submitted',
  'provisional_credit',
  'won',
  'lost',
  'refunded',
] as const satisfies readonly PublicDisputeStatus[];

/** What the app says of a caller who says they are the bank (D10). */
export const callCheckWording = {
  calling: ({ agent, ticketNumber }: { readonly agent: string; readonly ticketNumber: string }) => ({
    'zh-CN': `我行工作人员${agent}正在就${ticketNumber}致电您。我们绝不会索要验证码、密码或卡号。`,
    en: `Agent ${agent} is calling you now about ${ticketNumber}. We never ask for a code, a PIN or a card number.`,
  }),
  notCalling: {
    'zh-CN': '我行现在没有致电您，请挂断电话。',
    en: 'We are not calling you. Hang up.',
  },
  fakeCallReported: {
    'zh-CN': '感谢您的报告。请勿回拨该号码；如需联系我行，请拨打银行卡背面的电话。',
    en: 'Thank you for telling us. Do not call that number back; to reach us, call the number on your card.',
  },
} as const;

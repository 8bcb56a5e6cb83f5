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

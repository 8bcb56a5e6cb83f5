import type { Both, Language } from '../shared/language.ts';

/** What we wrote about, by the kind of the text or e-mail. */
const kinds: Readonly<Record<string, Both>> = {
  question: { 'zh-CN': '请您确认交易', en: 'Asked about a transaction' },
  secondNotice: { 'zh-CN': '再次请您确认', en: 'Reminder of the question' },
  notMineReceived: { 'zh-CN': '已收到“非本人”', en: 'Your “not mine” received' },
  mineOnAlert: { 'zh-CN': '已收到“本人”', en: 'Your “mine” received' },
  mineOnFrozen: { 'zh-CN': '请验证身份', en: 'Asked to verify' },
  whichAlert: { 'zh-CN': '请说明是哪一笔', en: 'Asked which one' },
  unclear: { 'zh-CN': '没看懂回复', en: 'Answer not understood' },
  nothingOpen: { 'zh-CN': '没有待回答的问题', en: 'No open question' },
  lateYes: { 'zh-CN': '回复晚了', en: 'Answer came late' },
  alreadyNotMine: { 'zh-CN': '之前已记录', en: 'Noted before' },
  stopConfirmed: { 'zh-CN': '已停止短信', en: 'Texts stopped' },
  startConfirmed: { 'zh-CN': '已恢复短信', en: 'Texts resumed' },
  help: { 'zh-CN': '帮助', en: 'Help' },
  freezeReceived: { 'zh-CN': '已收到冻结请求', en: 'Freeze received' },
  freezeUnknownCard: { 'zh-CN': '没找到这张卡', en: 'Card not found' },
  freezeWhichCard: { 'zh-CN': '请说明是哪张卡', en: 'Asked which card' },
  ticketStatus: { 'zh-CN': '工单状态', en: 'Ticket status' },
  statusWhichCase: { 'zh-CN': '请说明是哪个工单', en: 'Asked which case' },
  contactChanged: { 'zh-CN': '联系方式有变更', en: 'Contact changed' },
  verificationCode: { 'zh-CN': '验证码', en: 'One-time code' },
  cardNumberWarning: { 'zh-CN': '请勿发送卡号', en: 'Warning about card numbers' },
  wrongNumberNoted: { 'zh-CN': '号码已停用', en: 'Wrong number noted' },
  not_mine_queued: { 'zh-CN': '“非本人”已受理', en: '“Not mine” received, a person follows' },
  expired_queued: { 'zh-CN': '已转人工', en: 'Passed on to a person' },
  taken_in_hand: { 'zh-CN': '处理中', en: 'In progress' },
  customer_needed: { 'zh-CN': '待您补充', en: 'We need something from you' },
  preliminary_conclusion: { 'zh-CN': '已有初步结论', en: 'Preliminary conclusion' },
  resolved: { 'zh-CN': '已解决', en: 'Resolved' },
  closed: { 'zh-CN': '已关闭', en: 'Closed' },
  reopened: { 'zh-CN': '已重新打开', en: 'Reopened' },
  merged: { 'zh-CN': '工单已合并', en: 'Tickets merged' },
  dispute_moved: { 'zh-CN': '争议交易有进展', en: 'News of a disputed transaction' },
  freeze_confirmed: { 'zh-CN': '卡片已冻结', en: 'Card frozen' },
  freeze_lifted: { 'zh-CN': '冻结已解除', en: 'Freeze lifted' },
  phone: { 'zh-CN': '手机号已变更', en: 'Phone number changed' },
  email: { 'zh-CN': '邮箱已变更', en: 'E-mail changed' },
  sim: { 'zh-CN': 'SIM 卡已变更', en: 'SIM changed' },
  device_added: { 'zh-CN': '已登记设备', en: 'Device added' },
  device_removed: { 'zh-CN': '已移除设备', en: 'Device removed' },
  authenticator_added: { 'zh-CN': '已设置验证器', en: 'Authenticator added' },
  changed: { 'zh-CN': '联系方式有变更', en: 'Contact changed' },
};
const notice: Both = { 'zh-CN': '通知', en: 'Notice' };

/** How it ended; what is not here was not sent, for a reason people need not know. */
const outcomes: Readonly<Record<string, Both>> = {
  accepted: { 'zh-CN': '已发出', en: 'Sent' },
  pending: { 'zh-CN': '正在发送', en: 'Sending' },
  unknown: { 'zh-CN': '可能已发出', en: 'May have been sent' },
  refused: { 'zh-CN': '未能送达', en: 'Could not be delivered' },
  failed: { 'zh-CN': '未能送达', en: 'Could not be delivered' },
};
const notSent: Both = { 'zh-CN': '未发送', en: 'Not sent' };

export const noticeKind = (kind: string, language: Language): string => (kinds[kind] ?? notice)[language];
export const noticeOutcome = (outcome: string, language: Language): string =>
  (outcomes[outcome] ?? notSent)[language];

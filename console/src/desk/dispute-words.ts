import type { Both } from '../shared/language.ts';

/** Words of the desk about disputes, merging and reporting for a customer. */
export const deskDisputeWords = {
  none: { 'zh-CN': '没有争议交易', en: 'Nothing is disputed' },
  move: { 'zh-CN': '推进', en: 'Next step' },
  saveStep: { 'zh-CN': '保存这一步', en: 'Save this step' },
  to: { 'zh-CN': '改为', en: 'It becomes' },
  amount: { 'zh-CN': '金额', en: 'Amount' },
  currency: { 'zh-CN': '币种', en: 'Currency' },
  reference: { 'zh-CN': '编号（卡组织案件号或入账号）', en: 'Reference (case or booking number)' },
  cause: { 'zh-CN': '原因', en: 'Cause' },
  text: { 'zh-CN': '给客户的说明', en: 'What the customer reads' },
  optional: { 'zh-CN': '可不填', en: 'Optional' },
  otherCards: { 'zh-CN': '并入工单的卡片', en: 'Cards of merged tickets' },
  otherCard: { 'zh-CN': '另一张卡', en: 'other card' },
  inOtherHands: {
    'zh-CN': '只有处理人可以推进',
    en: 'Only who has the ticket in hand can go on with these',
  },
  claimFirst: { 'zh-CN': '受理工单后可推进', en: 'Claim the ticket to go on with these' },
  despite: {
    'zh-CN': '还有未决争议：为何仍可结束？（仅同事可见）',
    en: 'Disputes are undecided: why is it over all the same? (colleagues only)',
  },
  merge: { 'zh-CN': '并入另一工单', en: 'Merge into another' },
  mergeText: {
    'zh-CN': '此工单将关闭，争议、告警和时限都转到那个工单。不可撤销。',
    en: 'This ticket closes; its disputes, alerts and clocks go on there. It cannot be undone.',
  },
  into: { 'zh-CN': '并入工单号', en: 'Number of the ticket that goes on' },
  reason: { 'zh-CN': '原因', en: 'Reason' },
  report: { 'zh-CN': '代客户报告交易', en: 'Report transactions for the customer' },
  reportTitle: { 'zh-CN': '与客户核对近30天的交易', en: 'The last 30 days, to tick with the customer' },
  reportText: {
    'zh-CN': '读出交易前请先完成身份验证。勾选客户否认的交易：卡片立即冻结，工单优先级升为P1。',
    en: 'Verify the customer before you read any out. Tick what is not theirs: the card is frozen at once, the ticket becomes P1.',
  },
  wanted: { 'zh-CN': '客户希望', en: 'The customer hopes for' },
  note: { 'zh-CN': '客户的说法（可不填）', en: 'What the customer says (optional)' },
  submit: { 'zh-CN': '报告并冻结', en: 'Report and freeze' },
  more: { 'zh-CN': '只列出最近500笔', en: 'Only the latest 500 are listed' },
  empty: { 'zh-CN': '近30天没有交易', en: 'No transactions in the last 30 days' },
  mergedInto: { 'zh-CN': '已并入', en: 'Merged into' },
  mergedFrom: { 'zh-CN': '并入了', en: 'Joined by' },
  follows: { 'zh-CN': '后续自', en: 'Follows' },
  followedBy: { 'zh-CN': '后续为', en: 'Followed by' },
} as const satisfies Readonly<Record<string, Both>>;

export const wantedWords = {
  refund: { 'zh-CN': '退款', en: 'A refund' },
  new_card: { 'zh-CN': '换新卡', en: 'A new card' },
  explanation: { 'zh-CN': '解释说明', en: 'An explanation' },
} as const satisfies Readonly<Record<string, Both>>;

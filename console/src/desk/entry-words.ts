import type { EntryType } from '../../../functions/api/shapes.ts';
import { lostCauses, staffDisputeStates } from '../shared/dispute-words.ts';
import type { Both, Language } from '../shared/language.ts';
import type { Entry } from './answers.ts';
import { actionWords } from './proof-words.ts';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

/** What each kind of entry of a ticket's journal is called. */
export const kinds = {
  card_replacement_requested: { 'zh-CN': '客户要求换卡', en: 'Another card asked for' },
  contact_change_requested: { 'zh-CN': '客户要求更改联系方式', en: 'Change of contact asked for' },
  contact_changed: { 'zh-CN': '联系方式有变更', en: 'Contact changed' },
  device_enrolled: { 'zh-CN': '客户登记了设备', en: 'Device enrolled' },
  totp_enrolled: { 'zh-CN': '客户设置了验证器', en: 'Authenticator set up' },
  fraud_reported: { 'zh-CN': '客户报告盗用', en: 'The customer reported fraud' },
  transaction_reversed: { 'zh-CN': '交易冲正或退款', en: 'Transaction reversed or refunded' },
  undo_not_mine_proposed: { 'zh-CN': '提议撤销“不是本人”', en: 'Undoing “not mine” proposed' },
  undo_not_mine_declined: { 'zh-CN': '撤销“不是本人”未获同意', en: 'Undoing “not mine” declined' },
  undo_not_mine_withdrawn: { 'zh-CN': '撤销“不是本人”的申请已撤回', en: 'Undoing “not mine” taken back' },
  not_mine_undone: { 'zh-CN': '已撤销“不是本人”', en: '“Not mine” undone' },
  vouch_proposed: { 'zh-CN': '提议为客户担保', en: 'Vouching proposed' },
  vouch_declined: { 'zh-CN': '担保未获同意', en: 'Vouching declined' },
  vouch_withdrawn: { 'zh-CN': '担保申请已撤回', en: 'Vouching taken back' },
  ticket_exported: { 'zh-CN': '工单已导出', en: 'Ticket exported' },
  ticket_raised: { 'zh-CN': '提高优先级', en: 'Priority raised' },
  ticket_claimed: { 'zh-CN': '坐席受理', en: 'Claimed' },
  ticket_taken_over: { 'zh-CN': '接管', en: 'Taken over' },
  ticket_handed_back: { 'zh-CN': '退回队列', en: 'Handed back' },
  ticket_concluded: { 'zh-CN': '初步结论', en: 'Preliminary conclusion' },
  ticket_resolved: { 'zh-CN': '已解决', en: 'Resolved' },
  ticket_reopened: { 'zh-CN': '重新打开', en: 'Reopened' },
  ticket_triaged: { 'zh-CN': '分类', en: 'Triaged' },
  ticket_merged: { 'zh-CN': '并入另一工单', en: 'Merged into another ticket' },
  ticket_joined: { 'zh-CN': '另一工单并入', en: 'Another ticket became part of this one' },
  ticket_closed: { 'zh-CN': '七天未重开，已关闭', en: 'Closed after seven days' },
  dispute_moved: { 'zh-CN': '争议交易', en: 'Disputed transaction' },
  dispute_noted: { 'zh-CN': '银行系统告知', en: 'Told by the bank' },
  disputes_left_open: { 'zh-CN': '仍有未决争议，说明原因', en: 'Over despite undecided disputes' },
  lease_expired: { 'zh-CN': '坐席离开，退回队列', en: 'Agent gone, back in the queue' },
  alert_opened: { 'zh-CN': '告警', en: 'Alert' },
  transaction_joined: { 'zh-CN': '又一笔可疑交易', en: 'Another suspicious transaction' },
  alert_expired: { 'zh-CN': '客户未在时限内回答', en: 'No answer in time' },
  question_put_out: { 'zh-CN': '发出询问短信', en: 'Question texted' },
  second_notice_put_out: { 'zh-CN': '再次询问', en: 'Asked again' },
  second_notice_left_out: { 'zh-CN': '未再次询问', en: 'Not asked again' },
  text_accepted: { 'zh-CN': '短信已发出', en: 'Text sent' },
  text_not_delivered: { 'zh-CN': '短信未送达', en: 'Text not delivered' },
  customer_wrote: { 'zh-CN': '客户短信', en: 'Customer texted' },
  customer_message: { 'zh-CN': '客户留言', en: 'Message from the customer' },
  agent_message: { 'zh-CN': '回复客户', en: 'Message to the customer' },
  customer_awaited: { 'zh-CN': '请客户补充', en: 'Asked the customer for something' },
  evidence_announced: { 'zh-CN': '准备上传材料', en: 'About to send a file' },
  evidence_received: { 'zh-CN': '收到材料', en: 'File received' },
  evidence_accepted: { 'zh-CN': '材料检查通过', en: 'File checked' },
  evidence_refused: { 'zh-CN': '材料未接受', en: 'File not taken' },
  evidence_expired: { 'zh-CN': '材料未上传', en: 'File never came' },
  evidence_erased: { 'zh-CN': '材料已删除', en: 'Files erased' },
  third_party_awaited: { 'zh-CN': '等待第三方', en: 'Waiting for a third party' },
  work_resumed: { 'zh-CN': '继续处理', en: 'Work resumed' },
  customer_answered: { 'zh-CN': '客户回答', en: 'Customer answered' },
  person_asked: { 'zh-CN': '客户要找人工', en: 'Customer asked for a person' },
  call_announced: { 'zh-CN': '预告来电', en: 'Call announced' },
  call_dialled: { 'zh-CN': '话务系统拨号', en: 'Dialled by the contact centre' },
  call_dial_unknown: { 'zh-CN': '拨号结果不明', en: 'Not known whether it rings' },
  call_connected: { 'zh-CN': '已接通', en: 'Call connected' },
  call_ended: { 'zh-CN': '通话结束', en: 'Call ended' },
  caller_checked: { 'zh-CN': '客户核对了来电', en: 'Customer checked the caller' },
  fake_call_reported: { 'zh-CN': '客户报告冒充来电', en: 'Fake call reported' },
  transactions_reported: { 'zh-CN': '客户报告交易', en: 'Transactions reported' },
  lost_reported: { 'zh-CN': '挂失', en: 'Reported lost' },
  verification_started: { 'zh-CN': '开始身份验证', en: 'Verification begun' },
  verification_passed: { 'zh-CN': '身份验证通过', en: 'Verification passed' },
  verification_failed: { 'zh-CN': '身份验证未通过', en: 'Verification failed' },
  factor_passed: { 'zh-CN': '一种方式通过', en: 'One factor passed' },
  card_number_warned: { 'zh-CN': '提醒勿发卡号', en: 'Warned about card numbers' },
  number_is_wrong: { 'zh-CN': '号码不正确，改走其他渠道', en: 'The number is wrong' },
  text_budget_spent: { 'zh-CN': '短信次数已用完', en: 'No more texts may be sent' },
  text_not_sent: { 'zh-CN': '短信未发出', en: 'Text not sent' },
  freeze_unconfirmed: { 'zh-CN': '发卡系统尚未确认冻结', en: 'Freeze not confirmed yet' },
  fraud_confirmed: { 'zh-CN': '确认盗用', en: 'Fraud confirmed' },
  fraud_cleared: { 'zh-CN': '确认非盗用', en: 'Found not to be fraud' },
  code_requested: { 'zh-CN': '发送验证码', en: 'Code sent' },
  factor_failed: { 'zh-CN': '一种方式未通过', en: 'One factor failed' },
  verification_locked: { 'zh-CN': '验证次数已用完，交由人工', en: 'Too many tries: a person decides' },
  card_released: { 'zh-CN': '客户已解除冻结', en: 'Freeze lifted by the customer' },
  internal_note: { 'zh-CN': '内部备注', en: 'Note' },
  contact_ended: { 'zh-CN': '通话记录', en: 'Phone contact ended' },
  contact_completed: { 'zh-CN': '话后处理完成', en: 'After-call work done' },
  words_erased: { 'zh-CN': '留言已删除', en: 'Words erased' },
  clock_warned: { 'zh-CN': '时限将到', en: 'A clock is running out' },
  clock_breached: { 'zh-CN': '时限已过', en: 'A clock has run out' },
  on_call_paged: { 'zh-CN': '无人受理，已呼叫值班', en: 'Nobody took it: on call paged' },
  released_in_bulk: { 'zh-CN': '批量解除', en: 'Released in bulk' },
} as const satisfies Record<EntryType, Both>;

/** The API may be newer than this page: a kind that is not here is shown by its own name. */
const known: Readonly<Record<string, Both>> = kinds;

/** What of an entry's data people want to see; ids and digests they do not. */
const told = [
  ...['reason', 'says', 'from', 'to', 'into', 'told', 'reference', 'cause'],
  ...['leg', 'outcome', 'priority', 'finding', 'resolution', 'channel', 'kind', 'action'],
];

/** The same words of the page in both of its languages. */
function bothOf(chinese: Readonly<Record<string, string>>, english: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(chinese).map(([name, words]): [string, Both] => [
      name,
      { 'zh-CN': words, en: english[name] ?? words },
    ]),
  );
}

/** Words of the data that stand in many entries. */
const values: Readonly<Record<string, Both>> = {
  ...staffDisputeStates,
  ...lostCauses,
  ...actionWords,
  ...bothOf(zh.legs, en.legs),
  ...bothOf(zh.ticket.resolutions, en.ticket.resolutions),
  not_mine: { 'zh-CN': '不是本人', en: 'not mine' },
  mine: { 'zh-CN': '本人', en: 'mine' },
  sms: { 'zh-CN': '短信', en: 'by text' },
  app: { 'zh-CN': '应用', en: 'in the app' },
  phone: { 'zh-CN': '电话', en: 'by phone' },
  email: { 'zh-CN': '邮件', en: 'by e-mail' },
  question: { 'zh-CN': '询问', en: 'question' },
  connected: { 'zh-CN': '已接通', en: 'connected' },
  no_answer: { 'zh-CN': '无人接听', en: 'no answer' },
  busy: { 'zh-CN': '忙线', en: 'busy' },
  wrong_person: { 'zh-CN': '非本人', en: 'wrong person' },
  hung_up: { 'zh-CN': '已挂断', en: 'hung up' },
  failed: { 'zh-CN': '未接通', en: 'failed' },
  destination_not_allowed: { 'zh-CN': '该地区不允许呼叫', en: 'calls there are not allowed' },
  calls_not_permitted: { 'zh-CN': '话务系统未开通外呼', en: 'the contact centre may not call out' },
  invalid_number: { 'zh-CN': '号码无效', en: 'no valid number' },
  not_set_up: { 'zh-CN': '外呼未设置好', en: 'calling out is not set up' },
  no_phone: { 'zh-CN': '没有电话号码', en: 'no phone number' },
  wrong_number: { 'zh-CN': '号码不是客户的', en: "the number is somebody else's" },
  too_late: { 'zh-CN': '未能及时拨出', en: 'could not be dialled in time' },
  TELECOM_BUSY: { 'zh-CN': '对方忙线', en: 'line busy' },
  TELECOM_TIMEOUT: { 'zh-CN': '振铃一分钟无人接听', en: 'rang for a minute' },
  CUSTOMER_DISCONNECT: { 'zh-CN': '客户挂断', en: 'the customer hung up' },
  CONTACT_FLOW_DISCONNECT: { 'zh-CN': '客户接听了，坐席未接', en: 'picked up, but the agent did not come' },
  fraud: { 'zh-CN': '盗用', en: 'fraud' },
  genuine: { 'zh-CN': '本人交易', en: 'genuine' },
  evidence: { 'zh-CN': '材料', en: 'papers' },
  infected: { 'zh-CN': '含恶意内容', en: 'malware' },
  wrong_type: { 'zh-CN': '格式不符', en: 'not of its type' },
  unclear: { 'zh-CN': '尚不清楚', en: 'not clear yet' },
  desk: { 'zh-CN': '坐席代报', en: 'at the desk' },
  sim: { 'zh-CN': '手机', en: 'phone' },
  device: { 'zh-CN': '设备', en: 'device' },
  totp: { 'zh-CN': '验证器', en: 'authenticator' },
  staff: { 'zh-CN': '我行人员', en: 'our staff' },
};

interface EntryWords {
  /** The page's own words for why a ticket waits. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** Names of staff by their ids. */
  readonly names?: ReadonlyMap<string, string>;
}
const noNames: ReadonlyMap<string, string> = new Map();

export function entryText(
  entry: Entry,
  language: Language,
  { reasons = {}, names = noNames }: EntryWords = {},
): string {
  const name = known[entry.type]?.[language] ?? entry.type.replaceAll('_', ' ');
  const said = (value: string) =>
    values[value]?.[language] ?? reasons[value] ?? names.get(value) ?? value.replaceAll('_', ' ');
  const facts = told.flatMap((key) => {
    // Whose hands it was in is told by name; that a text came by text needs no word.
    const value = key === 'from' ? (entry.data.fromName ?? entry.data.from) : entry.data[key];
    if (key === 'channel' && entry.type === 'customer_wrote') return [];
    // Its name says what was asked for by one of two.
    if (key === 'kind' && entry.data.proposedBy !== undefined) return [];
    return typeof value === 'string' || typeof value === 'number' ? [said(String(value))] : [];
  });
  return facts.length === 0 ? name : `${name}${language === 'en' ? ': ' : '：'}${facts.join(' · ')}`;
}

const people: Readonly<Record<string, Both>> = {
  customer: { 'zh-CN': '客户', en: 'Customer' },
  agent: { 'zh-CN': '坐席', en: 'Agent' },
  machine: { 'zh-CN': '系统', en: 'System' },
  system: { 'zh-CN': '系统', en: 'System' },
  bank: { 'zh-CN': '银行', en: 'Bank' },
};

/** `agent:agent-lin` → `Agent Lin Yue`, by the name in the entry or that of whoever is known; else by the id. */
export function entryWho(
  { by, data }: Entry,
  language: Language,
  names: ReadonlyMap<string, string>,
): string {
  const [side = '', ...rest] = by.split(':');
  const name = people[side]?.[language] ?? side;
  if (rest.length === 0 || side === 'customer') return name;
  const id = rest.join(':');
  return `${name} ${typeof data.name === 'string' ? data.name : (names.get(id) ?? id)}`;
}

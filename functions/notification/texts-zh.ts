import type { Action } from '../verification/verification-policy.ts';
import { formatAmount } from './amount.ts';
import { cleanMerchantName } from './merchant-name.ts';
import { publicWording } from './public-wording.ts';
import type { FactsOf } from './text-facts.ts';
import { localTime, type Room, type Templates, type Voice } from './text-template.ts';

const appOrCall = '请打开App或拨打卡背面的电话。';
/** The same in twelve characters, for the question that must fit one part. */
const appOrCallBriefly = '请用App或拨卡背电话。';
const coachedWords = { full: '如有人教您怎么回，请停止。', brief: '勿听人教。', none: '' } as const;

const actionWords: Readonly<Record<Action, string>> = {
  unfreeze: '解冻',
  enrol_device: '添加设备，',
  enrol_totp: '添加动态口令，',
  change_contact: '更改联系方式，',
  close_replace: '注销并补办',
  export_ticket: '导出工单，',
  hear_transactions: '查听交易，',
};

function charge(facts: FactsOf<'question'>, voice: Voice, room: Room): string {
  const { day, clock } = localTime(facts.occurredAt, voice.zone);
  const limit = room.merchant;
  const name =
    limit === 0 ? '' : `“${cleanMerchantName({ name: facts.merchant, language: 'zh-CN', limit })}”`;
  const more = facts.count > 1 ? `等${facts.count}笔` : '';
  const when = room.time ? `${day}日${clock}` : '';
  const kind = facts.recurring && !room.bare ? '定期扣款' : '';
  return `${when}${name}${kind}${formatAmount(facts.amount, 'zh-CN')}${more}`;
}

function question(facts: FactsOf<'question'>, voice: Voice, room: Room): string {
  const what = charge(facts, voice, room);
  const card = `尾号${facts.lastFour}${room.bare ? '' : '的'}卡`;
  const told = {
    none: `${card}：${what}。`,
    requested: `正在核实${card}：${what}。`,
    confirmed: `${card}已冻结：${what}。`,
  }[facts.hold];
  const name = facts.tag === undefined ? '' : `${facts.tag} `;
  const mine = facts.count > 1 ? '均为本人' : '本人';
  const call = room.bare ? appOrCallBriefly : appOrCall;
  const ask = voice.twoWay
    ? `${mine}回${name}1，${room.bare ? '否' : '非本人'}回${name}2。`
    : `是否本人？${call}`;
  return `${told}${ask}${coachedWords[room.coached]}`;
}

/** What may be said of the card: only a hold the issuer confirmed is 已冻结 (H17). */
function cardState(facts: {
  readonly lastFour: string;
  readonly hold: 'none' | 'requested' | 'confirmed';
}): string {
  if (facts.hold === 'confirmed') return `尾号${facts.lastFour}的卡已冻结。`;
  if (facts.hold === 'requested') return `正在处理尾号${facts.lastFour}的卡。`;
  return `事关尾号${facts.lastFour}的卡。`;
}

export const changedInChinese = {
  phone: '您在我行登记的手机号已变更',
  email: '您在我行登记的邮箱已变更',
  sim: '您登记的手机号换了SIM卡或运营商',
  device_added: '您的账户新增了一台可用于验证的设备',
  device_removed: '您的一台验证设备已被移除',
  authenticator_added: '您的账户新增了一个动态验证器',
} as const satisfies Record<FactsOf<'contactChanged'>['what'], string>;

function statusLine(facts: FactsOf<'ticketStatus'>, voice: Voice): string {
  const { day, clock } = localTime(facts.asOf, voice.zone);
  return `工单${facts.ticketNumber}：${publicWording[facts.status]['zh-CN']}（版本${facts.version}，截至${day}日${clock}）。`;
}

const templates: Templates = {
  question,
  secondNotice: (facts, voice, room) =>
    `${room.bare ? '再问：' : '再次提醒，'}${question(facts, voice, room)}`,
  notMineReceived: (facts) =>
    `已记录非本人交易。${cardState(facts)}工单${facts.ticketNumber}，将由专人跟进。`,
  mineOnAlert: (facts) =>
    `谢谢，已记录尾号${facts.lastFour}的交易为本人操作。${
      facts.declined && !facts.recurring ? '如当时未成功，可重新支付。' : ''
    }`,
  mineOnFrozen: (facts, _voice, room) =>
    `已收到。${facts.hold === 'confirmed' ? `尾号${facts.lastFour}的卡仍冻结，` : cardState(facts)}如需验证，${appOrCall}${coachedWords[room.coached]}`,
  whichAlert: (facts, voice) => {
    const first = facts.choices[0];
    const name = first?.tag ?? first?.lastFour ?? '';
    const held = facts.held ? '已记录并保护相关卡。' : '';
    if (!voice.twoWay) return `${held}有多条待确认，${appOrCall}`;
    const list = facts.choices
      .map((c) => (c.tag === undefined ? c.lastFour : `${c.tag}(${c.lastFour})`))
      .join('、');
    return `${held}请问是哪一条：${list}？例如回${name} 1为本人，${name} 2为非本人。`;
  },
  unclear: (facts, voice) => {
    const name = facts.tag === undefined ? '' : `${facts.tag} `;
    if (!voice.twoWay) return `未能识别您的回复，${appOrCall}`;
    return `未能识别您的回复。本人回${name}1，非本人回${name}2，或${appOrCall.slice(1)}`;
  },
  nothingOpen: () => '目前没有需要您回复的问题。若有短信要您回复，可能不是我行发送，请拨打卡背面的电话。',
  lateYes: (facts) =>
    `您的回复已超过时限。${
      facts.hold === 'confirmed' ? `尾号${facts.lastFour}的卡仍冻结，` : cardState(facts)
    }${appOrCall}`,
  alreadyNotMine: (facts) =>
    `此前“非本人”的答复有效。${cardState(facts)}工单${facts.ticketNumber}，更改请拨卡背面的电话。`,
  stopConfirmed: () => '您将不再收到我行短信。卡片保护与在办事项不受影响，可用App或拨打卡背面的电话。',
  startConfirmed: (_facts, voice) => `已为您恢复短信提醒。${voice.twoWay ? '退订回TD。' : ''}`,
  help: (_facts, voice) =>
    `用卡安全提醒。${voice.twoWay ? '收到询问时本人回1，非本人回2，找人工回“人工”，退订回TD。' : ''}需要帮助请拨打卡背面的电话。`,
  personAsked: ({ ticketNumber }) =>
    `已为您转人工，将尽快与您联系。${ticketNumber === undefined ? '' : `工单${ticketNumber}。`}来电是否为我行，请在App核实。`,
  freezeReceived: (facts) =>
    facts.hold === 'confirmed'
      ? `已按您的要求冻结尾号${facts.lastFour}的卡。如需解除，${appOrCall}`
      : `已收到您对尾号${facts.lastFour}的卡的请求，正在处理。如需查看，${appOrCall}`,
  freezeUnknownCard: () => `未能核对该卡，${appOrCall}`,
  freezeWhichCard: (_facts, voice) =>
    voice.twoWay
      ? `请问冻结哪张卡？请回“冻结”加卡号末四位，或${appOrCall.slice(1)}`
      : `请问冻结哪张卡？${appOrCall}`,
  ticketStatus: statusLine,
  ticketNews: (facts, voice) => `${statusLine(facts, voice)}请打开App查看。`,
  contactChanged: (facts) => `${changedInChinese[facts.what]}。如非本人操作，请立即拨打卡背面的电话。`,
  statusWhichCase: (_facts, voice) =>
    voice.twoWay
      ? `您有多个事项。请回“进度”加卡号末四位，或${appOrCall.slice(1)}`
      : `您有多个事项，${appOrCall}`,
  cardNumberWarning: () => `请勿通过短信发送完整卡号或安全数字，我行已将其隐去。如需帮助，${appOrCall}`,
  wrongNumberNoted: () => '谢谢告知，我行不再向此号码发送短信。',
  verificationCode: ({ action, lastFour = '', code = '' }) =>
    `验证码${code}，用于${actionWords[action]}尾号${lastFour}的卡，5分钟内仅在App输入。我行绝不来电索要，勿告诉他人。`,
};

export const chinese = {
  templates,
  /** Mainland rule: a text begins with the sender's signature in 【】. */
  sign: (bank: string, body: string) => `【${bank}】${body}`,
};

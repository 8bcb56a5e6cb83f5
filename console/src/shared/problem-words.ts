import type { Problem, Refusal } from './api.ts';
import type { Both, Language } from './language.ts';

/** What to tell people of a refusal, and what to do next. A name that is not here is told by the API's own title. */
const words: Readonly<Partial<Record<Refusal, Both>>> = {
  offline: {
    'zh-CN': '暂时连不上服务。您填写的内容都还在，网络恢复后会自动继续。',
    en: 'There is no connection right now. What you typed is still here; it goes on by itself.',
  },
  'signed-out': { 'zh-CN': '登录已过期，请重新登录。', en: 'Your sign-in has ended. Please sign in again.' },
  'invalid-request': {
    'zh-CN': '填写的内容有误，请检查后重试。',
    en: 'Something in the form does not fit. Please check it.',
  },
  'unknown-customer': {
    'zh-CN': '这个登录账号不对应本行客户。',
    en: 'This sign-in does not belong to a customer of the bank.',
  },
  'cardholder-only': {
    'zh-CN': '只有持卡人本人可以查看这张卡的交易。',
    en: 'Only the person whose card it is sees its transactions.',
  },
  'not-found': {
    'zh-CN': '没有找到，可能已不存在或不属于您。',
    en: 'This was not found: it is gone, or not yours.',
  },
  'card-closed': { 'zh-CN': '这张卡已注销。', en: 'This card is closed for good.' },
  'alert-changed': {
    'zh-CN': '刚才又有新的可疑交易。请看完新的列表再回答。',
    en: 'More transactions have just joined. Please look at the new list, then answer.',
  },
  'ticket-closed': {
    'zh-CN': '这个工单已关闭，如有需要请重新报告。',
    en: 'This ticket is closed. Please start a new one.',
  },
  'too-many-disputes': {
    'zh-CN': '这个工单能列出的交易已满，请联系人工处理。',
    en: 'This ticket lists as many transactions as it can. Please ask for a person.',
  },
  'no-such-dispute': {
    'zh-CN': '这个工单没有对这笔交易提出争议。',
    en: 'This ticket does not dispute that transaction.',
  },
  'dispute-status': {
    'zh-CN': '这笔争议现在不能这样改。',
    en: 'The dispute cannot go there from where it is.',
  },
  'dispute-details': {
    'zh-CN': '这一步还缺：金额、编号、原因，或给客户的说明。',
    en: 'This step needs more: an amount, a reference, a cause, or words for the customer.',
  },
  'dispute-amount': {
    'zh-CN': '金额超过原交易，或币种不对。',
    en: 'More than was charged, or another currency.',
  },
  'disputes-open': {
    'zh-CN': '还有未决的争议。请先处理，或写明为何仍可结束。',
    en: 'Disputes are undecided. See to them first, or say why it is over all the same.',
  },
  'cannot-merge': {
    'zh-CN': '只能并入同一客户另一个未结束的工单。',
    en: 'It can only become part of another open ticket of the same customer.',
  },
  'too-much-evidence': {
    'zh-CN': '这个工单的文件已满，请联系人工处理。',
    en: 'This ticket has as many files as it can. Please ask for a person.',
  },
  'file-too-large': {
    'zh-CN': '文件超过 10 MB，请换小一点的。',
    en: 'A file may have 10 MB. Please take a smaller one.',
  },
  'file-type-not-taken': {
    'zh-CN': '不能上传这种文件，请用 PDF、JPEG、PNG 或 HEIC。',
    en: 'Files of this kind are not taken. Please use PDF, JPEG, PNG or HEIC.',
  },
  'evidence-not-ready': {
    'zh-CN': '这个文件还在检查，或没有被接受。',
    en: 'This file is being checked, or was not taken.',
  },
  'nothing-to-lift': {
    'zh-CN': '这张卡没有可以由您解除的冻结。',
    en: 'There is no freeze on this card that you can lift yourself.',
  },
  'concluded-as-fraud': {
    'zh-CN': '您已说明不是本人交易，只有我行人员可以更改。',
    en: 'You said this was not you. Only our staff can change that.',
  },
  'verification-over': {
    'zh-CN': '这次验证已结束，请重新开始。',
    en: 'This verification is over. Please begin another one.',
  },
  'verification-void': {
    'zh-CN': '验证期间冻结有变化，请重新验证。',
    en: 'The freeze changed since you began. Please begin another verification.',
  },
  'not-verified': { 'zh-CN': '验证还没有完成。', en: 'The verification is not complete yet.' },
  'phone-not-accepted': {
    'zh-CN': '现在不能用短信验证码，请换一种方式。',
    en: 'Codes to your phone are not accepted now. Please use another way.',
  },
  'too-many-codes': {
    'zh-CN': '验证码已发送三次，请换一种方式，或找人工。',
    en: 'Three codes were sent. Please use another way, or ask for a person.',
  },
  'no-device': {
    'zh-CN': '您还没有登记设备，请换一种方式。',
    en: 'No device of yours is enrolled. Please use another way.',
  },
  'too-many-devices': {
    'zh-CN': '最多登记 20 台设备，请先移除一台。',
    en: 'You have 20 devices. Please remove one first.',
  },
  'not-accepted': {
    'zh-CN': '没有通过，请检查后再试。',
    en: 'This was not accepted. Please check it and try again.',
  },
  'too-many-requests': {
    'zh-CN': '操作太频繁，请稍候再试。',
    en: 'That was too often. Please wait a moment.',
  },
  'claim-taken': { 'zh-CN': '这个工单已由另一位同事受理。', en: 'Another agent has claimed this ticket.' },
  'not-claimable': { 'zh-CN': '这个状态的工单不能受理。', en: 'A ticket of this status cannot be claimed.' },
  'not-your-ticket': { 'zh-CN': '请先受理这个工单。', en: 'Claim the ticket first.' },
  'call-announced': {
    'zh-CN': '这个工单已经预告过一次来电。',
    en: 'A call is announced for this ticket already.',
  },
  'no-contact-centre': {
    'zh-CN': '没有可以外呼的话务系统，请自己拨打。',
    en: 'There is no contact centre that dials. Dial by hand.',
  },
  'no-contact-centre-user': {
    'zh-CN': '您的登录没有话务系统账号，请自己拨打，或联系管理员。',
    en: 'Your sign-in names no user of the contact centre. Dial by hand, or ask who manages sign-ins.',
  },
  'no-call': { 'zh-CN': '您没有预告过来电。', en: 'You have announced no call for this ticket.' },
  'approval-waits': {
    'zh-CN': '另一位同事已提出申请，请去复核。',
    en: 'A colleague has asked for this already: approve it instead.',
  },
  'nothing-to-approve': {
    'zh-CN': '没有待复核的申请：已过期、已通过或已回绝。',
    en: 'Nothing waits for approval: it ran out, was granted or declined.',
  },
  'nothing-to-undo': { 'zh-CN': '这条告警没有判定为盗用。', en: 'This alert is not settled as fraud.' },
  'same-person': {
    'zh-CN': '您提出的申请要由另一个人复核。',
    en: 'Another person has to approve what you asked for.',
  },
  'not-permitted': { 'zh-CN': '您的角色没有这项权限。', en: 'Your role does not allow this.' },
  'needs-two': {
    'zh-CN': '这一步需要两个人：先提出，再由另一人复核。',
    en: 'This takes two people: propose it, another approves.',
  },
  'wrong-state': { 'zh-CN': '从现在的状态不能这样改。', en: 'From its present state it cannot go there.' },
  'live-changed': {
    'zh-CN': '生效的规则刚刚变了，请重新查看。',
    en: 'Another rule set is live now. Look again, then decide.',
  },
  'nothing-to-replace': {
    'zh-CN': '这张卡还没有报告过问题。请先报告，再申请换卡。',
    en: 'Nothing was reported about this card. Report it first, then ask for another.',
  },
  'at-capacity': {
    'zh-CN': '您手上处理中的工单已到上限，请先完成一个。',
    en: 'You have as many tickets in work as one agent may. Finish one first.',
  },
  'wrong-status': {
    'zh-CN': '从工单现在的状态不能这样做，请查看最新状态。',
    en: 'From the status the ticket has now this cannot be done. Look at it again.',
  },
  'nothing-to-take-over': {
    'zh-CN': '这个工单不在别人手上，直接受理即可。',
    en: 'Nobody else has this ticket in hand. Claim it.',
  },
  'ticket-followed': {
    'zh-CN': '这张卡后来的工单已接着处理，请在那个工单上继续。',
    en: 'A later ticket of this card goes on with it. Work on that one.',
  },
  'no-such-transaction': {
    'zh-CN': '所选交易已不在这张卡的记录里，请刷新后重选。',
    en: 'A transaction named is no longer kept for this card. Please choose again.',
  },
  'invalid-phone': {
    'zh-CN': '这不是有效的电话号码，请带上国家代码，例如 +86。',
    en: 'This is no phone number. Give it with its country, e.g. +86.',
  },
  'rule-set-invalid': {
    'zh-CN': '这套规则不能使用，请按提示修改。',
    en: 'This rule set cannot be used: the problems say why.',
  },
  'rule-set-exists': {
    'zh-CN': '这个版本已存在。内容不能更改，请换一个版本名。',
    en: 'This version exists. Contents never change: take another name.',
  },
  'too-many-rule-sets': {
    'zh-CN': '规则版本已达保存上限。',
    en: 'There are as many versions as are kept.',
  },
  'rule-set-not-usable': {
    'zh-CN': '当前程序版本不能使用这套规则。',
    en: 'The contents of this version cannot be used by this release.',
  },
  'too-many-shadows': {
    'zh-CN': '已有两套影子规则，请先撤下一套。',
    en: 'Two sets are in shadow. Take one out first.',
  },
  'share-taken': {
    'zh-CN': '已有另一套规则按比例试行，请先收回。',
    en: 'Another set has a share of the cards. Take it back first.',
  },
  'proposal-waits': {
    'zh-CN': '这套规则已有一个提议在等待复核。',
    en: 'A proposal for this set waits already.',
  },
  'nothing-before': {
    'zh-CN': '之前没有生效过的规则。',
    en: 'Nothing was live before.',
  },
  'entry-invalid': {
    'zh-CN': '这条名单不能保存，请按提示修改。',
    en: 'This entry cannot be kept: the problems say why.',
  },
  'entry-exists': {
    'zh-CN': '名单里已有这一条。',
    en: 'This stands on the list already.',
  },
  'too-many-entries': {
    'zh-CN': '这类名单已满，请先移除一些。',
    en: 'The list of this kind is full. Take entries off first.',
  },
  'too-large': {
    'zh-CN': '内容太长，请缩短后再试。',
    en: 'This is too long. Please shorten it.',
  },
  'idempotency-key': {
    'zh-CN': '请求没有发送成功，请刷新页面后重试。',
    en: 'The request was not sent well. Please reload the page and try again.',
  },
  'idempotency-key-reused': {
    'zh-CN': '这个操作已用别的内容提交过，请刷新页面后重试。',
    en: 'This was sent before with other contents. Please reload the page and try again.',
  },
  'no-such-route': {
    'zh-CN': '页面版本已过期，请刷新。',
    en: 'The page is out of date. Please reload it.',
  },
  internal: {
    'zh-CN': '我们这边出了问题，请稍后再试。',
    en: 'Something went wrong on our side. Please try again.',
  },
};

/** Where the API says in whose hands it is: the loser of a race is told who won (H26). */
const heldBy: Readonly<Record<Language, (who: string) => string>> = {
  'zh-CN': (who) => `这个工单现由 ${who} 处理。`,
  en: (who) => `${who} has this ticket in hand now.`,
};
const isHeld = ({ name }: Problem): boolean => name === 'not-your-ticket' || name === 'claim-taken';

export function problemText(problem: Problem, language: Language): string {
  const { by } = problem.detail;
  if (isHeld(problem) && typeof by === 'string') return heldBy[language](by);
  const known = words[problem.name]?.[language];
  if (known !== undefined) return known;
  const { title } = problem.detail;
  return typeof title === 'string' ? title : (words.internal?.[language] ?? '');
}

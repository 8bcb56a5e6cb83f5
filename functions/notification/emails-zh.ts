import { formatAmount } from './amount.ts';
import type { CardMailEvent, MailDispute, TicketMailEvent } from './email-facts.ts';
import type { MailWords } from './emails.ts';
import { disputeWording, publicWording } from './public-wording.ts';
import { changedInChinese } from './texts-zh.ts';

const happened: Readonly<Record<TicketMailEvent, string>> = {
  not_mine_queued:
    '我们已记录：有交易不是您本人所为。工作人员正在跟进，预计60分钟内与您联系，24小时内给出初步结论与后续安排。',
  expired_queued:
    '我们就一笔交易询问过您，尚未收到答复。现由工作人员跟进，预计60分钟内与您联系。如您认得这笔交易，可随时在App中确认。',
  taken_in_hand: '工作人员已开始处理您的工单。',
  customer_needed: '我们需要您补充信息才能继续，请打开App查看。',
  preliminary_conclusion: '已有初步结论与后续安排，请打开App查看。',
  resolved: '您的工单已解决。如有异议，请在App中回复或致电我们，工单将重新打开。',
  closed: '您的工单已关闭。',
  reopened: '您的工单已重新打开。',
  merged: '您的工单已关闭：它已并入另一个工单，您提供的全部信息都会在那里继续跟进。',
  dispute_moved: '您提出争议的一笔交易有新进展。',
};

const frozen: Readonly<Record<CardMailEvent, { readonly about: string; readonly says: string }>> = {
  freeze_confirmed: {
    about: '的卡已冻结',
    says: '的卡已冻结，无法消费；退款及此前的付款不受影响。如需恢复使用，请打开App。',
  },
  freeze_lifted: { about: '的卡已恢复使用', says: '的卡已解除冻结，可以正常使用。' },
};

function disputed({ status, merchantName, charged, amount }: MailDispute): string {
  return [
    ...(merchantName === undefined ? [] : [`商户：${merchantName}`]),
    ...(charged === undefined ? [] : [`交易金额：${formatAmount(charged, 'zh-CN')}`]),
    `争议状态：${disputeWording[status]['zh-CN']}`,
    ...(amount === undefined ? [] : [`入账金额：${formatAmount(amount, 'zh-CN')}`]),
  ].join('\n');
}

export const chineseMail: MailWords = {
  subject: (bank, about) => `【${bank}】${about}`,
  ticket: ({ event, ticketNumber, status, version, lastFour, into, dispute }, when) => ({
    about: `工单${ticketNumber}：${publicWording[status]['zh-CN']}`,
    paragraphs: [
      happened[event],
      ...(into === undefined ? [] : [`后续请看工单${into}。`]),
      ...(dispute === undefined ? [] : [disputed(dispute)]),
      [
        `工单：${ticketNumber}`,
        ...(lastFour === undefined ? [] : [`卡片：尾号${lastFour}`]),
        `状态：${publicWording[status]['zh-CN']}`,
        `版本：${version}`,
        `截至：${when}`,
      ].join('\n'),
      '最新状态以App为准。',
    ],
  }),
  card: ({ event, lastFour }, when) => ({
    about: `尾号${lastFour}${frozen[event].about}`,
    paragraphs: [`您尾号${lastFour}${frozen[event].says}`, `截至${when}。`],
  }),
  contactChanged: ({ what }) => ({
    about: changedInChinese[what],
    paragraphs: [
      `${changedInChinese[what]}。`,
      '如非本人操作，请立即拨打卡背面的电话。',
      '如此前登记的是另一个邮箱，本通知也会发往该邮箱。',
    ],
  }),
  foot: (bank) =>
    [
      bank,
      '本邮件不含任何链接。我们绝不会通过邮件或电话索要验证码、密码或卡号。',
      '如需联系我们，请拨打卡背面的电话或打开App。请勿直接回复本邮件。',
    ].join('\n'),
};

import type { Language } from './merchant-name.ts';
import { type PublicStatus, publicWording } from './public-wording.ts';
import { localTime } from './text-template.ts';

/** The issuer's side of a hold: only `confirmed` is called frozen (H17). */
type Hold = 'none' | 'requested' | 'confirmed';

/** What a caller is told, as facts. */
export type PhoneSays =
  | { readonly say: 'menu' | 'digits' | 'no_match' | 'too_many' | 'unknown_caller' | 'busy' }
  | { readonly say: 'frozen'; readonly lastFour: string; readonly hold: Hold }
  | { readonly say: 'closed' | 'no_ticket'; readonly lastFour: string }
  | {
      readonly say: 'lost' | 'reported';
      readonly lastFour: string;
      readonly hold: Hold;
      readonly ticketNumber: string;
    }
  | {
      readonly say: 'status';
      readonly ticketNumber: string;
      readonly status: PublicStatus;
      readonly version: number;
      readonly asOf: string;
    }
  | { readonly say: 'person'; readonly ticketNumber?: string };

/** Where the call goes on: the menu again, the card's digits, or a person. */
export type PhoneNext = 'menu' | 'digits' | 'person';

const nexts: Readonly<Record<PhoneSays['say'], PhoneNext>> = {
  menu: 'menu',
  digits: 'digits',
  no_match: 'digits',
  too_many: 'person',
  unknown_caller: 'person',
  busy: 'person',
  frozen: 'menu',
  closed: 'person',
  no_ticket: 'menu',
  lost: 'person',
  reported: 'person',
  status: 'menu',
  person: 'person',
};
export const nextOf = ({ say }: PhoneSays): PhoneNext => nexts[say];

interface Voice {
  readonly bank: { readonly zh: string; readonly en: string };
  /** IANA zone of the issuer. */
  readonly zone: string;
}

/**
 * What is spoken. Never a question for a code, a PIN or a card number: the last four digits are all that is keyed in.
 * Digits and ticket numbers are written one by one, so that the voice reads them so.
 */
export function phoneWords(says: PhoneSays, voice: Voice & { readonly language: Language }): string {
  return voice.language === 'en' ? english(says, voice) : chinese(says, voice);
}

const spelled = (text: string): string => [...text.replace('-', '')].join(' ');

const cardInEnglish = (lastFour: string, hold: Hold): string =>
  ({
    confirmed: `Your card ending ${spelled(lastFour)} is frozen.`,
    requested: `We are freezing your card ending ${spelled(lastFour)} now. The app tells you when it is done.`,
    none: `We have noted it for your card ending ${spelled(lastFour)}.`,
  })[hold];

function english(says: PhoneSays, { bank, zone }: Voice): string {
  switch (says.say) {
    case 'menu':
      return `${bank.en}. To freeze a card, press 1. For a lost or stolen card, press 2. For a charge that is not yours, press 3. For the status of your ticket, press 4. For a person, press 0.`;
    case 'digits':
      return 'Key in the last four digits of the card. We never ask for more of the number, a code or a PIN.';
    case 'no_match':
      return 'These digits do not fit this phone number. Key in the last four digits of the card again.';
    case 'too_many':
      return 'We could not match the card to this phone number. A person helps you now.';
    case 'unknown_caller':
      return 'We cannot see your phone number. A person helps you now.';
    case 'busy':
      return 'This takes longer than it should. A person helps you now.';
    case 'frozen':
      return `${cardInEnglish(says.lastFour, says.hold)} Refunds and payments you made before still arrive.`;
    case 'closed':
      return `The card ending ${spelled(says.lastFour)} is closed. A person helps you now.`;
    case 'no_ticket':
      return `There is no ticket for the card ending ${spelled(says.lastFour)}.`;
    case 'lost':
      return `We have noted the card as lost. ${cardInEnglish(says.lastFour, says.hold)} Your ticket is ${spelled(says.ticketNumber)}. A person helps you now.`;
    case 'reported':
      return `We have noted that a charge is not yours. ${cardInEnglish(says.lastFour, says.hold)} Your ticket is ${spelled(says.ticketNumber)}. A person helps you now.`;
    case 'status': {
      const { day, month, clock } = localTime(says.asOf, zone);
      return `Ticket ${spelled(says.ticketNumber)}: ${publicWording[says.status].en}. Version ${says.version}, as of ${day} ${month} ${clock}.`;
    }
    case 'person':
      return says.ticketNumber === undefined
        ? 'A person helps you now.'
        : `A person helps you now. Your ticket is ${spelled(says.ticketNumber)}; you need not say anything twice.`;
  }
}

const cardInChinese = (lastFour: string, hold: Hold): string =>
  ({
    confirmed: `您尾号${spelled(lastFour)}的卡已冻结。`,
    requested: `正在为您冻结尾号${spelled(lastFour)}的卡，完成后App会通知您。`,
    none: `已为您尾号${spelled(lastFour)}的卡做好记录。`,
  })[hold];

function chinese(says: PhoneSays, { bank, zone }: Voice): string {
  switch (says.say) {
    case 'menu':
      return `您好，这里是${bank.zh}。冻结卡片请按1，卡片挂失请按2，有交易非您本人操作请按3，查询工单进度请按4，人工服务请按0。`;
    case 'digits':
      return '请输入卡号后四位。我们绝不会索要完整卡号、验证码或密码。';
    case 'no_match':
      return '您输入的后四位与来电号码不符，请重新输入卡号后四位。';
    case 'too_many':
      return '无法核对卡片与来电号码，现在为您转接人工服务。';
    case 'unknown_caller':
      return '无法识别您的来电号码，现在为您转接人工服务。';
    case 'busy':
      return '系统处理时间较长，现在为您转接人工服务。';
    case 'frozen':
      return `${cardInChinese(says.lastFour, says.hold)}退款及此前的付款不受影响。`;
    case 'closed':
      return `尾号${spelled(says.lastFour)}的卡已注销，现在为您转接人工服务。`;
    case 'no_ticket':
      return `尾号${spelled(says.lastFour)}的卡没有工单。`;
    case 'lost':
      return `已为您登记挂失。${cardInChinese(says.lastFour, says.hold)}工单号${spelled(says.ticketNumber)}，现在为您转接人工服务。`;
    case 'reported':
      return `已记录有交易非您本人操作。${cardInChinese(says.lastFour, says.hold)}工单号${spelled(says.ticketNumber)}，现在为您转接人工服务。`;
    case 'status': {
      const { day, month, clock } = localTime(says.asOf, zone);
      return `工单${spelled(says.ticketNumber)}：${publicWording[says.status]['zh-CN']}。版本${says.version}，截至${monthInChinese(month)}${day}日${clock}。`;
    }
    case 'person':
      return says.ticketNumber === undefined
        ? '现在为您转接人工服务。'
        : `现在为您转接人工服务。工单号${spelled(says.ticketNumber)}，已登记的情况无需重复说明。`;
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthInChinese = (month: string): string => `${months.indexOf(month) + 1}月`;

import type { MailOrder } from '../../functions/notification/email-facts.ts';
import { renderEmail } from '../../functions/notification/emails.ts';
import { renderText, type TextOrder } from '../../functions/notification/texts.ts';
import { type Case, cases, type Turn } from './cases.ts';

const speaker = {
  bank: { zh: '示例银行', en: 'Example Bank' },
  zone: 'Asia/Shanghai',
  twoWay: true,
};

/** The whole page: the hard cases of the conversation with the texts customers get, made by the real templates. */
export function renderConversationDoc(): string {
  return `${[
    '# The conversation',
    '<!-- Written by `npx node tools/write-conversation-doc.ts` from tools/conversation-doc/cases.ts and the real templates: change those, not this page. -->',
    intro,
    ...cases.map(renderCase),
  ].join('\n\n')}\n`;
}

const intro = `What customers see in the hard cases of [requirements.md](requirements.md), in both languages. Where it is done is named
there. Texts are shortened to fit one part: first the merchant’s name, then the time.

- \`1\` / YES: mine. \`2\` / NO: not mine. Asked again after 5 minutes, a person after 15.
- At most three texts per incident in three days; answers to the customer’s own texts are not among them: four per
  alert, and where no alert is concerned four a day, two of them when nothing is open.
- The time that counts is when an answer was sent, not when it arrived, be it a day late.`;

const renderCase = ({ id, title, turns }: Case): string =>
  [`## ${id} ${title}`, ...turns.map(renderTurn)].join('\n\n');

function renderTurn({ writes, told, mailed = [], after }: Turn): string {
  const rows = [
    ...(writes === undefined ? [] : [`| customer | ${writes[0]} | ${writes[1]} |`]),
    ...told.map((order) => `| we | ${say(order, 'zh-CN')} | ${say(order, 'en')} |`),
    ...(told.length === 0 && writes !== undefined ? ['| we | (silence) | (silence) |'] : []),
    ...mailed.map((order) => `| e-mail | ${write(order, 'zh-CN')} | ${write(order, 'en')} |`),
  ];
  const table =
    rows.length === 0 ? [] : [['| | 中文 | English |', '| --- | --- | --- |', ...rows].join('\n')];
  return [...table, after].join('\n\n');
}

/** An e-mail as a cell: the subject in bold, then its lines but for the last paragraph, which is the same in all. */
function write(order: MailOrder, language: 'zh-CN' | 'en'): string {
  const { subject, text } = renderEmail({ ...order, ...speaker, language });
  const body = text.trim().split('\n\n').slice(0, -1).join('\n').split('\n');
  return [`**${subject}**`, ...body].join('<br>').replaceAll('|', '\\|');
}

const say = (order: TextOrder, language: 'zh-CN' | 'en'): string =>
  renderText({ ...speaker, ...order, language }).text.replaceAll('|', '\\|');

import { toGsm7 } from './sms-parts.ts';

export type Language = 'zh-CN' | 'en';

/** Nothing sensible is longer; what a hostile acquirer sends beyond it is not even looked at. */
const inputLimit = 600;

const nameless: Readonly<Record<Language, string>> = { 'zh-CN': '某商户', en: 'a merchant' };

/**
 * A merchant's name as it may stand in a text or on a page (H19): one line, no control, bidi or invisible
 * character, nothing a phone would make a link or a number to call of, no signature or quotation mark it could
 * break out of its quotes with, at most `limit` UTF-16 units and never half a grapheme. For `en` also GSM-7 only.
 * What is left empty becomes the words for "a merchant".
 */
export function cleanMerchantName(input: {
  readonly name: string;
  readonly language: Language;
  readonly limit: number;
}): string {
  let name = tidy(input.name.slice(0, inputLimit).toWellFormed());
  if (input.language === 'en') name = tidy(toGsm7(name));
  const cut = cutByGrapheme(name, input.limit).replace(/[\s.,\-/&]+$/u, '');
  return /[\p{L}\p{N}]/u.test(cut) ? cut : nameless[input.language];
}

function tidy(name: string): string {
  return (
    name
      .replace(/[\r\n\t\p{Zl}\p{Zp}]+/gu, ' ')
      // Control, format (bidi, zero width), private use, surrogate, unassigned; and what draws nothing. Before
      // normalising, as it may stand between a letter and its accent.
      .replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
      .normalize('NFKC')
      // A pile of combining marks is one grapheme, however high.
      .replace(/(\p{M}{2})\p{M}+/gu, '$1')
      .replace(/[a-z][a-z\d+.-]*:\s*\/\/\S*/giu, ' ')
      .replace(/www\.\S*/giu, ' ')
      .replace(/\S*@\S*/gu, ' ')
      // A bare domain (AMAZON.COM) is a name people know, but phones underline it: no dot, no path.
      .replace(/([\p{L}\p{N}-])[.。](?=[\p{L}])([\p{L}\p{N}-]+)(?:[/?#]\S*)?/gu, '$1 $2')
      .replace(/[.。](?=\p{L})/gu, ' ')
      // A number to call, or a card number, has no place in a name.
      .replace(/\+?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){6,}/gu, ' ')
      .replace(/[【】〖〗〔〕[\]{}<>"“”„‟«»‹›「」『』《》〈〉¥￥`^\\|~]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cutByGrapheme(name: string, limit: number): string {
  if (name.length <= limit) return name;
  let cut = '';
  for (const { segment } of graphemes.segment(name)) {
    if (cut.length + segment.length > limit) break;
    cut += segment;
  }
  return cut.trim();
}

import { SegmentedMessage } from 'sms-segments-calculator';

export interface SmsSize {
  readonly parts: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
}

/** One septet each, and no character of it ever joins with another. */
const plainGsm7 = /^[ -Z_a-z\n]*$/;
/** The same with Chinese and its punctuation, two bytes each: no surrogate, no combining mark. */
const plainUcs2 = /^[ -Z_a-z\n\u3000-\u3029\u3030-\u303f\u4e00-\u9fff\uff01-\uff60]*$/;

const partsOf = (length: number, alone: number, joined: number): number =>
  length <= alone ? 1 : Math.ceil(length / joined);

/**
 * How many billed parts a text makes: 160 GSM-7 (153 joined) or 70 UCS-2 (67 joined), 3GPP TS 23.038/23.040. Nearly all
 * texts are of plain characters and are counted at once; the library, some hundred times slower, knows all the others.
 */
export function countParts(text: string): SmsSize {
  const { length } = text;
  if (length > 0 && plainGsm7.test(text)) return { parts: partsOf(length, 160, 153), encoding: 'GSM-7' };
  if (length > 0 && plainUcs2.test(text)) return { parts: partsOf(length, 70, 67), encoding: 'UCS-2' };
  const message = new SegmentedMessage(text);
  return {
    parts: message.segmentsCount,
    encoding: message.getEncodingName() === 'GSM-7' ? 'GSM-7' : 'UCS-2',
  };
}

/** What a reader accepts in place of a character outside the basic table; extension characters cost two septets. */
const substitutes: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '~': '-',
  '…': '...',
  '·': '.',
  '•': '.',
  '[': '(',
  '{': '(',
  ']': ')',
  '}': ')',
  '\\': '/',
  '|': '/',
  '^': '',
  '€': 'EUR',
  '¥': '',
  '￥': '',
  '，': ',',
  '。': '.',
  ç: 'c',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ð: 'd',
  Þ: 'Th',
  þ: 'th',
  ı: 'i',
  Œ: 'OE',
  œ: 'oe',
};

/**
 * Transliterates into the basic GSM-7 table, one septet a character: curly quotes become straight, accents the
 * table lacks are taken off, anything else is dropped. One character outside it would double the price.
 */
export function toGsm7(text: string): string {
  let out = '';
  for (const character of text.normalize('NFC')) out += gsm7Character(character);
  return out;
}

function gsm7Character(character: string): string {
  const substitute = substitutes[character];
  if (substitute !== undefined) return substitute;
  if (isGsm7(character)) return character;
  const bare = [...character.normalize('NFKD')].filter((part) => !/\p{M}/u.test(part));
  return bare.map((part) => substitutes[part] ?? (isGsm7(part) ? part : '')).join('');
}

function isGsm7(character: string): boolean {
  if (/^[ -Z_a-z]$/.test(character)) return true;
  if (/\p{C}/u.test(character)) return character === '\n';
  return countParts(character).encoding === 'GSM-7';
}

import { SegmentedMessage } from 'sms-segments-calculator';

export interface SmsSize {
  readonly parts: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
}

/** How many billed parts a text makes: 160 GSM-7 (153 joined) or 70 UCS-2 (67 joined), 3GPP TS 23.038/23.040. */
export function countParts(text: string): SmsSize {
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

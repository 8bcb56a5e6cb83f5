/**
 * Takes card data out of free text before it is stored (H15) and personal data before it is logged (I10).
 * A false alarm costs a few digits of a text; a missed number costs a breach: when in doubt, it is masked.
 */
export interface Masked {
  readonly text: string;
  /** Card numbers found: the customer is warned not to send them. */
  readonly cardNumbers: number;
  /** Security codes, PINs and one-time codes found by the words beside them. */
  readonly codes: number;
}

/** For storage: card numbers become `••••` and the last four, codes become `•••`. */
export function maskForStorage(text: string): string {
  return maskText(text).text;
}

/** For logs: card numbers, codes, phone numbers and mail addresses are gone altogether. */
export function maskForLog(text: string): string {
  const withoutPhones = text.replace(dialledNumber, '[phone]');
  return maskText(withoutPhones)
    .text.replace(/••••\d{4}/gu, '[number]')
    .replace(mailAddress, '[email]')
    .replace(northAmericanNumber, '[phone]');
}

export function maskText(text: string): Masked {
  const cards = maskCardNumbers(text);
  let codes = 0;
  let masked = cards.text;
  for (const context of codeContexts) {
    masked = masked.replace(context, (match: string) => {
      codes += 1;
      return match.replace(/\p{Nd}/gu, '•');
    });
  }
  return { text: masked, cardNumbers: cards.found, codes };
}

const codeWords =
  'cvv2?|cvc2?|cvn2?|cid|security\\s*code|pin(?:\\s*code)?|otp|pass\\s*code|password|one.?time\\s*code|code|' +
  '安全码|校验码|验证码|后三位|背面三位|末三位|密码|口令|动态码';
/** A code after its word ("cvv: 123", "验证码是12345678") or before it ("123 is my cvv"). */
const codeContexts = [
  new RegExp(`(?<=(?:${codeWords})[\\s:：=,，是为is#-]{0,6})(?<!\\p{Nd})\\p{Nd}{3,8}(?!\\p{Nd})`, 'giu'),
  new RegExp(
    `(?<!\\p{Nd})\\p{Nd}{3,8}(?=\\s{0,2}(?:is|是)\\s{0,2}(?:my|the|我的)?\\s{0,2}(?:${codeWords}))`,
    'giu',
  ),
];

const mailAddress = /[\p{L}\p{N}._%+-]{1,64}[@＠][\p{L}\p{N}.-]{1,253}/gu;
/** International with + or 00, or a mainland mobile. */
const dialledNumber =
  /(?<![\p{Nd}\p{L}])(?:(?:[+＋]|00)\s?\p{Nd}(?:[\s().-]{0,2}\p{Nd}){6,14}|[1１][3-9３-９](?:[\s-]?\p{Nd}){9})(?!\p{Nd})/gu;
/** 3-3-4, only after card numbers are gone: one could be written so. */
const northAmericanNumber =
  /(?<![\p{Nd}\p{L}])\(?\p{Nd}{3}\)?[\s.-]{1,2}\p{Nd}{3}[\s.-]\p{Nd}{4}(?!\p{Nd})/gu;

/** Digits of any script with up to two separators between neighbours, 12 or more in a row. */
const digitRun = /\p{N}(?:(?:[\s\p{Pd}._/·•*]|\p{Cf}|\p{M}){0,4}\p{N}){11,}/gu;
/** Identifiers of our own logs: four groups of a UUID may look like anything. */
const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/giu;

function maskCardNumbers(text: string): { readonly text: string; readonly found: number } {
  let found = 0;
  let out = '';
  let from = 0;
  const maskRuns = (part: string): string =>
    part.replace(digitRun, (run: string) => {
      const masked = maskRun(run);
      found += masked.found;
      return masked.text;
    });
  for (const match of text.matchAll(uuid)) {
    out += maskRuns(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return { text: out + maskRuns(text.slice(from)), found };
}

interface Digit {
  readonly value: number;
  /** Where its character stands in the run, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** A separator stands before it. */
  readonly opensGroup: boolean;
}

/** Runs of more digits are masked whole: no card number is told from them in reasonable time. */
const runLimit = 200;

function maskRun(run: string): { readonly text: string; readonly found: number } {
  const digits = readDigits(run);
  if (digits.length > runLimit) return { text: `••••${lastDigits(digits)}`, found: 1 };
  const spans = cardSpans(digits);
  let text = '';
  let from = 0;
  for (const [first, last] of spans) {
    const part = digits.slice(first, last + 1);
    text += `${run.slice(from, part[0]?.start)}••••${lastDigits(part)}`;
    from = part.at(-1)?.end ?? run.length;
  }
  return { text: text + run.slice(from), found: spans.length };
}

function lastDigits(digits: readonly Digit[]): string {
  return digits
    .slice(-4)
    .map((digit) => digit.value)
    .join('');
}

function readDigits(run: string): readonly Digit[] {
  const digits: Digit[] = [];
  let at = 0;
  let opensGroup = true;
  for (const character of run) {
    const values = digitValues(character);
    for (const value of values) {
      digits.push({ value, start: at, end: at + character.length, opensGroup });
      opensGroup = false;
    }
    if (values.length === 0) opensGroup = true;
    at += character.length;
  }
  return digits;
}

/** ASCII, full-width, circled and superscript digits by compatibility; other scripts by their place in a row of ten. */
function digitValues(character: string): readonly number[] {
  const plain = character.normalize('NFKC');
  if (/^\d+$/.test(plain)) return [...plain].map(Number);
  if (!/^\p{Nd}$/u.test(plain)) return [];
  let zero = plain.codePointAt(0) ?? 0;
  const own = zero;
  while (own - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return [own - zero];
}

/**
 * Where card numbers may stand, as merged spans of digit positions. Any 12 to 19 digits (ISO/IEC 7812) that pass
 * Luhn count when they begin and end with a group ("4111 1111 1111 1111" after "2 "); inside one long group only
 * 15 or more do, else every tenth identifier would be masked. Overlapping spans are one: masking only the first
 * would leave the rest of a number readable.
 */
function cardSpans(digits: readonly Digit[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (let first = 0; first < digits.length; first += 1) {
    for (let length = 19; length >= 12; length -= 1) {
      const last = first + length - 1;
      if (!mayBeCard(digits, first, last)) continue;
      const before = spans.at(-1);
      if (before !== undefined && first <= before[1]) before[1] = Math.max(before[1], last);
      else spans.push([first, last]);
    }
  }
  return spans;
}

function mayBeCard(digits: readonly Digit[], first: number, last: number): boolean {
  if (last >= digits.length) return false;
  const length = last - first + 1;
  const aligned = digits[first]?.opensGroup === true && (digits[last + 1]?.opensGroup ?? true);
  if (!aligned && length < 15) return false;
  const lead = digits[first]?.value ?? 0;
  // No issuer begins with 0; with 1 only airlines' cards of 15 (a time in milliseconds begins with 1 too).
  if (lead === 0 || (lead === 1 && length !== 15)) return false;
  return passesLuhn(digits, first, last);
}

function passesLuhn(digits: readonly Digit[], first: number, last: number): boolean {
  let sum = 0;
  for (let at = last; at >= first; at -= 1) {
    const value = digits[at]?.value ?? 0;
    const doubled = (last - at) % 2 === 1 ? value * 2 : value;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * True when the text is 12 to 19 digits (separators between them ignored) that pass the Luhn check
 * (ISO/IEC 7812): such a value may be a card number and must not be taken for a token.
 */
export function looksLikeCardNumber(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  if (last < DIGIT_0 || last > DIGIT_9) return false;
  let digits = 0;
  let sum = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      const value = digits % 2 === 0 ? code - DIGIT_0 : (code - DIGIT_0) * 2;
      sum += value > 9 ? value - 9 : value;
      digits++;
    } else if (!isSeparator(code)) {
      return false;
    }
  }
  return digits >= 12 && digits <= 19 && sum % 10 === 0;
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;

function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x2d || code === 0x2e || code === 0x5f || code === 0x3a;
}

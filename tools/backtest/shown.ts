/** How figures are written, on the terminal as on the page. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** A mean: no places where it is large, two where it is small, the same for every figure of its size. */
export function amountOf(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** What is counted as a count, what is a mean as a mean. */
export const countOrMean = (value: number): string =>
  Number.isInteger(value) ? whole(value) : amountOf(value);

/** In a sentence: two significant places at most. */
export const spoken = (value: number): string =>
  value >= 10 ? whole(value) : String(Number(value.toPrecision(2)));

export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;

export const ratio = (value: number | undefined): string => (value === undefined ? '–' : amountOf(value));

export const decimals = (value: number | undefined, places = 3): string =>
  value === undefined ? '–' : value.toFixed(places);

/** With its sign, as a difference; a true minus. */
export function signed(value: number): string {
  const shown = countOrMean(Math.abs(value));
  if (!/[1-9]/.test(shown)) return '±0';
  return `${value > 0 ? '+' : '−'}${shown}`;
}

/** Per cent points, with their sign. */
export function signedPoints(difference: number | undefined): string {
  if (difference === undefined) return '–';
  const shown = Math.abs(difference * 100).toFixed(1);
  if (shown === '0.0') return '±0.0 pts';
  return `${difference > 0 ? '+' : '−'}${shown} pts`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;

/** How figures are written, on the terminal as on the page. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Two significant places where the figure is small, none where it is large. */
export function amountOf(value: number): string {
  const places = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
}

export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;

export const ratio = (value: number | undefined): string => (value === undefined ? '–' : amountOf(value));

export const decimals = (value: number | undefined, places = 3): string =>
  value === undefined ? '–' : value.toFixed(places);

/** With its sign, as a difference; a true minus. */
export function signed(value: number): string {
  const shown = amountOf(Math.abs(value));
  if (Number(shown.replaceAll(',', '')) === 0) return '±0';
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

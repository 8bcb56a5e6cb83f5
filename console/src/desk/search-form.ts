/** What is looked for; empty where it was left out. */
export interface SearchForm {
  readonly number: string;
  readonly phone: string;
  readonly lastFour: string;
  readonly day: string;
}
export type Wrong = 'number' | 'lastFour' | 'day' | 'both';

const shapes = {
  number: /^FR-[0-9A-HJKMNP-TV-Z]{8}$/,
  lastFour: /^\d{4}$/,
} as const;
const shaped = ['number', 'lastFour'] as const;

/** A day of the calendar: 2026-29-11 is none. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** A number as it was heard: ticket numbers have no O, I or L, which look like others. */
export const heardNumber = (text: string): string =>
  text.toUpperCase().replace(/\s/g, '').replace(/O/g, '0').replace(/[IL]/g, '1').slice(0, 11);

/**
 * What cannot be looked for as it was typed, by field. A phone number is read by the API, as people write it; last four
 * digits alone are looked for among the tickets of today.
 */
export function wrongOf(form: SearchForm): Partial<Record<keyof SearchForm, Wrong>> {
  const misshapen = shaped.filter((name) => form[name] !== '' && !shapes[name].test(form[name]));
  const wrong: Partial<Record<keyof SearchForm, Wrong>> = Object.fromEntries(
    misshapen.map((name) => [name, name]),
  );
  if (form.day !== '' && !isDay(form.day)) wrong.day = 'day';
  if (form.day !== '' && form.lastFour === '') return { lastFour: 'both', ...wrong };
  return wrong;
}

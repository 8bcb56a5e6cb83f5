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
  day: /^\d{4}-\d{2}-\d{2}$/,
} as const;
const checked = ['number', 'lastFour', 'day'] as const;

/**
 * What cannot be looked for as it was typed, by field. A phone number is read by the API, as people write it; last four
 * digits alone are looked for among the tickets of today.
 */
export function wrongOf(form: SearchForm): Partial<Record<keyof SearchForm, Wrong>> {
  const misshapen = checked.filter((name) => form[name] !== '' && !shapes[name].test(form[name]));
  const wrong: Partial<Record<keyof SearchForm, Wrong>> = Object.fromEntries(
    misshapen.map((name) => [name, name]),
  );
  if (form.day !== '' && form.lastFour === '') return { lastFour: 'both', ...wrong };
  return wrong;
}

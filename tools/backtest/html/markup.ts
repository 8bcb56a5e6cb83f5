/** Markup that was made by {@link html}: everything of the data in it is escaped. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | undefined | false | readonly Value[];

/** Template of markup: what is put in is escaped unless it is markup itself. Attributes stand in double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((text, part, index) => text + markupOf(values[index - 1]) + part) };
}

/** Markup of our own making that is not escaped again: a plot, a style sheet. Never of the data. */
export const trusted = (markup: string): Markup => ({ markup });

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value);
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What draws nothing or turns the reading direction has no place in a report: it is shown as a replacement sign. */
const unseen = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

const escaped = (text: string): string =>
  text.replace(unseen, '\uFFFD').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

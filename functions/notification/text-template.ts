import type { FactsOf, TextKind } from './text-facts.ts';

/** Who speaks, and how. */
export interface Voice {
  readonly bank: string;
  /** IANA zone of the issuer. */
  readonly zone: string;
  /** Whether customers can answer a text; without it no text asks for a reply. */
  readonly twoWay: boolean;
}

/** What may be left out of a text so that it stays in one part. */
export interface Room {
  /** Limit of the merchant's name; 0 leaves it out, amount and card then say which charge is meant. */
  readonly merchant: number;
  readonly time: boolean;
  /** The words against a caller who dictates the answer (H31). */
  readonly coached: 'full' | 'brief' | 'none';
  /** Only what the customer needs to answer. */
  readonly bare: boolean;
}

export type Template<Kind extends TextKind> = (facts: FactsOf<Kind>, voice: Voice, room: Room) => string;
export type Templates = { readonly [Kind in TextKind]: Template<Kind> };

/**
 * From everything to the bare question; the first that fits one part is sent. The words against coaching become
 * brief before anything else that matters goes, and stay with every amount, count and bank's name a customer meets
 * (texts.test.ts); only what no customer meets loses them.
 */
export const rooms: readonly Room[] = [
  { merchant: 24, time: true, coached: 'full', bare: false },
  { merchant: 16, time: true, coached: 'full', bare: false },
  { merchant: 16, time: false, coached: 'full', bare: false },
  { merchant: 16, time: false, coached: 'brief', bare: false },
  { merchant: 10, time: false, coached: 'brief', bare: false },
  { merchant: 6, time: false, coached: 'brief', bare: true },
  { merchant: 0, time: false, coached: 'brief', bare: true },
  // A charge of a billion in a currency of three decimals, a thousand of them, the bank's name eight characters long.
  { merchant: 6, time: false, coached: 'none', bare: true },
  { merchant: 0, time: false, coached: 'none', bare: true },
];

/** Making one costs more than the rest of a text; there is one zone per stage. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}

/** Date and time parts in the issuer's zone. */
export function localTime(iso: string, zone: string) {
  const parts = formatIn(zone).formatToParts(new Date(iso));
  const pick = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: pick('day'), month: pick('month').slice(0, 3), clock: `${pick('hour')}:${pick('minute')}` };
}

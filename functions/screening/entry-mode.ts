import type { EntryMode } from '../transaction/events.ts';

/**
 * The card itself was read at the terminal. A wallet is neither: it may be a phone at a terminal or a
 * purchase inside an app, and is bound to a device either way.
 */
export function isCardPresent(mode: EntryMode): boolean {
  return mode === 'chip' || mode === 'contactless' || mode === 'magstripe';
}

/** Only the card's data were used, by net, mail, telephone or keyed in: a stolen number is enough. */
export function isCardNotPresent(mode: EntryMode): boolean {
  return mode === 'ecommerce' || mode === 'moto' || mode === 'manual';
}

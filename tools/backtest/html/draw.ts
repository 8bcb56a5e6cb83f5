import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Markup, trusted } from './markup.ts';

/** A plot twice: one for wide windows, one for a phone, where letters keep their size. */
export interface Drawn {
  readonly wide: Markup;
  readonly narrow: Markup;
}

interface Size {
  readonly width: number;
  readonly isNarrow: boolean;
}

const WIDE: Size = { width: 1000, isNarrow: false };
const NARROW: Size = { width: 350, isNarrow: true };
/** Colours are names of the page's style sheet, so that one drawing serves light and dark. */
export const COLOURS = {
  true: 'var(--true)',
  false: 'var(--false)',
  base: 'var(--base)',
  late: 'var(--late)',
  missed: 'var(--missed)',
} as const;
export type Colour = keyof typeof COLOURS;

/** `label` says to those who do not see the plot what it shows at a glance. */
export function draw(label: string, options: (size: Size) => Plot.PlotOptions): Drawn {
  return { wide: one(WIDE), narrow: one(NARROW) };

  function one(size: Size): Markup {
    const { document } = parseHTML('<!doctype html><html><body></body></html>');
    const svg = Plot.plot({
      document,
      width: size.width,
      marginLeft: size.isNarrow ? 44 : 56,
      marginRight: size.isNarrow ? 10 : 20,
      className: 'plot',
      style: { fontSize: size.isNarrow ? '11px' : '13px' },
      ...options(size),
    });
    // One picture with one description: its parts are not read out one by one.
    for (const part of svg.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    return trusted(svg.outerHTML);
  }
}

/** How often one customer may ask, per class of route: so many requests in a window of so many seconds. */
export interface Rate {
  readonly most: number;
  readonly seconds: number;
  /** The request goes on when the counter itself cannot be reached. */
  readonly failsOpen?: true;
}

/**
 * Policy, per customer. A freeze is never limited away (D5): its figure is beyond any hand, and stops only a program
 * that has gone wild. Codes and other factors count their own tries (I7).
 */
export const rates = {
  read: { most: 120, seconds: 60 },
  hold: { most: 120, seconds: 60, failsOpen: true },
  answer: { most: 30, seconds: 600 },
  report: { most: 30, seconds: 3_600 },
  message: { most: 30, seconds: 600 },
  change: { most: 30, seconds: 3_600 },
  check: { most: 20, seconds: 600 },
} as const satisfies Readonly<Record<string, Rate>>;

export type RateClass = keyof typeof rates;

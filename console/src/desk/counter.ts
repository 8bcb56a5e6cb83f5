/** How many a list shows, of how many there are. */
export const counter = (listed: number, total: number): string =>
  total > listed ? `(${listed} / ${total})` : `(${listed})`;

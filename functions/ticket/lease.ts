/** An agent who has a ticket in hand shows every few minutes that they are there; else it waits again for all. */
export const LEASE_MINUTES = 20;

export const minutesAfter = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** Until when a ticket taken or worked on at this moment stays with who has it. */
export const leaseFrom = (at: string): string => minutesAfter(at, LEASE_MINUTES);

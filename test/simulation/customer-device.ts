export type CustomerDevice = ReturnType<typeof createCustomerDevice>;

/** The counter of a customer's device, and what was believed of it (I7). */
export function createCustomerDevice() {
  const challenges = new Set<string>();
  let last: string | undefined;
  let count = 0;
  let acceptedCount = 0;
  return {
    next: (): number => {
      count += 1;
      return count;
    },
    /** The highest that was accepted. */
    counted: (): number => acceptedCount,
    asked: (challenge: string): void => {
      last = challenge;
    },
    lastAsked: (): string | undefined => last,
    /**
     * What was wrong with an answer that was accepted; undefined: nothing. `before`: the highest accepted when it was
     * sent; a device that counted nothing yet cannot be told from its copy.
     */
    accepted: (challenge: string, counted: number, before: number): string | undefined => {
      const again = challenges.has(challenge);
      challenges.add(challenge);
      acceptedCount = Math.max(acceptedCount, counted);
      if (again) return 'a challenge was answered twice';
      return before > 0 && counted <= before ? 'a copy of a device was believed' : undefined;
    },
  };
}

/** One for each customer. */
export function createCustomerDevices() {
  const known = new Map<string, CustomerDevice>();
  return {
    of: (customerId: string): CustomerDevice => {
      const device = known.get(customerId) ?? createCustomerDevice();
      known.set(customerId, device);
      return device;
    },
  };
}

import type { ClockHandle, LocalClock } from '../clock.ts';

/** Received messages and when they show again, by receipt handle, on the local clock. */
export interface InFlight {
  take(receipt: string, entry: { queue: string; messageId: string; visibilitySeconds: number }): void;
  /** New time until it shows again; false when the receipt is not in flight. */
  extend(receipt: string, visibilitySeconds: number): boolean;
  /** Ends the wait; the message that was in flight, if it was. */
  release(receipt: string): { queue: string; messageId: string } | undefined;
}

export function createInFlight(
  clock: LocalClock,
  showAgain: (queue: string, receipt: string) => Promise<void>,
): InFlight {
  const entries = new Map<string, { queue: string; messageId: string; timer: ClockHandle }>();
  const arm = (receipt: string, queue: string, seconds: number): ClockHandle =>
    clock.setTimeout(async () => {
      entries.delete(receipt);
      await showAgain(queue, receipt);
    }, seconds * 1000);
  return {
    take(receipt, { queue, messageId, visibilitySeconds }) {
      entries.set(receipt, { queue, messageId, timer: arm(receipt, queue, visibilitySeconds) });
    },
    extend(receipt, visibilitySeconds) {
      const entry = entries.get(receipt);
      if (!entry) return false;
      clock.clear(entry.timer);
      entry.timer = arm(receipt, entry.queue, visibilitySeconds);
      return true;
    },
    release(receipt) {
      const entry = entries.get(receipt);
      if (!entry) return undefined;
      clock.clear(entry.timer);
      entries.delete(receipt);
      return { queue: entry.queue, messageId: entry.messageId };
    },
  };
}

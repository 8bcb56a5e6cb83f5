import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Target } from '../stage/target.ts';

const LOOK_AGAIN_MS = 250;
/** Two quiet looks, this far apart: between a queue and the next a message is in none of them. */
const QUIET_LOOKS = 4;
const COUNTED = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** Messages of every queue, delayed and under way included, by the queue's name. */
export async function depths(target: Target): Promise<Readonly<Record<string, number>>> {
  const counted = target.queues.map(async ({ name, url }) => {
    const { Attributes = {} } = await target.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTED] }),
    );
    return [name, COUNTED.reduce((sum, one) => sum + Number(Attributes[one] ?? 0), 0)] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

/** Waits until all queues have been empty for a second; what is left, when the time is over. */
export async function waitUntilQuiet(
  target: Target,
  options: { timeoutMs: number; onProgress: (left: number) => void },
): Promise<Readonly<Record<string, number>>> {
  const giveUpAt = performance.now() + options.timeoutMs;
  for (let quiet = 0; ; ) {
    const waiting = Object.entries(await depths(target)).filter(([, count]) => count > 0);
    quiet = waiting.length === 0 ? quiet + 1 : 0;
    if (quiet >= QUIET_LOOKS || performance.now() > giveUpAt) return Object.fromEntries(waiting);
    options.onProgress(waiting.reduce((sum, [, count]) => sum + count, 0));
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

import type { QueueDepth } from '../front/sqs-queues.ts';
import type { LocalModel } from '../model.ts';
import type { Functions } from './functions.ts';
import type { Mappings } from './mappings.ts';
import { pause } from './pause.ts';

const LOOK_AGAIN_MS = 10;

/**
 * Waits until nothing moves any more: no invocation, no batch, every stream read to its end, every queue
 * with a reader empty. Messages that are delayed do not count: they wait for the clock.
 */
export async function settle(options: {
  model: LocalModel;
  functions: Functions;
  mappings: Mappings;
  queueDepths: () => Promise<Readonly<Record<string, QueueDepth>>>;
  /** Work outside functions and queues, e.g. answers of the simulated issuer. */
  otherBusy: () => boolean;
  timeoutMs: number;
}): Promise<void> {
  const { functions, mappings } = options;
  const giveUpAt = Date.now() + options.timeoutMs;
  const fed = new Set(options.model.mappings.map(({ sourceArn }) => sourceArn));
  const queues = options.model.queues.filter(({ arn }) => fed.has(arn)).map(({ name }) => name);
  const isBusy = () => functions.busy > 0 || mappings.busy || options.otherBusy();
  const activity = () => functions.invocations + mappings.activity;
  let full: string[] = [];
  while (Date.now() < giveUpAt) {
    const before = activity();
    if (!isBusy()) {
      await mappings.caughtUp();
      const depths = await options.queueDepths();
      full = queues.filter((name) => (depths[name]?.visible ?? 0) + (depths[name]?.inFlight ?? 0) > 0);
      if (!isBusy() && full.length === 0 && activity() === before) return;
    }
    await pause(LOOK_AGAIN_MS);
  }
  const still = [
    ...(functions.busy > 0 ? [`${functions.busy} invocations`] : []),
    ...(mappings.busy ? ['batches being worked on'] : []),
    ...(options.otherBusy() ? ['the simulated issuer'] : []),
    ...full.map((queue) => `messages in ${queue}`),
  ];
  throw new Error(`not quiet after ${options.timeoutMs} ms: ${still.join(', ') || 'work keeps coming'}`);
}

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createQuarantine, type QuarantineEntry } from '../../functions/platform/quarantine.ts';
import type { Target } from '../stage/target.ts';

export interface Replayed {
  readonly sent: number;
  /** Refused again before we could take them off the list. */
  readonly refusedAgain: number;
  /** From a queue this stage no longer has. */
  readonly homeless: number;
}

/** The queue an entry came from, by the name kept with it. */
export const homeOf = (target: Target, entry: QuarantineEntry) =>
  target.queues.find(({ url }) => url.endsWith(`/${entry.source}`));

/**
 * Sends quarantined messages to the queues they came from. First sent, then off the list: a crash in between
 * sends one twice, which its reader bears. What is refused again is back on the list, once.
 */
export async function replayQuarantine(options: {
  target: Target;
  entries: readonly QuarantineEntry[];
  now: () => Date;
  onProgress?: (sent: number) => void;
}): Promise<Replayed> {
  const { target } = options;
  const quarantine = createQuarantine(target.db, target.casesTable);
  let sent = 0;
  let refusedAgain = 0;
  let homeless = 0;
  for (const entry of options.entries) {
    const home = homeOf(target, entry);
    if (home === undefined) {
      homeless += 1;
      continue;
    }
    const MessageBody = await quarantine.body(entry);
    await target.sqs.send(new SendMessageCommand({ QueueUrl: home.url, MessageBody }));
    sent += 1;
    if (!(await quarantine.redriven(entry, options.now()))) refusedAgain += 1;
    options.onProgress?.(sent);
  }
  return { sent, refusedAgain, homeless };
}

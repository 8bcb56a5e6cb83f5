import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { openInboundSms, SEALED_OWNER } from '../../functions/notification/inbound-sms.ts';
import { createQuarantine, type QuarantineEntry } from '../../functions/platform/quarantine.ts';
import { openBody } from '../../functions/platform/sealed-body.ts';
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
  const kms = new KMSClient({ ...target.connection });
  let sent = 0;
  let refusedAgain = 0;
  let homeless = 0;
  for (const entry of options.entries) {
    const home = homeOf(target, entry);
    if (home === undefined) {
      homeless += 1;
      continue;
    }
    const opened = await openBody(await quarantine.body(entry), (sealed) => open(kms, sealed));
    const MessageBody = await openInboundSms(opened, (sealed) => open(kms, sealed));
    await target.sqs.send(new SendMessageCommand({ QueueUrl: home.url, MessageBody }));
    sent += 1;
    if (!(await quarantine.redriven(entry, options.now()))) refusedAgain += 1;
    options.onProgress?.(sent);
  }
  kms.destroy();
  return { sent, refusedAgain, homeless };
}

/** What was sealed for the quarantine; needs `kms:Decrypt` on the stage's data key. */
async function open(kms: KMSClient, sealed: string): Promise<string> {
  const { Plaintext } = await kms.send(
    new DecryptCommand({
      CiphertextBlob: Buffer.from(sealed, 'base64'),
      EncryptionContext: { purpose: 'phone', owner: SEALED_OWNER },
    }),
  );
  if (Plaintext === undefined) throw new Error('KMS opened a sealed number to nothing');
  return Buffer.from(Plaintext).toString();
}

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PlainError } from './checks.ts';
import type { BankEntry } from './sample.ts';

/** What PutEvents takes at once. */
const ENTRIES_AT_ONCE = 10;

/** The bank's card system: puts events of source `bank.cards` on the bus, with the bank's own credentials. */
export interface Bank {
  /** In order; ids of the events. */
  put(entries: readonly BankEntry[]): Promise<readonly string[]>;
  close(): void;
}

export function createBank(options: {
  endpoint: string;
  region: string;
  busName: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}): Bank {
  const { busName, ...connection } = options;
  const client = new EventBridgeClient(connection);
  return {
    async put(entries) {
      const ids: string[] = [];
      for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
        const { Entries = [] } = await client.send(
          new PutEventsCommand({
            Entries: entries.slice(from, from + ENTRIES_AT_ONCE).map(({ type, detail }) => ({
              EventBusName: busName,
              Source: 'bank.cards',
              DetailType: type,
              Detail: JSON.stringify(detail),
            })),
          }),
        );
        const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
        if (refused) throw new PlainError(`The bus refused an event: ${refused.ErrorMessage}`);
        ids.push(...Entries.map(({ EventId = '' }) => EventId));
      }
      return ids;
    },
    close: () => client.destroy(),
  };
}

import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** Source of every event of ours on the bus. */
const OWN_SOURCE = 'cardguard';

export interface Bus {
  /** Puts one event of ours on the bus; throws when the bus did not take it. */
  put(event: { type: string; detail: Readonly<Record<string, unknown>> }): Promise<void>;
}

export function createBus(options: { client: EventBridgeClient; busName: string }): Bus {
  return {
    put: async ({ type, detail }) => {
      const answer = await options.client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: options.busName,
              Source: OWN_SOURCE,
              DetailType: type,
              Detail: JSON.stringify(detail),
            },
          ],
        }),
      );
      // PutEvents answers 200 for an entry it did not take.
      const refused = answer.Entries?.find((entry) => entry.ErrorCode !== undefined);
      if (refused) throw new Error(`the bus refused ${type}: ${refused.ErrorCode}`);
    },
  };
}

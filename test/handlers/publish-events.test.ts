import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { createTelemetry } from '../../functions/handlers/telemetry.ts';
import { publishEvents } from '../../functions/handlers/work/publish-events.ts';
import type { Effect, Outbox } from '../../functions/platform/outbox.ts';

const NOW = new Date('2026-03-10T15:40:00.000Z');
const key = { pk: 'CUSTOMER#C-1', sk: 'OUT#000004#publish' };
const record = { body: JSON.stringify(key) } as SQSRecord;
const effect = (payload: Effect['payload']): Effect => ({
  ...key,
  effect: 'publish',
  pendingSince: NOW.toISOString(),
  tries: 0,
  payload,
});

/** Publishes one effect; gives what reached the bus. */
async function published(payload: Effect['payload'], phoneOf?: (of: { owner: string }) => Promise<string>) {
  const put: unknown[] = [];
  const outbox = { get: async () => effect(payload), done: () => 'done' } as unknown as Outbox;
  const publish = publishEvents({
    db: { commit: async () => ({ outcome: 'done' }) } as never,
    outbox,
    now: () => NOW,
    bus: { put: async (event) => void put.push(event) },
    telemetry: createTelemetry('publish-events'),
    ...(phoneOf === undefined ? {} : { phoneOf }),
  });
  await publish(record);
  return put;
}

const detail = { customerId: 'C-1', verificationId: 'V-1', requestedAt: NOW.toISOString() };
const sealed = { phoneCipher: 'ciphertext', owner: 'C-1' };

test('a sealed number is opened for its owner on its way to the bank, and only there', async () => {
  const wish = { type: 'ContactChangeRequested', detail, sealed };
  const [event] = await published(wish, async ({ owner }) => (owner === 'C-1' ? '+85298765432' : 'nobody'));
  expect(event).toMatchObject({
    type: 'ContactChangeRequested',
    detail: { ...detail, schemaVersion: 1, phone: '+85298765432', eventId: `${key.pk}/${key.sk}` },
  });
  expect(JSON.stringify(event)).not.toContain('ciphertext');
});

test('without one there is no number; with nothing to open it, nothing is published', async () => {
  const [event] = await published({ type: 'TicketClaimed', detail });
  expect(event).toMatchObject({ detail });
  expect(JSON.stringify(event)).not.toContain('phone');
  await expect(published({ type: 'ContactChangeRequested', detail, sealed })).rejects.toThrow(
    'nothing to open',
  );
});

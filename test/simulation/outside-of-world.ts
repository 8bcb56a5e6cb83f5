import { createPlaceHold } from '../../functions/card/place-hold.ts';
import { createClaimTicket } from '../../functions/ticket/claim-ticket.ts';
import { createReportLost } from '../../functions/ticket/report-lost.ts';
import type { Violation } from '../support/rule.ts';
import { createCustomerDevices } from './customer-device.ts';
import type { BankEventType, Outside } from './outside.ts';
import { callsOnWorld, deviceOf } from './proof-calls.ts';
import { createProofs } from './proofs.ts';
import type { SimulatedQueue } from './queue.ts';
import { eventBody, type SimulatedWorld } from './world.ts';

/** A client asks again so often, and so long after a failure. */
const CLIENT_TRIES = 8;
const CLIENT_WAITS_MS = 5_000;

/** All functions in memory, met from outside: by queues, and by the use cases behind the routes. */
export function outsideOf(world: SimulatedWorld, violations: Violation[]): Outside {
  const { engine, issuer, recorder } = world;
  const api = world.rooms('api');
  const reportLost = createReportLost({ ...api, newId: world.newId, newTicketNumber: world.newTicketNumber });
  const placeHold = createPlaceHold(api);
  const claimTicket = createClaimTicket(api);
  const calls = callsOnWorld(world);
  const devices = createCustomerDevices();
  const queueOf = (type: BankEventType): SimulatedQueue =>
    type.startsWith('Transaction') ? world.transactions : world.customers;

  async function again<Outcome>(ask: () => Promise<Outcome>): Promise<Outcome | 'failed'> {
    for (let tries = 1; tries <= CLIENT_TRIES; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        recorder.fault(error);
        await engine.sleep(CLIENT_WAITS_MS);
      }
    }
    return 'failed';
  }

  return {
    now: engine.now,
    after: (milliseconds, act) => void engine.after(milliseconds, act),
    bank: (type, detail, arriving) => queueOf(type).push(eventBody(type, detail), arriving),
    text: ({ messageId, number, words, sentAt }, arriving) => {
      const message = { originationNumber: number, destinationNumber: '+8610000', messageBody: words };
      const envelope = {
        Type: 'Notification',
        Message: JSON.stringify({ ...message, inboundMessageId: messageId }),
        Timestamp: new Date(sentAt).toISOString(),
      };
      world.replies.push(JSON.stringify(envelope), arriving);
    },
    hold: ({ customerId, cardToken, kind }) => {
      const by = `customer:${customerId}`;
      recorder.note(`${customerId} asks for a ${kind} hold on ${cardToken}`);
      return again(async () => {
        const placed = await placeHold({
          ...{ cardToken, kind, asks: { customerId } },
          together: async (card, isNew) =>
            kind === 'lost' ? (await reportLost({ ...card, isNew, by })).writes : [],
        });
        return placed.outcome;
      });
    },
    claimNext: async (agent) => {
      await again(async () => {
        const [first] = await api.tickets.queue();
        if (first !== undefined) await claimTicket(first.number, { id: agent, name: agent });
      });
    },
    issuerFeels: issuer.feel,
    issuerActs: issuer.actAlone,
    device: deviceOf,
    proofs: (who) =>
      createProofs({
        ...{ calls, who, violations, device: devices.of(who.customerId) },
        ...{ now: engine.now, note: recorder.note, fault: recorder.fault },
      }),
  };
}

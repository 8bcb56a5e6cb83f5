import type { SimulatedClock } from '../../../infra/local/clock.ts';
import type { LocalStack } from '../../../infra/local/stack.ts';
import type { Bank } from '../../flow/bank.ts';
import type { Violation } from '../../support/rule.ts';
import type { Chance } from '../chance.ts';
import { createCustomerDevices } from '../customer-device.ts';
import { createIssuer, type SimulatedIssuer } from '../issuer.ts';
import type { Arriving, Outside } from '../outside.ts';
import { createProofs } from '../proofs.ts';
import type { createProofRequests } from './proof-requests.ts';
import { listOf, type Requests } from './requests.ts';
import type { Timetable } from './timetable.ts';

export interface OnStack {
  readonly stack: LocalStack;
  readonly clock: SimulatedClock;
  readonly bank: Bank;
  readonly requests: Requests;
  readonly proofRequests: ReturnType<typeof createProofRequests>;
  readonly timetable: Timetable;
}

/** One story's view of the stack, with an issuer of its own for its cards. */
export function outsideOfStack(
  ground: OnStack,
  of: {
    readonly chance: Chance;
    readonly mark: string;
    readonly calmAt: number;
    readonly bankClockMs: () => number;
    readonly violations: Violation[];
  },
): Outside & { readonly issuer: SimulatedIssuer } {
  const { bank, clock, proofRequests, requests, stack, timetable } = ground;
  const { chance } = of;
  const { after } = timetable;
  const devices = createCustomerDevices();

  /** Each copy comes in its own time. */
  function arrives({ delayMs, copiesAfterMs = [] }: Arriving, send: () => Promise<unknown>): void {
    for (const extra of [0, ...copiesAfterMs]) after(delayMs + extra, async () => void (await send()));
  }
  const issuer = createIssuer({
    engine: { now: clock.now, after },
    chance,
    calmAt: of.calmAt,
    clockMs: of.bankClockMs,
    tell: (detail) => {
      const copiesAfterMs = chance.oneIn(4) ? [chance.pick([0, 5_000, 3_600_000])] : [];
      arrives({ delayMs: 0, copiesAfterMs }, () => bank.put('CardStatusChanged', detail));
    },
  });

  return {
    issuer,
    now: clock.now,
    after,
    bank: (type, detail, arriving) => arrives(arriving, () => bank.put(type, detail)),
    text: ({ messageId, number, words, sentAt }, arriving) =>
      arrives(arriving, () =>
        // Of one slot, texts are told apart by a millisecond each, which may lie ahead of the clock.
        stack.phone.reply(number, words, { inboundMessageId: messageId, at: sentAt }),
      ),
    hold: async ({ customerId, cardToken, kind }) => {
      const path = `/cards/${cardToken}/${kind === 'lost' ? 'lost' : 'freeze'}`;
      const { status } = await requests.post({ customer: customerId }, path);
      return status < 300 ? 'held' : String(status);
    },
    claimNext: async (agent) => {
      const { body } = await requests.get({ agent }, '/agent/queue');
      const own = listOf(body.tickets).find(({ cardToken }) => String(cardToken).includes(of.mark));
      if (own !== undefined) await requests.post({ agent }, `/agent/tickets/${String(own.number)}/claim`);
    },
    issuerFeels: issuer.feel,
    issuerActs: issuer.actAlone,
    device: (customerId) => {
      const { credentialId, publicKey } = proofRequests.deviceOf(customerId);
      return { credentialId, publicKey };
    },
    proofs: (who) =>
      createProofs({
        ...{ who, calls: proofRequests.calls, device: devices.of(who.customerId) },
        ...{ now: clock.now, note: () => undefined, fault: () => undefined, violations: of.violations },
      }),
  };
}

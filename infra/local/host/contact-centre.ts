import { randomUUID } from 'node:crypto';
import type { OutboundLine, OutboundOrder } from '../front/outbound-line.ts';
import { type ContactCentreOptions, createCall } from './contact-call.ts';
import type { CallerCall, OutboundCall } from './customer-call.ts';

export interface ContactCentre {
  /** Calls from this number; undefined: it is withheld. `contactId`: the same call once more. */
  call(from: string | undefined, options?: { readonly contactId?: string }): Promise<CallerCall>;
  /** Makes a call we ordered: the phone rings. */
  ring(order: OutboundOrder): Promise<void>;
  /** Calls we made, the latest last; of one number, or all. */
  outbound(number?: string): readonly OutboundCall[];
  /** An agent (by the id of their user) who is away takes no call that is put through to them. */
  away(agentId: string, isAway: boolean): void;
  /** Forgets calls we made, and who is away. */
  forget(): void;
}

/** Calls kept; the oldest go first. */
const CALLS_KEPT = 1_000;

/** A contact centre for the flows of the template: customers call it, and it calls them. */
export function createContactCentre(
  options: ContactCentreOptions & { readonly line: OutboundLine },
): ContactCentre {
  let rung: ReturnType<typeof createCall>[] = [];
  const away = new Set<string>();
  const centre: ContactCentre = {
    async call(from, { contactId = randomUUID() } = {}) {
      const { contactFlows, outputs } = options.model;
      // The flow the phone number is pointed at by hand, as the outputs say.
      const [, callers] = Object.entries(outputs).find(([name]) => name.endsWith('.CallerFlowArn')) ?? [];
      const flow = contactFlows?.find(({ arn }) => arn === callers);
      if (flow === undefined) throw new Error('the templates have no flow for callers');
      const call = createCall(options, flow, { contactId, from, initiationMethod: 'INBOUND' });
      await call.start();
      return call;
    },
    async ring({ contactId, number: from, flowArn, attributes }) {
      const flow = options.model.contactFlows?.find(({ arn }) => arn === flowArn);
      if (flow === undefined) throw new Error(`the templates have no flow ${flowArn}`);
      const call = createCall(options, flow, {
        ...{ contactId, from, initiationMethod: 'API', attributes },
        takesCalls: (agentId) => !away.has(agentId),
      });
      rung = [...rung.slice(1 - CALLS_KEPT), call];
      await call.start();
    },
    outbound: (number) => rung.filter(({ from }) => number === undefined || from === number),
    away(agentId, isAway) {
      if (isAway) away.add(agentId);
      else away.delete(agentId);
    },
    forget() {
      for (const call of rung) call.drop();
      rung = [];
      away.clear();
      options.line.forget();
    },
  };
  options.line.onOrder(centre.ring);
  return centre;
}

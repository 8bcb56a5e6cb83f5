import * as z from 'zod';
import type { Bus } from '../front/bus.ts';
import type { ContactCentre } from '../host/contact-centre.ts';
import type { CallerCall, CustomerCall, OutboundCall } from '../host/customer-call.ts';
import { PlainError } from './checks.ts';

export interface CallShown {
  readonly contactId: string;
  readonly state: string;
  /** What was spoken since the last key. */
  readonly heard: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** A call of the bank's at a customer's phone. */
export interface Incoming {
  readonly contactId: string;
  readonly number: string;
  readonly state: string;
  readonly heard: readonly string[];
}

/** The calls of the customers' phones, as a person plays them: dial, press keys, hang up; or answer as an agent. */
export interface Calls {
  dial(number: string | undefined): Promise<CallShown>;
  press(contactId: string, keys: string): Promise<CallShown>;
  answer(contactId: string, agent: { id: string; name: string }): Promise<CallShown>;
  hangUp(contactId: string): Promise<CallShown>;
  /** Calls that ring or are on the line; of one number, or all. */
  incoming(number?: string): readonly Incoming[];
  pickUp(contactId: string): Promise<CallShown>;
  decline(contactId: string): Promise<CallShown>;
  /** An agent is done with an announced call: it rings or talks no more. */
  endAtDesk(callId: string): Promise<void>;
}

/** Calls kept; the oldest go first. */
const CALLS_KEPT = 100;

export function createCalls(centre: ContactCentre): Calls {
  const calls = new Map<string, { call: CallerCall; told: number }>();

  function find(contactId: string) {
    const found = calls.get(contactId);
    if (found === undefined) throw new PlainError('There is no such call. Dial first: npm run call NUMBER');
    return found;
  }

  function show(contactId: string): CallShown {
    const entry = find(contactId);
    const { state, heard, attributes } = entry.call;
    const fresh = heard.slice(entry.told);
    entry.told = heard.length;
    return { contactId, state, heard: fresh, attributes: { ...attributes } };
  }

  const showIncoming = ({ contactId, state, heard, attributes }: CustomerCall): CallShown => ({
    ...{ contactId, state, heard, attributes: { ...attributes } },
  });
  const findIncoming = (contactId: string) => centre.outbound().find((call) => call.contactId === contactId);

  /** Does something with a call that rings at a phone. */
  async function whileItRings(contactId: string, act: (call: OutboundCall) => Promise<void>) {
    const call = findIncoming(contactId);
    if (call?.state !== 'ringing') throw new PlainError('Nothing rings there.');
    await act(call);
    return showIncoming(call);
  }

  async function end(call: CustomerCall): Promise<void> {
    const talked = call.state === 'connected';
    await call.hangUp();
    if (talked) await call.finish();
  }

  return {
    async dial(number) {
      const call = await centre.call(number);
      calls.set(call.contactId, { call, told: 0 });
      const [oldest] = calls.keys();
      if (calls.size > CALLS_KEPT && oldest !== undefined) calls.delete(oldest);
      return show(call.contactId);
    },
    async press(contactId, keys) {
      const { call } = find(contactId);
      if (call.state !== 'menu' && call.state !== 'digits') {
        throw new PlainError(`Nobody listens to keys now: the call is ${call.state}.`);
      }
      await call.press(keys);
      return show(contactId);
    },
    async answer(contactId, agent) {
      const { call } = find(contactId);
      if (call.state !== 'queued') throw new PlainError(`Nobody waits there: the call is ${call.state}.`);
      await call.connect(agent);
      return show(contactId);
    },
    async hangUp(contactId) {
      const incoming = findIncoming(contactId);
      await end(incoming ?? find(contactId).call);
      return incoming === undefined ? show(contactId) : showIncoming(incoming);
    },
    incoming: (number) =>
      centre
        .outbound(number)
        .filter(({ state }) => state !== 'ended')
        .map(({ contactId, from, state, heard }) => ({ contactId, number: from, state, heard: [...heard] })),
    pickUp: (contactId) => whileItRings(contactId, (call) => call.pickUp()),
    decline: (contactId) => whileItRings(contactId, (call) => call.decline()),
    async endAtDesk(callId) {
      const call = centre.outbound().find(({ attributes }) => attributes.callId === callId);
      if (call === undefined || call.state === 'ended') return;
      const talked = call.state === 'connected';
      await call.agentHangsUp();
      if (talked) await call.finish();
    },
  };
}

const callEndedSchema = z.object({ detail: z.object({ callId: z.string() }) });

/** Agents have a softphone to hang up with; on the local stack the button at the desk stands for it. */
export const hangUpWithDesk = (bus: Bus, calls: Calls): (() => void) =>
  bus.subscribe({ source: ['cardguard'], 'detail-type': ['CallEnded'] }, (event) => {
    const ended = callEndedSchema.safeParse(event);
    if (!ended.success) return;
    calls
      .endAtDesk(ended.data.detail.callId)
      .catch((error: Error) => process.stderr.write(`${error.message}\n`));
  });

const dialSchema = z.strictObject({
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
});
const keysSchema = z.strictObject({ keys: z.string().regex(/^[0-9*#]{0,20}$/) });
const agentSchema = z.strictObject({ id: z.string().min(1).max(64), name: z.string().min(1).max(64) });

/** What a request to the local pages does with a call; without one it dials. */
export async function playCall(
  calls: Calls,
  { contactId, act }: { readonly contactId: string | undefined; readonly act: string | undefined },
  body: unknown,
): Promise<CallShown> {
  if (contactId === undefined) {
    const words = 'Send who calls: {"from": "+8613800010001"}, or {} to withhold it';
    return calls.dial(readAs(dialSchema, body, words).from);
  }
  if (act === 'keys') {
    return calls.press(contactId, readAs(keysSchema, body, 'Send the keys pressed: {"keys": "1"}').keys);
  }
  if (act === 'pick-up') return calls.pickUp(contactId);
  if (act === 'decline') return calls.decline(contactId);
  if (act === 'answer') {
    const agent = readAs(agentSchema, body, 'Send who answers: {"id": "agent-li", "name": "Li Na"}');
    return calls.answer(contactId, agent);
  }
  return calls.hangUp(contactId);
}

/** The body as it has to be; what is wrong is said in `words`. */
function readAs<Schema extends z.ZodType>(schema: Schema, body: unknown, words: string): z.output<Schema> {
  const read = schema.safeParse(body);
  if (!read.success) throw new PlainError(words);
  return read.data;
}

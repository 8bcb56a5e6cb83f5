import { beforeEach, expect, test } from 'vitest';
import { dialFlow, dialledQueueFlow } from '../../../infra/constructs/dial-flow.ts';
import { createSimulatedClock, type SimulatedClock } from '../../../infra/local/clock.ts';
import { createBus } from '../../../infra/local/front/bus.ts';
import { createOutboundLine } from '../../../infra/local/front/outbound-line.ts';
import { type ContactCentre, createContactCentre } from '../../../infra/local/host/contact-centre.ts';
import type { LocalModel } from '../../../infra/local/model.ts';
import { type Calls, createCalls, hangUpWithDesk, playCall } from '../../../infra/local/start/calls.ts';
import { readContactFlows } from '../../../infra/local/template/contact-flows.ts';

/** What a person does with the phone of a customer whom the bank calls, as page and command line ask for it. */
const instanceArn = 'arn:aws:connect:us-east-1:000000000000:instance/1';
const number = '+8613812345678';
const flow = (id: string, type: string, content: object) => ({
  ...{ stack: 'service', logicalId: id, type: 'AWS::Connect::ContactFlow' },
  identity: { ref: `${instanceArn}/contact-flow/${id}`, attributes: {} },
  properties: { InstanceArn: instanceArn, Name: id, Type: type, Content: JSON.stringify(content) },
});
const arnOf = (id: string) => `${instanceArn}/contact-flow/${id}`;
const model: LocalModel = {
  ...{ account: '000000000000', region: 'us-east-1', functions: [], roles: [], tables: [], queues: [] },
  ...{ topics: [], subscriptions: [], buses: [], rules: [], mappings: [], keys: [], secrets: [], apis: [] },
  ...{ outputs: {}, leftOut: [] },
  contactFlows: readContactFlows([
    flow('queue', 'CUSTOMER_QUEUE', dialledQueueFlow()),
    flow('dial', 'CONTACT_FLOW', dialFlow({ whisperFlowArn: arnOf('none'), queueFlowArn: arnOf('queue') })),
  ]),
};

let clock: SimulatedClock;
let centre: ContactCentre;
let calls: Calls;
let told: unknown[];
beforeEach(() => {
  clock = createSimulatedClock(Date.parse('2026-03-10T15:40:00.000Z'));
  told = [];
  centre = createContactCentre({
    ...{ model, clock, now: () => new Date(clock.now()), line: createOutboundLine() },
    invoke: () => Promise.reject(new Error('this flow asks nobody')),
    putEvent: async ({ detail }) => void told.push(detail),
  });
  calls = createCalls(centre);
});

const ring = (contactId: string) =>
  centre.ring({
    ...{ contactId, number, flowArn: arnOf('dial'), queueArn: '' },
    attributes: {
      callId: `call-of-${contactId}`,
      agentId: 'agent-1',
      language: 'en',
      greeting: 'Hello',
      waiting: 'Wait',
      sorry: 'Sorry',
    },
  });
const act = (contactId: string, what: string) => playCall(calls, { contactId, act: what }, {});

test('a phone rings, is picked up, talks and hangs up', async () => {
  await ring('contact-1');
  expect(calls.incoming()).toEqual([{ contactId: 'contact-1', number, state: 'ringing', heard: [] }]);
  expect(await act('contact-1', 'pick-up')).toMatchObject({ state: 'connected', heard: ['Hello'] });
  expect(calls.incoming(number)).toMatchObject([{ state: 'connected' }]);
  expect(calls.incoming('+85291234567')).toEqual([]);
  expect(await act('contact-1', 'hang-up')).toMatchObject({ state: 'ended' });
  expect(calls.incoming()).toEqual([]);
  expect(told.map((detail) => Object(detail).eventType)).toEqual([
    ...['INITIATED', 'CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'],
  ]);
});

test('whoever ends a call at the desk hangs up; one that is over, or another’s, is left alone', async () => {
  const bus = createBus(model, { toFunction: () => undefined, toQueue: async () => true });
  const stop = hangUpWithDesk(bus, calls);
  const ends = (callId: string) =>
    bus.accept('default', { source: 'cardguard', 'detail-type': 'CallEnded', detail: { callId } });
  await ring('contact-1');
  await act('contact-1', 'pick-up');
  await ends('call-of-somebody-else');
  expect(calls.incoming()).toMatchObject([{ state: 'connected' }]);
  await ends('call-of-contact-1');
  await expect.poll(() => told.at(-1)).toMatchObject({ eventType: 'COMPLETED' });
  expect(calls.incoming()).toEqual([]);
  const count = told.length;
  await ends('call-of-contact-1');
  expect(told).toHaveLength(count);
  stop();
});

test('one that is declined, or rings for a minute, rings no more', async () => {
  await ring('contact-1');
  expect(await act('contact-1', 'decline')).toMatchObject({ state: 'ended' });
  await expect(act('contact-1', 'pick-up')).rejects.toThrow('Nothing rings there.');
  await ring('contact-2');
  await clock.advance(59_000);
  expect(calls.incoming()).toMatchObject([{ contactId: 'contact-2', state: 'ringing' }]);
  await clock.advance(1_000);
  expect(calls.incoming()).toEqual([]);
  expect(told.at(-1)).toMatchObject({ disconnectReason: 'TELECOM_TIMEOUT', initiationMethod: 'API' });
});

test('nobody waits longer than half a minute for an agent who does not come', async () => {
  centre.away('agent-1', true);
  await ring('contact-1');
  expect(await act('contact-1', 'pick-up')).toMatchObject({ state: 'queued', heard: ['Hello', 'Wait'] });
  await clock.advance(25_000);
  expect(told.at(-1)).toMatchObject({ disconnectReason: 'CONTACT_FLOW_DISCONNECT' });
});

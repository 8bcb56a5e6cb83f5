import { randomUUID } from 'node:crypto';
import type { Json } from '../front/json.ts';
import type { LocalContactFlow } from '../model.ts';

/** Most bytes of an answer: what a flow takes (Connect administrator guide, "Verify the function response"). */
const MOST_ANSWER_BYTES = 32_768;

/** A customer called us, or we called them by the API. */
export type InitiationMethod = 'INBOUND' | 'API';

/** What Amazon Connect sends a function of a flow. */
export function flowEvent(call: {
  contactId: string;
  from: string | undefined;
  attributes: Readonly<Record<string, string>>;
  instanceArn: string;
  queueArn: string;
  parameters: Readonly<Record<string, string>>;
  initiationMethod: InitiationMethod;
}): Json {
  const { contactId, from, attributes, instanceArn, queueArn, parameters } = call;
  return {
    Name: 'ContactFlowEvent',
    Details: {
      ContactData: {
        Attributes: { ...attributes },
        Channel: 'VOICE',
        ContactId: contactId,
        CustomerEndpoint: { Address: from ?? 'anonymous', Type: 'TELEPHONE_NUMBER' },
        CustomerId: null,
        Description: null,
        InitialContactId: contactId,
        InitiationMethod: call.initiationMethod,
        InstanceARN: instanceArn,
        LanguageCode: 'en-US',
        MediaStreams: { Customer: { Audio: null } },
        Name: null,
        PreviousContactId: contactId,
        Queue: queueArn === '' ? null : { ARN: queueArn, Name: 'callers' },
        References: {},
        RelatedContactId: null,
        SystemEndpoint: { Address: '+12065550100', Type: 'TELEPHONE_NUMBER' },
      },
      Parameters: { ...parameters },
    },
  };
}

/** An answer that is no flat map of texts is an error of the block, and the flow goes its error way. */
export function flatMap(answer: unknown): Readonly<Record<string, string>> {
  const entries = typeof answer === 'object' && answer !== null ? Object.entries(answer) : undefined;
  if (entries === undefined || Array.isArray(answer)) throw new Error('the answer is no map');
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length < entries.length) throw new Error('the answer has values that are no texts');
  if (Buffer.byteLength(JSON.stringify(answer)) > MOST_ANSWER_BYTES)
    throw new Error('the answer is too long');
  return Object.fromEntries(texts);
}

/** What Amazon Connect tells of a contact on the default bus. */
export function contactEvent(
  eventType: string,
  contact: {
    contactId: string;
    flow: LocalContactFlow;
    queueArn: string;
    times: Readonly<Record<string, string>>;
    agent: { id: string } | undefined;
    at: string;
    initiationMethod: InitiationMethod;
    disconnectReason: string | undefined;
  },
): Json {
  const { contactId, flow, queueArn, times, agent } = contact;
  const { enqueueTimestamp, connectedToAgentTimestamp, ...others } = times;
  const { afterContactWorkStartTimestamp, afterContactWorkEndTimestamp, ...ofContact } = others;
  const [, , , region = '', account = ''] = flow.instanceArn.split(':');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account,
    time: contact.at.replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [`${flow.instanceArn}/contact/${contactId}`, flow.instanceArn],
    detail: {
      eventType,
      contactId,
      initialContactId: contactId,
      channel: 'VOICE',
      instanceArn: flow.instanceArn,
      initiationMethod: contact.initiationMethod,
      ...ofContact,
      ...(enqueueTimestamp === undefined
        ? {}
        : { queueInfo: { queueArn, queueType: 'STANDARD', enqueueTimestamp } }),
      ...(agent === undefined
        ? {}
        : {
            agentInfo: {
              agentArn: `${flow.instanceArn}/agent/${agent.id}`,
              connectedToAgentTimestamp,
              afterContactWorkStartTimestamp,
              afterContactWorkEndTimestamp,
            },
          }),
      ...(eventType === 'DISCONNECTED' ? { disconnectReason: contact.disconnectReason } : {}),
    },
  };
}

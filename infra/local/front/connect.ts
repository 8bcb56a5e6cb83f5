import { randomUUID } from 'node:crypto';
import type { LocalContactFlow, LocalModel } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { type Json, recordOf, textOf } from './json.ts';
import { dialRefusals, type OutboundLineEnd } from './outbound-line.ts';

/** Actions of the Connect REST API that are answered, by method and path. */
export const connectActions: Readonly<Record<string, string>> = {
  'PUT /contact/outbound-voice': 'StartOutboundVoiceContact',
};

/** Most bytes of a contact's attributes (Connect API reference, StartOutboundVoiceContact). */
const MOST_ATTRIBUTE_BYTES = 32_768;

/** Amazon Connect with every country allowed: what is dialled rings at the simulated phones. */
export function createConnect(model: LocalModel, line: OutboundLineEnd): Service {
  const flows = model.contactFlows ?? [];
  const instanceOf = (input: Json) => {
    const id = textOf(input.InstanceId) ?? '';
    return flows.find(({ instanceArn }) => instanceArn.endsWith(`:instance/${id}`))?.instanceArn;
  };
  return {
    plan({ action, input }: AwsCall): Plan {
      if (action !== 'StartOutboundVoiceContact') throw unknownAction('connect', action);
      const instanceArn = instanceOf(input);
      if (instanceArn === undefined) throw notFound('No such instance');
      // A contact has no id before it is started.
      const resource = `${instanceArn}/contact/new`;
      return { needs: [{ action: 'connect:StartOutboundVoiceContact', resource }], resources: ['call'] };
    },
    async handle({ input }) {
      const instanceArn = instanceOf(input) ?? '';
      const flow = flowOf(flows, input, instanceArn);
      const number = textOf(input.DestinationPhoneNumber) ?? '';
      const queueId = textOf(input.QueueId);
      // The message never quotes a number: it goes into logs.
      if (!/^\+[1-9]\d{6,14}$/.test(number)) throw invalid('DestinationPhoneNumber is no E.164 number');
      if (queueId === undefined && textOf(input.SourcePhoneNumber) === undefined)
        throw invalid('Neither QueueId nor SourcePhoneNumber');
      const attributes = attributesOf(input);
      const refused = line.refusalOf(number);
      if (refused !== undefined) {
        throw new AwsError({ code: refused, status: dialRefusals[refused], message: 'Refused for a test' });
      }
      const queueArn = queueId === undefined ? '' : `${instanceArn}/queue/${queueId}`;
      const token = textOf(input.ClientToken) ?? randomUUID();
      const ContactId = await line.start({ number, flowArn: flow.arn, queueArn, attributes }, token);
      return { output: { ContactId } };
    },
  };
}

function flowOf(flows: readonly LocalContactFlow[], input: Json, instanceArn: string): LocalContactFlow {
  const arn = `${instanceArn}/contact-flow/${textOf(input.ContactFlowId) ?? ''}`;
  const flow = flows.find((one) => one.arn === arn && one.type === 'CONTACT_FLOW');
  if (flow === undefined) throw notFound('No such flow');
  return flow;
}

function attributesOf(input: Json): Record<string, string> {
  const attributes = Object.entries(recordOf(input.Attributes));
  const texts = attributes.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length < attributes.length) throw invalid('An attribute is no text');
  if (texts.some(([name]) => !/^[\w-]{1,32767}$/.test(name)))
    throw invalid('A name of an attribute is not taken');
  const bytes = texts.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (bytes > MOST_ATTRIBUTE_BYTES) throw invalid('Too many bytes of attributes');
  return Object.fromEntries(texts);
}

const invalid = (message: string) => new AwsError({ code: 'InvalidParameterException', message });
const notFound = (message: string) =>
  new AwsError({ code: 'ResourceNotFoundException', status: 404, message });

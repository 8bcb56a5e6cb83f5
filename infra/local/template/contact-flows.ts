import * as z from 'zod';
import type { LocalContactFlow } from '../model.ts';
import { read, text } from './properties.ts';
import type { Resource } from './scope.ts';

const actionSchema = z.object({
  Identifier: text,
  Type: text,
  Parameters: z.record(text, z.unknown()),
  Transitions: z.object({
    NextAction: text.optional(),
    Conditions: z
      .array(
        z.object({
          NextAction: text,
          Condition: z.object({ Operator: z.literal('Equals'), Operands: z.array(text) }),
        }),
      )
      .default([]),
    Errors: z.array(z.object({ ErrorType: text, NextAction: text })).default([]),
  }),
});
const contentSchema = z.object({
  Version: z.literal('2019-10-30'),
  StartAction: text,
  Actions: z.array(actionSchema),
});
const flowSchema = z.object({
  InstanceArn: text,
  Name: text,
  Type: z.enum(['CONTACT_FLOW', 'AGENT_WHISPER', 'CUSTOMER_QUEUE']),
  Content: text,
});

/** Flows of the contact centre, as it would run them; one that names an action it does not have is an error. */
export function readContactFlows(resources: readonly Resource[]): LocalContactFlow[] {
  return resources
    .filter(({ type }) => type === 'AWS::Connect::ContactFlow')
    .map((resource) => {
      const { InstanceArn: instanceArn, Name: name, Type: type, Content } = read(resource, flowSchema);
      const { StartAction: start, Actions } = contentSchema.parse(JSON.parse(Content));
      const actions = new Map(Actions.map((action) => [action.Identifier, action]));
      const named = Actions.flatMap(({ Transitions: { NextAction, Conditions, Errors } }) => [
        ...(NextAction === undefined ? [] : [NextAction]),
        ...[...Conditions, ...Errors].map((one) => one.NextAction),
      ]);
      const missing = [start, ...named].filter((id) => !actions.has(id));
      if (missing.length > 0 || actions.size < Actions.length) {
        throw new Error(`contact flow "${name}": no single action ${missing.join(', ')}`);
      }
      return { arn: resource.identity.ref, instanceArn, name, type, start, actions };
    });
}

export type LocalFlowAction = z.output<typeof actionSchema>;

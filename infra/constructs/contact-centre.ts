import { Aws, CfnOutput } from 'aws-cdk-lib';
import * as connect from 'aws-cdk-lib/aws-connect';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { connectInstanceArn, defaultBusRuleArn } from '../names.ts';
import { plainTarget } from './bank-rules.ts';
import { agentWhisperFlow, contactFlow } from './contact-flow.ts';
import { dialFlow, dialledQueueFlow } from './dial-flow.ts';
import { allowDelivery, type QueueWithDlq } from './queue-with-dlq.ts';

export interface ContactCentreProps {
  /** What answers the steps of the flow. */
  readonly answers: lambda.IFunction;
  /** What the contact centre tells of its contacts. */
  readonly contacts: QueueWithDlq;
  readonly ruleName: string;
}

export interface ContactCentre {
  readonly dialFlowArn: string;
}

/**
 * What an Amazon Connect instance of the bank's gets of us, where it has one: the flow its phone number is pointed at
 * by hand, the flow of the calls we make, the right to call one function, and a rule for its contact events.
 */
export function createContactCentre(
  scope: Construct,
  config: StageConfig,
  props: ContactCentreProps,
): ContactCentre | undefined {
  const { connectInstanceId, connectQueueId, stage } = config;
  if (connectInstanceId === undefined || connectQueueId === undefined) return undefined;
  const { answers } = props;
  const instanceArn = connectInstanceArn(connectInstanceId);
  const queueArn = `${instanceArn}/queue/${connectQueueId}`;
  new lambda.CfnPermission(scope, 'ConnectMayCall', {
    action: 'lambda:InvokeFunction',
    functionName: answers.functionArn,
    principal: 'connect.amazonaws.com',
    sourceAccount: Aws.ACCOUNT_ID,
    sourceArn: instanceArn,
  });
  const known = new connect.CfnIntegrationAssociation(scope, 'ConnectKnowsFunction', {
    instanceId: instanceArn,
    integrationType: 'LAMBDA_FUNCTION',
    integrationArn: answers.functionArn,
  });
  const whisper = new connect.CfnContactFlow(scope, 'AgentWhisperFlow', {
    instanceArn,
    name: `cardguard ${stage}: agent whisper`,
    description: 'Notes which agent a call is put through to',
    type: 'AGENT_WHISPER',
    content: JSON.stringify(agentWhisperFlow(answers.functionArn)),
  });
  const flow = new connect.CfnContactFlow(scope, 'CallerFlow', {
    instanceArn,
    name: `cardguard ${stage}: callers`,
    description: 'Freeze, lost, not mine, status, a person',
    type: 'CONTACT_FLOW',
    content: JSON.stringify(
      contactFlow({ functionArn: answers.functionArn, queueArn, whisperFlowArn: whisper.attrContactFlowArn }),
    ),
  });
  for (const each of [whisper, flow]) each.addResourceDependency(known);
  recordContactEvents(scope, props, instanceArn);
  new CfnOutput(scope, 'CallerFlowArn', { value: flow.attrContactFlowArn });
  return { dialFlowArn: createDialFlow(scope, { stage, instanceArn, whisper }).attrContactFlowArn };
}

/** The flow of the calls we make, and the one a customer hears until their agent is on the line. */
function createDialFlow(
  scope: Construct,
  from: {
    readonly stage: string;
    readonly instanceArn: string;
    readonly whisper: connect.CfnContactFlow;
  },
): connect.CfnContactFlow {
  const { stage, instanceArn, whisper } = from;
  const waiting = new connect.CfnContactFlow(scope, 'DialledQueueFlow', {
    instanceArn,
    name: `cardguard ${stage}: dialled, waiting`,
    description: 'What a customer we called hears until the agent is on the line',
    type: 'CUSTOMER_QUEUE',
    content: JSON.stringify(dialledQueueFlow()),
  });
  return new connect.CfnContactFlow(scope, 'DialFlow', {
    instanceArn,
    name: `cardguard ${stage}: dialled`,
    description: 'Says that the bank calls and how to check it, then the agent who announced the call',
    type: 'CONTACT_FLOW',
    content: JSON.stringify(
      dialFlow({ whisperFlowArn: whisper.attrContactFlowArn, queueFlowArn: waiting.attrContactFlowArn }),
    ),
  });
}

/** Contact events come to the account's default bus, of every instance: ours alone pass. */
function recordContactEvents(
  scope: Construct,
  { contacts, ruleName }: ContactCentreProps,
  instanceArn: string,
): void {
  const { queue, dlq } = contacts;
  for (const each of [queue, dlq]) {
    allowDelivery(each, { service: 'events', sourceArns: [defaultBusRuleArn(ruleName)] });
  }
  new events.Rule(scope, 'ContactsRule', {
    ruleName,
    description: 'Contacts by phone: queued, connected, ended',
    eventPattern: {
      source: ['aws.connect'],
      detailType: ['Amazon Connect Contact Event'],
      detail: { instanceArn: [instanceArn] },
    },
    targets: [plainTarget({ arn: queue.queueArn, dlq })],
  });
}

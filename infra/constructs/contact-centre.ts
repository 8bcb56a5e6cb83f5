import { Aws, CfnOutput } from 'aws-cdk-lib';
import * as connect from 'aws-cdk-lib/aws-connect';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { connectInstanceArn, defaultBusRuleArn } from '../names.ts';
import { plainTarget } from './bank-rules.ts';
import { agentWhisperFlow, contactFlow } from './contact-flow.ts';
import { allowDelivery, type QueueWithDlq } from './queue-with-dlq.ts';

export interface ContactCentreProps {
  /** What answers the steps of the flow. */
  readonly answers: lambda.IFunction;
  /** What the contact centre tells of its contacts. */
  readonly contacts: QueueWithDlq;
  readonly ruleName: string;
}

/**
 * What an Amazon Connect instance of the bank's gets of us, where it has one: the flow its phone number is pointed at by hand, the right to
 * call one function, and a rule for its contact events.
 */
export function createContactCentre(scope: Construct, config: StageConfig, props: ContactCentreProps): void {
  const { connectInstanceId, connectQueueId, stage } = config;
  if (connectInstanceId === undefined || connectQueueId === undefined) return;
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

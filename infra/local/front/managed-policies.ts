import type { PolicyStatement } from '../model.ts';

const everywhere = (actions: readonly string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: '*',
});
const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** AWS managed policies a function's role may carry, by the last part of their ARN. */
const known: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: logs,
  AWSLambdaSQSQueueExecutionRole: [
    ...logs,
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
  ],
  AWSLambdaDynamoDBExecutionRole: [
    ...logs,
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ],
  AWSXRayDaemonWriteAccess: ['xray:*'],
  AWSXrayWriteOnlyAccess: ['xray:*'],
  CloudWatchLambdaInsightsExecutionRolePolicy: logs,
  // Of no function: roles of CDK's own and of API Gateway.
  AmazonAPIGatewayPushToCloudWatchLogs: ['logs:*'],
  AWSCodeDeployRoleForLambdaLimited: [],
  AWSCodeDeployRoleForLambda: [],
};

export function managedPolicy(arn: string, role: string): PolicyStatement {
  const actions = known[arn.split('/').at(-1) ?? ''];
  if (!actions) {
    throw new Error(
      `role ${role}: managed policy ${arn} is not known to the local stack (front/managed-policies.ts)`,
    );
  }
  return everywhere(actions);
}

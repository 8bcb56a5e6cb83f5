import { rmSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { buildApp, type Synthesised, synthesise } from './synth.ts';

const everything = {
  stage: 'prod',
  smsNumber: 'two-way',
  bankAccountId: '123456789012',
  bankBusArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/bank',
  alarmEmail: 'night@bank.example',
  pageDomain: 'cards.bank.example',
  pageCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1a2b',
  pageWebAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/pages/1a2b',
  connectInstanceId: '1a2b3c4d-0000-4000-8000-000000000001',
  connectQueueId: '1a2b3c4d-0000-4000-8000-000000000002',
};

test.each([{ stage: 'sandbox' }, { stage: 'local' }, { stage: 'prod' }, everything])(
  'AwsSolutions and Serverless find nothing open: %j',
  (context) => {
    // An open finding of either pack throws, and names its construct.
    expect(() => synthesise({ ...context, nag: true })).not.toThrow();
  },
);

test('both packs are at work: a bare queue is found', () => {
  const { app, stateful, outDir } = buildApp({ stage: 'sandbox', nag: true });
  new Queue(stateful, 'Bare');
  expect(() => app.synth()).toThrow(/AwsSolutions-SQS3[\s\S]*Serverless-SQSRedrivePolicy/);
  rmSync(outDir, { recursive: true, force: true });
});

test('every accepted finding has a reason an auditor can read', () => {
  const accepted = acknowledgements(synthesise(everything));
  expect(accepted.length).toBeGreaterThan(0);
  for (const { id, reason } of accepted) {
    expect(reason.length, id).toBeGreaterThan(40);
    expect(id).not.toMatch(/\*$/);
  }
});

function acknowledgements({ app }: Synthesised): { id: string; reason: string }[] {
  return app.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap((entry) =>
      Object.entries(entry.data as Record<string, string>).map(([id, reason]) => ({ id, reason })),
    );
}

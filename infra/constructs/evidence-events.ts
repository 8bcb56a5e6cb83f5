import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { defaultBusRuleArn, namesFor } from '../names.ts';
import { plainTarget } from './bank-rules.ts';
import { allowDelivery, type QueueWithDlq } from './queue-with-dlq.ts';

/** What S3 and GuardDuty tell of files comes to the account's default bus, of every bucket: ours alone passes. */
export function readEvidenceEvents(
  scope: Construct,
  props: {
    readonly config: StageConfig;
    readonly bucket: string;
    readonly queue: QueueWithDlq;
  },
): void {
  const { config, bucket } = props;
  const names = namesFor(config.stage);
  const { queue, dlq } = props.queue;
  const sourceArns = [names.evidenceCameRule, names.evidenceScannedRule].map(defaultBusRuleArn);
  for (const each of [queue, dlq]) allowDelivery(each, { service: 'events', sourceArns });
  const targets = [plainTarget({ arn: queue.queueArn, dlq })];
  new events.Rule(scope, 'EvidenceCameRule', {
    ruleName: names.evidenceCameRule,
    description: 'Papers and screenshots that were uploaded',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucket] } },
    },
    targets,
  });
  if (config.evidenceScan === 'none') return;
  new events.Rule(scope, 'EvidenceScannedRule', {
    ruleName: names.evidenceScannedRule,
    description: 'What the scanner found in papers and screenshots',
    eventPattern: {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Malware Protection Object Scan Result'],
      detail: { s3ObjectDetails: { bucketName: [bucket] } },
    },
    targets,
  });
}

import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionSpec, QueueName } from '../functions.ts';
import {
  cipherStatement,
  dialStatement,
  evidenceStatements,
  putEventsStatement,
  readSecretStatements,
  type SharedResources,
  sendEmailStatement,
  sendStatements,
  sendTextStatement,
  type TableAccess,
  tableKeyStatement,
  tableStatements,
} from './permissions.ts';

/** Everything a function's own code may do; what its trigger needs is added where the trigger is made. */
export function functionStatements(
  scope: Construct,
  spec: FunctionSpec,
  shared: SharedResources,
  queueOf: (name: QueueName) => sqs.IQueue,
): iam.PolicyStatement[] {
  const key = shared.keyArn;
  const accesses = [spec.cards, spec.cases].filter((access): access is TableAccess => access !== undefined);
  return [
    ...(spec.cards ? tableStatements(scope, shared.cardsTable, spec.cards) : []),
    ...(spec.cases ? tableStatements(scope, shared.casesTable, spec.cases) : []),
    ...(accesses.length > 0 ? [tableKeyStatement(key, accesses)] : []),
    ...(spec.sends
      ? sendStatements(
          key,
          spec.sends.map((name) => queueOf(name).queueArn),
        )
      : []),
    ...(spec.putsEvents ? [putEventsStatement(shared.busArn)] : []),
    ...readSecretStatements(key, [
      ...(spec.readsPhoneKeys ? [shared.phoneKeysSecretArn] : []),
      ...(spec.readsCodeKeys ? [shared.codeKeysSecretArn] : []),
    ]),
    ...(spec.phoneCipher ? [cipherStatement(key, 'phone', [spec.phoneCipher])] : []),
    ...(spec.totpCipher ? [cipherStatement(key, 'totp', spec.totpCipher)] : []),
    ...(spec.evidence ? evidenceStatements(shared.evidenceBucket, shared.evidenceKeyArn, spec.evidence) : []),
    ...(spec.texts ? [sendTextStatement()] : []),
    ...(spec.mails && shared.emailFrom ? [sendEmailStatement(shared.emailFrom)] : []),
    ...(spec.dials && shared.connectInstanceArn ? [dialStatement(shared.connectInstanceArn)] : []),
  ];
}

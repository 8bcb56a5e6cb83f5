import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from './config.ts';
import type { TokenSource } from './constructs/http-api.ts';
import type { SharedResources } from './constructs/permissions.ts';
import type { EnvironmentVariables } from './functions.ts';
import { connectInstanceArn } from './names.ts';
import { readParameter, type SharedParameter } from './parameters.ts';
import type { ApiSideName } from './routes.ts';

/** What the service stack learns of the stateful one, at deployment, by SSM parameter. */
export interface Shared extends SharedResources {
  readonly alarmsTopicArn: string;
  readonly evidenceDomain: string;
  readonly smsRepliesTopicArn: string;
  readonly smsOriginationNumber: string;
  readonly tokens: Readonly<Record<ApiSideName, TokenSource>>;
}

export function readShared(scope: Construct, config: StageConfig): Shared {
  const read = (parameter: SharedParameter) => readParameter(scope, config.stage, parameter);
  const busName = read('bus-name');
  return {
    keyArn: read('data-key-arn'),
    cardsTable: read('cards-table'),
    casesTable: read('cases-table'),
    casesStreamArn: read('cases-stream-arn'),
    busName,
    busArn: `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${busName}`,
    phoneKeysSecretArn: read('phone-keys-secret-arn'),
    codeKeysSecretArn: read('code-keys-secret-arn'),
    emailFrom: config.emailFrom,
    connectInstanceArn: config.connectInstanceId && connectInstanceArn(config.connectInstanceId),
    evidenceBucket: read('evidence-bucket'),
    evidenceDomain: read('evidence-domain'),
    evidenceKeyArn: read('evidence-key-arn'),
    alarmsTopicArn: read('alarms-topic-arn'),
    smsRepliesTopicArn: read('sms-replies-topic-arn'),
    smsOriginationNumber: config.smsOriginationNumber ?? (config.rentsSmsNumber ? read('sms-number') : ''),
    tokens: {
      customers: config.customerIssuer
        ? { issuer: config.customerIssuer, audience: config.customerAudience ?? [] }
        : { issuer: read('customers-issuer'), audience: [read('customers-client-id')] },
      agents: config.agentIssuer
        ? { issuer: config.agentIssuer, audience: config.agentAudience ?? [] }
        : { issuer: read('agents-issuer'), audience: [read('agents-client-id')] },
    },
  };
}

/** What the service stack itself makes and its functions have to know. */
export interface ServiceValues {
  readonly ask: string;
  readonly sms: string;
  readonly email: string;
  readonly publish: string;
  readonly dial: string;
  /** Flow of the calls we make; empty without a contact centre. */
  readonly dialFlowArn: string;
}

/** The value of every variable a function may ask for. */
export function environmentVariables(
  config: StageConfig,
  shared: Shared,
  { dialFlowArn, ...queueUrls }: ServiceValues,
): EnvironmentVariables {
  return {
    CARDS_TABLE: shared.cardsTable,
    CASES_TABLE: shared.casesTable,
    BUS_NAME: shared.busName,
    DATA_KEY_ARN: shared.keyArn,
    PHONE_KEYS_SECRET_ARN: shared.phoneKeysSecretArn,
    CODE_KEYS_SECRET_ARN: shared.codeKeysSecretArn,
    ASK_QUEUE_URL: queueUrls.ask,
    SMS_QUEUE_URL: queueUrls.sms,
    EMAIL_QUEUE_URL: queueUrls.email,
    PUBLISH_QUEUE_URL: queueUrls.publish,
    DIAL_QUEUE_URL: queueUrls.dial,
    BANK_NAME_ZH: config.bankNameZh,
    BANK_NAME_EN: config.bankNameEn,
    ISSUER_ZONE: config.issuerZone,
    PASSKEY_RP_ID: config.passkeyRpId,
    PASSKEY_ORIGINS: config.passkeyOrigins.join(','),
    SMS_REPLIES: config.smsReplies,
    SMS_MAX_PRICE_USD: config.smsMaxPriceUsd,
    SMS_SENDER_ID: config.smsSenderId,
    SMS_ORIGINATION_NUMBER: shared.smsOriginationNumber,
    SMS_COUNTRIES: config.smsCountries.join(','),
    SMS_ROUTES: config.smsRoutes,
    SMS_CAPS: config.smsCaps,
    EMAIL_FROM: config.emailFrom ?? '',
    EVIDENCE_BUCKET: shared.evidenceBucket,
    // A laptop has no certificate.
    EVIDENCE_ORIGIN: `${config.kind === 'local' ? 'http' : 'https'}://${shared.evidenceDomain}`,
    EVIDENCE_REGION: Aws.REGION,
    EVIDENCE_SCAN: config.evidenceScan === 'guardduty' ? 'required' : 'none',
    CONTACT_CENTRE: config.connectInstanceId === undefined ? 'none' : 'dials',
    CONNECT_INSTANCE_ID: config.connectInstanceId ?? '',
    CONNECT_QUEUE_ID: config.connectQueueId ?? '',
    CONNECT_DIAL_FLOW_ARN: dialFlowArn,
    CONNECT_SOURCE_NUMBER: config.connectSourceNumber ?? '',
    FREEZE_BREAKER: config.freezeBreaker,
    // Connect waits 8 s, a caller does not; a laptop with everything on it is slower than Lambda.
    ANSWER_WITHIN_MS: config.kind === 'local' ? '5000' : '2000',
  };
}

import type { FunctionName, QueueName } from './functions.ts';
import type { BankRule } from './names.ts';

export interface QueueSpec {
  readonly id: string;
  readonly consumer: FunctionName;
  /** Age of the oldest message at which people are called. */
  readonly oldestAlarmSeconds: number;
  /** Bus rules that deliver into it. */
  readonly rules: readonly BankRule[];
  /** Its messages exist nowhere else: they are tried for days before they are dead letters. */
  readonly patient?: true;
  /** Most batches worked on at once; unset: as many as Lambda likes. */
  readonly maxConcurrency?: number;
}

export const queues = {
  transactions: {
    id: 'TransactionsQueue',
    consumer: 'screen-transactions',
    oldestAlarmSeconds: 60,
    // What we do not know is kept in quarantine by the same function; nothing is dropped (H29).
    rules: ['transactions', 'unknown-events'],
    patient: true,
  },
  'card-status': {
    id: 'CardStatusQueue',
    consumer: 'record-card-status',
    oldestAlarmSeconds: 60,
    rules: ['card-status'],
    patient: true,
  },
  customers: {
    id: 'CustomersQueue',
    consumer: 'record-customers',
    oldestAlarmSeconds: 900,
    rules: ['customers'],
    patient: true,
  },
  labels: {
    id: 'LabelsQueue',
    consumer: 'record-labels',
    oldestAlarmSeconds: 900,
    rules: ['labels', 'own-labels'],
    patient: true,
  },
  freezes: {
    id: 'FreezesQueue',
    consumer: 'watch-freezes',
    oldestAlarmSeconds: 120,
    rules: ['own-freezes'],
    // They all count in one item of the hour.
    maxConcurrency: 2,
  },
  ask: { id: 'AskQueue', consumer: 'ask-customers', oldestAlarmSeconds: 120, rules: [] },
  // SNS takes 20 texts a second; a flood of alerts waits here behind the freezes (H21).
  sms: { id: 'SmsQueue', consumer: 'send-sms', oldestAlarmSeconds: 120, rules: [], maxConcurrency: 2 },
  // SES takes 14 e-mails a second of a new account; nobody waits for one.
  email: { id: 'EmailQueue', consumer: 'send-email', oldestAlarmSeconds: 900, rules: [], maxConcurrency: 2 },
  // Connect takes two orders to dial a second. A call dialled late is none: the announcement ends after ten minutes.
  dial: { id: 'DialQueue', consumer: 'dial-calls', oldestAlarmSeconds: 120, rules: [], maxConcurrency: 2 },
  publish: { id: 'PublishQueue', consumer: 'publish-events', oldestAlarmSeconds: 300, rules: [] },
  'sms-replies': {
    id: 'SmsRepliesQueue',
    consumer: 'receive-sms-replies',
    oldestAlarmSeconds: 60,
    rules: [],
    patient: true,
  },
  contacts: {
    id: 'ContactsQueue',
    consumer: 'record-contacts',
    oldestAlarmSeconds: 900,
    // Its rule stands on the account's default bus, where the contact centre puts its events.
    rules: [],
    patient: true,
  },
  evidence: {
    id: 'EvidenceQueue',
    consumer: 'record-evidence',
    // A customer sees "being checked" meanwhile.
    oldestAlarmSeconds: 900,
    // Its rules stand on the account's default bus, where S3 and GuardDuty put their events.
    rules: [],
    patient: true,
  },
} as const satisfies Record<QueueName, QueueSpec>;

export const queueNames = Object.keys(queues) as QueueName[];

import type * as z from 'zod/mini';
import * as environments from '../functions/handlers/environments.ts';
import type { FunctionSpec } from './function-spec.ts';

export type { FunctionSpec, QueueName } from './function-spec.ts';

/** The one list of functions that stacks, bundles and tests read. */
export const guardFunctions = {
  'screen-transactions': {
    id: 'ScreenTransactions',
    purpose: 'Judges card transactions; holds the card and opens alert and ticket for suspicious ones',
    environment: environments.screenTransactionsEnvironment,
    // CPU comes with memory; every SDK call burns about 0.6 ms of it and a batch makes thirty.
    memoryMb: 1024,
    timeoutSeconds: 30,
    // UpdateItem counts what sets in shadow would have done.
    cards: { actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'] },
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  },
  'record-card-status': {
    id: 'RecordCardStatus',
    purpose: 'Records what the card system of the bank made of our freeze requests',
    environment: environments.recordCardStatusEnvironment,
    memoryMb: 512,
    timeoutSeconds: 20,
    cards: { actions: ['GetItem', 'PutItem'] },
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  },
  'record-customers': {
    id: 'RecordCustomers',
    purpose: 'Records cards, contacts, identities, devices and SIM changes the bank tells us',
    environment: environments.recordCustomersEnvironment,
    memoryMb: 512,
    timeoutSeconds: 20,
    // A log-in the bank no longer names loses its access.
    cards: { actions: ['GetItem', 'PutItem', 'DeleteItem'], indexes: ['gsi1'] },
    // A changed number or SIM is noted on the open tickets of the customer's cards.
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    readsPhoneKeys: true,
    phoneCipher: 'kms:Encrypt',
  },
  'record-labels': {
    id: 'RecordLabels',
    purpose:
      'Learns what transactions turned out to be: of their card, their merchant and the alert that asked',
    environment: environments.recordLabelsEnvironment,
    memoryMb: 512,
    timeoutSeconds: 30,
    // What was asked about is looked for among the labels of its card.
    cards: { actions: ['GetItem', 'Query', 'PutItem'] },
    // What it cannot use is listed in the quarantine.
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  },
  'watch-freezes': {
    id: 'WatchFreezes',
    purpose: 'Counts freezes by rule set and turns one that freezes too many to alert-only',
    environment: environments.watchFreezesEnvironment,
    memoryMb: 256,
    timeoutSeconds: 20,
    // The board of rules, where a rule set is switched to alert-only.
    cards: { actions: ['GetItem', 'PutItem'] },
    cases: { actions: ['Query', 'GetItem', 'PutItem', 'UpdateItem'] },
  },
  'freeze-cards': {
    id: 'FreezeCards',
    purpose: 'Requests at the bank what the holds of a card ask for',
    environment: environments.freezeCardsEnvironment,
    memoryMb: 512,
    timeoutSeconds: 15,
    cards: { actions: ['GetItem', 'PutItem'] },
    cases: { actions: ['UpdateItem'] },
    putsEvents: true,
  },
  'route-effects': {
    id: 'RouteEffects',
    purpose: 'Sends every effect still to do to the queue of its kind',
    environment: environments.routeEffectsEnvironment,
    memoryMb: 256,
    timeoutSeconds: 15,
    sends: ['ask', 'sms', 'email', 'publish', 'dial'],
  },
  'ask-customers': {
    id: 'AskCustomers',
    purpose: 'Puts the first question to the customer, unless the freeze already did',
    environment: environments.askCustomersEnvironment,
    memoryMb: 512,
    timeoutSeconds: 20,
    cards: { actions: ['GetItem'] },
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  },
  'send-sms': {
    id: 'SendSms',
    purpose: 'Sends one text: claim within the caps, send, record',
    environment: environments.sendSmsEnvironment,
    memoryMb: 512,
    timeoutSeconds: 30,
    cards: { actions: ['GetItem'] },
    // Queries the shards of a cap that is reached on one of them.
    cases: { actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
    readsCodeKeys: true,
    phoneCipher: 'kms:Decrypt',
    texts: true,
  },
  'send-email': {
    id: 'SendEmail',
    purpose: 'Sends one e-mail: claim with the version it shows, send, record',
    environment: environments.sendEmailEnvironment,
    memoryMb: 512,
    timeoutSeconds: 30,
    cards: { actions: ['GetItem'] },
    cases: { actions: ['GetItem', 'UpdateItem'] },
    // The address a customer had before lies encrypted until it is told.
    phoneCipher: 'kms:Decrypt',
    mails: true,
  },
  'dial-calls': {
    id: 'DialCalls',
    purpose: 'Has the contact centre dial one announced call: claim, dial, record',
    environment: environments.dialCallsEnvironment,
    memoryMb: 512,
    timeoutSeconds: 30,
    cards: { actions: ['GetItem'] },
    // A call nobody can dial is over: its ticket is told, and the bus.
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    phoneCipher: 'kms:Decrypt',
    dials: true,
  },
  'record-deliveries': {
    id: 'RecordDeliveries',
    purpose: 'Records which texts never arrived and calls a person in where the question did not',
    environment: environments.recordDeliveriesEnvironment,
    memoryMb: 256,
    timeoutSeconds: 30,
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    calledByLogs: true,
  },
  'publish-events': {
    id: 'PublishEvents',
    purpose: 'Puts our domain events on the bus',
    environment: environments.publishEventsEnvironment,
    memoryMb: 256,
    timeoutSeconds: 20,
    cases: { actions: ['GetItem', 'UpdateItem'] },
    putsEvents: true,
    // A number the customer asked for lies encrypted until the bank is told.
    phoneCipher: 'kms:Decrypt',
  },
  'receive-sms-replies': {
    id: 'ReceiveSmsReplies',
    purpose: 'Takes what customers text back and settles their alerts',
    environment: environments.receiveSmsRepliesEnvironment,
    memoryMb: 512,
    timeoutSeconds: 20,
    // A text that freezes a card finds the cards of whose number it is.
    cards: { actions: ['GetItem', 'PutItem'], indexes: ['gsi1'] },
    // A settled alert gives back the guard that lets its card have one open alert.
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], indexes: ['gsi3'] },
    readsPhoneKeys: true,
    phoneCipher: 'kms:Encrypt',
  },
  'answer-calls': {
    id: 'AnswerCalls',
    purpose: 'Answers callers in the contact flow: freeze, lost, not mine, status, a person',
    environment: environments.answerCallsEnvironment,
    // A caller hears silence while it works.
    memoryMb: 1024,
    // The contact flow itself gives up after 8 s.
    timeoutSeconds: 8,
    cards: { actions: ['GetItem', 'PutItem'], indexes: ['gsi1'] },
    // A NO by phone settles its alert and gives back the guard, as one by text does.
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'] },
    readsPhoneKeys: true,
  },
  'record-contacts': {
    id: 'RecordContacts',
    purpose: 'Records contacts by phone: queued, connected, how long, and tells their tickets',
    environment: environments.recordContactsEnvironment,
    memoryMb: 256,
    timeoutSeconds: 20,
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  },
  'record-evidence': {
    id: 'RecordEvidence',
    purpose: 'Looks at papers and screenshots that came or were scanned, and tells their tickets',
    environment: environments.recordEvidenceEnvironment,
    memoryMb: 512,
    timeoutSeconds: 20,
    // What comes back to people is put out as any change of a ticket.
    cases: { actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    evidence: ['read', 'remove'],
  },
  'sweep-deadlines': {
    id: 'SweepDeadlines',
    purpose: 'Finds what is due: unanswered alerts and effects still to do',
    environment: environments.sweepDeadlinesEnvironment,
    memoryMb: 512,
    timeoutSeconds: 55,
    // A release in bulk lifts holds, gives back the guards of the alerts it settles, and counts them.
    cards: { actions: ['GetItem', 'PutItem'] },
    cases: {
      actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      indexes: ['gsi1', 'gsi2'],
    },
    // A file no scanner spoke of is taken off the shelf.
    evidence: ['remove'],
    calledByRule: true,
  },
  'reconcile-cards': {
    id: 'ReconcileCards',
    purpose: 'Compares cards and tickets with what they should be, daily; measures the desk, hourly',
    environment: environments.reconcileCardsEnvironment,
    memoryMb: 512,
    timeoutSeconds: 600,
    cards: { actions: ['GetItem'], indexes: ['gsi2'] },
    cases: { actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'], indexes: ['gsi2'] },
    calledByRule: true,
  },
  'customer-api': {
    id: 'CustomerApi',
    purpose: 'Answers the app and the web: cards, transactions, freeze, lost, tickets',
    environment: environments.customerApiEnvironment,
    memoryMb: 1024,
    timeoutSeconds: 10,
    cards: { actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'], indexes: ['gsi1'] },
    // An answer in the app settles its alert and gives back the guard, as one by text does.
    cases: {
      actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      indexes: ['gsi2', 'gsi3'],
    },
    evidence: ['upload', 'read'],
  },
  'verification-api': {
    id: 'VerificationApi',
    purpose: 'Takes proofs of identity, and gives back what needs them: a released card',
    environment: environments.verificationApiEnvironment,
    memoryMb: 1024,
    timeoutSeconds: 10,
    // The devices of a customer are read together.
    cards: { actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
    // A settled alert gives back its guard; an export reads the journal of its ticket.
    cases: { actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] },
    readsCodeKeys: true,
    totpCipher: ['kms:Encrypt', 'kms:Decrypt'],
    phoneCipher: 'kms:Encrypt',
  },
  'agent-api': {
    id: 'AgentApi',
    purpose: 'Answers the desk of the agents: queue, tickets, claims',
    environment: environments.agentApiEnvironment,
    memoryMb: 1024,
    timeoutSeconds: 10,
    // Four eyes lift the hold of a "not mine" that was a mistake; a caller's cards are found by their number. Supervisors
    // and analysts list what a card bought; agents list it to tick with the caller.
    cards: { actions: ['GetItem', 'Query', 'PutItem'], indexes: ['gsi1'] },
    // A report settles the alert that asked and gives back its guard; tickets are found by customer and last four.
    cases: {
      actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      indexes: ['gsi2', 'gsi3'],
    },
    readsPhoneKeys: true,
    evidence: ['upload', 'read'],
  },
  'rules-api': {
    id: 'RulesApi',
    purpose: 'Answers those who work on rules: drafts, shadows, approvals, entries, comparisons',
    environment: environments.rulesApiEnvironment,
    memoryMb: 512,
    timeoutSeconds: 10,
    cards: { actions: ['GetItem', 'Query', 'PutItem'] },
    // Answers are remembered under their Idempotency-Key.
    cases: { actions: ['GetItem', 'PutItem'] },
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof guardFunctions;
export const functionNames = Object.keys(guardFunctions) as FunctionName[];

type Intersection<Union> = (Union extends unknown ? (u: Union) => void : never) extends (i: infer All) => void
  ? All
  : never;

/** Every variable that any function's schema asks for, typed by the schemas: leaving one out does not compile. */
export type EnvironmentVariables = Intersection<
  z.input<(typeof guardFunctions)[FunctionName]['environment']>
>;

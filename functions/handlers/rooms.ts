import { type AlertStore, createAlertStore } from '../alert/alert-store.ts';
import { type CallerTriesStore, createCallerTriesStore } from '../alert/caller-tries-store.ts';
import { createPhoneStore, type PhoneStore } from '../alert/phone-store.ts';
import { createSentTextStore, type SentTextStore } from '../alert/sent-text-store.ts';
import { type CardStore, createCardStore } from '../card/card-store.ts';
import { type ContactStore, createContactStore } from '../card/contact-store.ts';
import { type CustomerJournalStore, createCustomerJournalStore } from '../card/customer-journal-store.ts';
import { createProjectionStore, type ProjectionStore } from '../notification/projection-store.ts';
import { createSmsCapStore, type SmsCapStore } from '../notification/sms-cap-store.ts';
import { systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { createOutbox, type Outbox } from '../platform/outbox.ts';
import { createQuarantine, type Quarantine } from '../platform/quarantine.ts';
import { createRuleSetStore, type RuleSetStore } from '../screening/rule-set-store.ts';
import { createRuleStore, type RuleStore } from '../screening/rule-store.ts';
import { createShadowStore, type ShadowStore } from '../screening/shadow-store.ts';
import { type ContactLogStore, createContactLogStore } from '../ticket/contact-log-store.ts';
import { createFocusStore, type FocusStore } from '../ticket/focus-store.ts';
import { createStatusAnswerStore, type StatusAnswerStore } from '../ticket/status-answer-store.ts';
import { createTicketExportStore, type TicketExportStore } from '../ticket/ticket-export-store.ts';
import { createTicketReadingStore, type TicketReadings } from '../ticket/ticket-reading-store.ts';
import { createTicketStore, type TicketStore } from '../ticket/ticket-store.ts';
import { createLabelStore, type LabelStore } from '../transaction/label-store.ts';
import { createMerchantStore, type MerchantStore } from '../transaction/merchant-store.ts';
import { createTransactionStore, type TransactionStore } from '../transaction/transaction-store.ts';
import { type CodeStore, createCodeStore } from '../verification/code-store.ts';
import { type ChallengeStore, createChallengeStore } from '../verification/device-challenge-store.ts';
import { createDeviceStore, type DeviceStore } from '../verification/device-store.ts';
import { type ApprovalStore, createApprovalStore } from '../verification/staff-approval-store.ts';
import { createTotpOfferStore, type TotpOfferStore } from '../verification/totp-offer-store.ts';
import { createTotpStore, type TotpStore } from '../verification/totp-store.ts';
import { createTriesStore, type TriesStore } from '../verification/tries-store.ts';
import { createVerificationStore, type VerificationStore } from '../verification/verification-store.ts';
import { createDatabase } from './clients.ts';

/** The stores of all rooms on one database; what a function does not use costs it nothing. */
export interface Rooms {
  readonly db: Database;
  readonly now: () => Date;
  readonly cardsTable: string;
  readonly casesTable: string;
  readonly cards: CardStore;
  readonly contacts: ContactStore;
  readonly customerJournal: CustomerJournalStore;
  readonly devices: DeviceStore;
  readonly challenges: ChallengeStore;
  readonly alerts: AlertStore;
  readonly phones: PhoneStore;
  readonly tickets: TicketStore & TicketReadings;
  readonly callerTries: CallerTriesStore;
  readonly contactLog: ContactLogStore;
  readonly statusAnswers: StatusAnswerStore;
  readonly focus: FocusStore;
  readonly exports: TicketExportStore;
  readonly transactions: TransactionStore;
  readonly labels: LabelStore;
  readonly merchants: MerchantStore;
  readonly rules: RuleStore;
  readonly ruleSets: RuleSetStore;
  readonly shadows: ShadowStore;
  readonly verifications: VerificationStore;
  readonly tries: TriesStore;
  readonly codes: CodeStore;
  readonly totps: TotpStore;
  readonly sentTexts: SentTextStore;
  readonly totpOffers: TotpOfferStore;
  readonly smsCaps: SmsCapStore;
  readonly projections: ProjectionStore;
  readonly approvals: ApprovalStore;
  readonly outbox: Outbox;
  readonly quarantine: Quarantine;
}

export function createRooms(tables: { CARDS_TABLE: string; CASES_TABLE: string }): Rooms {
  return roomsOn({
    db: createDatabase(),
    now: systemClock(),
    cardsTable: tables.CARDS_TABLE,
    casesTable: tables.CASES_TABLE,
  });
}

/** The same on whatever database and clock are handed in. */
export function roomsOn({
  newSalt = newId,
  ...ground
}: Pick<Rooms, 'db' | 'now' | 'cardsTable' | 'casesTable'> & { readonly newSalt?: () => string }): Rooms {
  const { db, cardsTable, casesTable } = ground;
  const transactions = createTransactionStore({ db, cardsTable });
  return {
    ...ground,
    transactions,
    labels: createLabelStore({ db, cardsTable, casesTable }),
    merchants: createMerchantStore({ db, cardsTable }),
    rules: createRuleStore({ db, cardsTable }),
    ruleSets: createRuleSetStore({ db, cardsTable }),
    shadows: createShadowStore({ db, cardsTable }),
    cards: createCardStore({ db, cardsTable, casesTable }),
    contacts: createContactStore({ db, cardsTable }),
    customerJournal: createCustomerJournalStore({ db, casesTable }),
    devices: createDeviceStore({ db, cardsTable }),
    challenges: createChallengeStore({ db, casesTable }),
    alerts: createAlertStore({ db, casesTable }),
    phones: createPhoneStore({ db, casesTable }),
    tickets: {
      ...createTicketStore({ db, casesTable, newSalt }),
      ...createTicketReadingStore({ db, casesTable }),
    },
    callerTries: createCallerTriesStore({ db, casesTable }),
    contactLog: createContactLogStore({ db, casesTable, now: ground.now }),
    statusAnswers: createStatusAnswerStore({ db, casesTable }),
    focus: createFocusStore({ db, casesTable }),
    exports: createTicketExportStore({ db, casesTable }),
    verifications: createVerificationStore({ db, casesTable }),
    tries: createTriesStore({ db, casesTable }),
    codes: createCodeStore({ db, casesTable }),
    totps: createTotpStore({ db, cardsTable }),
    sentTexts: createSentTextStore({ db, casesTable }),
    totpOffers: createTotpOfferStore({ db, casesTable }),
    smsCaps: createSmsCapStore({ db, casesTable }),
    projections: createProjectionStore({ db, casesTable }),
    approvals: createApprovalStore({ db, casesTable }),
    outbox: createOutbox(db, casesTable),
    quarantine: createQuarantine(db, casesTable),
  };
}

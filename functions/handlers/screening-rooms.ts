import { createAlertStore } from '../alert/alert-store.ts';
import { createPhoneStore } from '../alert/phone-store.ts';
import { createCardStore } from '../card/card-store.ts';
import { createContactStore } from '../card/contact-store.ts';
import { systemClock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { createOutbox } from '../platform/outbox.ts';
import { createQuarantine } from '../platform/quarantine.ts';
import { createRuleStore } from '../screening/rule-store.ts';
import { createShadowStore } from '../screening/shadow-store.ts';
import { createTicketStore, type TicketStore } from '../ticket/ticket-store.ts';
import { createLabelStore } from '../transaction/label-store.ts';
import { createMerchantStore } from '../transaction/merchant-store.ts';
import { createTransactionStore } from '../transaction/transaction-store.ts';
import { createDatabase } from './clients.ts';
import type { Rooms } from './rooms.ts';

/** The stores that judging a transaction needs. */
export type ScreeningRooms = Pick<
  Rooms,
  | 'db'
  | 'now'
  | 'cardsTable'
  | 'casesTable'
  | 'transactions'
  | 'labels'
  | 'merchants'
  | 'rules'
  | 'shadows'
  | 'cards'
  | 'contacts'
  | 'alerts'
  | 'phones'
  | 'outbox'
  | 'quarantine'
> & { readonly tickets: TicketStore };

/** Only these: every other store would lie in the bundle that has to start fastest. */
export function createScreeningRooms(tables: {
  readonly CARDS_TABLE: string;
  readonly CASES_TABLE: string;
}): ScreeningRooms {
  const { CARDS_TABLE: cardsTable, CASES_TABLE: casesTable } = tables;
  const db = createDatabase();
  return {
    db,
    now: systemClock(),
    cardsTable,
    casesTable,
    transactions: createTransactionStore({ db, cardsTable }),
    labels: createLabelStore({ db, cardsTable, casesTable }),
    merchants: createMerchantStore({ db, cardsTable }),
    rules: createRuleStore({ db, cardsTable }),
    shadows: createShadowStore({ db, cardsTable }),
    cards: createCardStore({ db, cardsTable, casesTable }),
    contacts: createContactStore({ db, cardsTable }),
    alerts: createAlertStore({ db, casesTable }),
    phones: createPhoneStore({ db, casesTable }),
    tickets: createTicketStore({ db, casesTable, newSalt: newId }),
    outbox: createOutbox(db, casesTable),
    quarantine: createQuarantine(db, casesTable),
  };
}

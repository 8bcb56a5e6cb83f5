import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createAlertStore } from '../../functions/alert/alert-store.ts';
import { createCardStore } from '../../functions/card/card-store.ts';
import { createContactStore } from '../../functions/card/contact-store.ts';
import { queryAll } from '../../functions/platform/database.ts';
import { newId } from '../../functions/platform/ids.ts';
import { createOutbox } from '../../functions/platform/outbox.ts';
import { createTicketStore } from '../../functions/ticket/ticket-store.ts';
import { createTransactionStore } from '../../functions/transaction/transaction-store.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';

export interface Step {
  readonly name: string;
  /** `skipped`: this stage does not have what the step looks at. */
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
  /** Since the event that caused it was put on the bus. */
  readonly ms: number;
}

export interface SmokeOptions {
  readonly target: Target;
  /** E.164; undefined: nobody is texted. */
  readonly phone: string | undefined;
  readonly runId: string;
  readonly now: () => Date;
  /** How long one step may take. */
  readonly timeoutMs: number;
  readonly onStep: (step: Step) => void;
}

const LOOK_AGAIN_MS = 100;

/** Ids of this run: a card and a customer nobody else has. */
export const smokeIds = (runId: string) => ({ cardToken: `smoke-${runId}`, customerId: `smoke-${runId}` });

/**
 * Sends one throw-away card through the deployed loop: card and contact, an ordinary purchase, one that must
 * freeze, then hold, issuer, ticket and text as the tables have them. False when a step failed.
 */
export async function runSmoke(options: SmokeOptions): Promise<boolean> {
  const { target } = options;
  const ids = smokeIds(options.runId);
  const bank = createBank(options, ids);
  const rooms = { db: target.db, cardsTable: target.cardsTable, casesTable: target.casesTable };
  const cards = createCardStore(rooms);
  const contacts = createContactStore(rooms);
  const transactions = createTransactionStore(rooms);
  const alerts = createAlertStore(rooms);
  const tickets = createTicketStore({ ...rooms, newSalt: newId });
  const steps = createSteps(options);

  steps.start();
  await bank.customer();
  const known = await steps.wait('card and contact are known', async () => {
    const [card, contact] = await Promise.all([cards.get(ids.cardToken), contacts.get(ids.customerId)]);
    return card && contact && `${card.body.lastFour}`;
  });
  if (!known) return false;

  steps.start();
  const ordinary = await bank.purchase('1', {});
  const cleared = await steps.wait('an ordinary purchase is cleared', async () => {
    const decision = await transactions.decision(ids.cardToken, ordinary);
    return decision && (decision.outcome === 'clear' ? 'clear' : { failed: decision.outcome });
  });
  if (!cleared) return false;

  steps.start();
  const suspicious = await bank.purchase('2', SUSPICIOUS);
  const held = await steps.wait('a suspicious one holds the card', async () => {
    const decision = await transactions.decision(ids.cardToken, suspicious);
    if (decision === undefined) return undefined;
    const hold = (await cards.get(ids.cardToken))?.body.holds.fraud;
    return hold ? `decided ${decision.outcome}` : { failed: `decided ${decision.outcome}, no hold` };
  });
  if (!held) return false;
  const alert = await steps.wait('alert and ticket are open', async () => {
    const open = await alerts.openFor(ids.cardToken);
    const ticket = open && (await tickets.get(open.body.ticketId));
    return ticket && `ticket ${ticket.body.number}, ${ticket.body.priority}`;
  });
  const requested = await steps.wait('the freeze is requested on the bus', async () => {
    const issuer = (await cards.get(ids.cardToken))?.body.issuer;
    return issuer && issuer.requestedVersion > 0 ? `version ${issuer.requestedVersion}` : undefined;
  });
  const confirmed = await steps.wait(
    'the issuer confirms it',
    async () => {
      const issuer = (await cards.get(ids.cardToken))?.body.issuer;
      if (issuer?.failedVersion !== undefined) return { failed: 'the issuer answered freeze_failed' };
      return issuer?.confirmed === 'frozen' ? 'frozen' : undefined;
    },
    'no issuer answers CardFreezeRequested on this stage',
  );
  const texted = await waitForText(options, steps, ids.cardToken);
  return [alert, requested, confirmed, texted].every(Boolean);
}

/** Freezes at any hour, once the card has an ordinary purchase behind it: abroad, online, quasi cash, high. */
const SUSPICIOUS = {
  amount: { minor: 888_800, currency: 'CNY' },
  billing: { minor: 888_800, currency: 'CNY' },
  merchant: { id: 'smoke-merchant-2', name: 'SMOKE TEST', mcc: '6051', country: 'NG' },
  entryMode: 'ecommerce',
  deviceId: 'smoke-device',
};

/** The question as an effect: a text goes out when the issuer confirms, or ten seconds after the freeze. */
async function waitForText(options: SmokeOptions, steps: Steps, cardToken: string): Promise<boolean> {
  const { target, phone } = options;
  const name = 'the customer is texted';
  if (phone === undefined) return steps.skip(name, 'no --phone given');
  const { db, casesTable } = target;
  const alerts = createAlertStore({ db, casesTable });
  const outbox = createOutbox(db, casesTable);
  return steps.wait(name, async () => {
    const alert = await alerts.openFor(cardToken);
    if (alert === undefined) return { failed: 'no open alert' };
    const pk = `TICKET#${alert.body.ticketId}`;
    const found = await queryAll(
      db,
      { table: casesTable, pk, sk: { beginsWith: 'OUT#' }, consistent: true },
      50,
    );
    const text = found
      .map(outbox.parse)
      .find(({ effect, doneAt }) => effect === 'sms' && doneAt !== undefined);
    if (text === undefined) return undefined;
    return text.outcome === 'accepted' ? 'accepted by SNS' : { failed: `refused: ${text.outcome}` };
  });
}

interface Steps {
  start(): void;
  wait(
    name: string,
    look: () => Promise<string | { failed: string } | undefined>,
    /** Not a failure when it does not come: why. */
    optional?: string,
  ): Promise<boolean>;
  skip(name: string, detail: string): boolean;
}

function createSteps(options: SmokeOptions): Steps {
  let startedAt = performance.now();
  const report = (name: string, result: Step['result'], detail: string): boolean => {
    options.onStep({ name, result, detail, ms: Math.round(performance.now() - startedAt) });
    return result !== 'failed';
  };
  return {
    start() {
      startedAt = performance.now();
    },
    skip: (name, detail) => report(name, 'skipped', detail),
    async wait(name, look, optional) {
      const giveUpAt = performance.now() + options.timeoutMs;
      while (performance.now() < giveUpAt) {
        const seen = await look();
        if (typeof seen === 'string') return report(name, 'passed', seen);
        if (seen !== undefined) return report(name, 'failed', seen.failed);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
      const seconds = options.timeoutMs / 1000;
      if (optional !== undefined) return report(name, 'skipped', `${optional} (waited ${seconds} s)`);
      return report(name, 'failed', `not within ${seconds} s`);
    },
  };
}

function createBank(options: SmokeOptions, ids: ReturnType<typeof smokeIds>) {
  const { target, phone, runId } = options;
  const { cardToken, customerId } = ids;
  const at = () => options.now().toISOString();
  const put = async (type: string, detail: object): Promise<void> => {
    const Detail = JSON.stringify({ schemaVersion: 1, ...detail });
    const entry = { EventBusName: target.busName, Source: 'bank.cards', DetailType: type, Detail };
    const { Entries = [] } = await target.events.send(new PutEventsCommand({ Entries: [entry] }));
    const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused)
      throw new PlainError(`The bus refused ${type}: ${refused.ErrorCode} ${refused.ErrorMessage}`);
  };
  return {
    async customer(): Promise<void> {
      const contact = { customerId, sourceVersion: 1, occurredAt: at(), name: 'Smoke Test', language: 'en' };
      await put('CustomerContactChanged', { ...contact, phone: phone ?? null });
      await put('CardIssued', {
        cardToken,
        cardholderId: customerId,
        accountOwnerId: customerId,
        lastFour: '0000',
        issuedAt: at(),
        sourceVersion: 1,
        billingCurrency: 'CNY',
      });
    },
    async purchase(number: string, over: object): Promise<string> {
      const transactionId = `smoke-${runId}-${number}`;
      await put('TransactionAuthorized', {
        transactionId,
        cardToken,
        cardholderId: customerId,
        accountOwnerId: customerId,
        occurredAt: at(),
        outcome: 'approved',
        amount: { minor: 5_000, currency: 'CNY' },
        billing: { minor: 5_000, currency: 'CNY' },
        merchant: { id: 'smoke-merchant-1', name: 'Smoke Test', mcc: '5411', country: 'CN' },
        entryMode: 'chip',
        recurring: false,
        merchantInitiated: false,
        ...over,
      });
      return transactionId;
    },
  };
}

import { type Alert, LISTED_TRANSACTIONS } from '../alert/alert.ts';
import type { AlertStore } from '../alert/alert-store.ts';
import type { Card } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Contact } from '../card/contact.ts';
import type { ContactStore } from '../card/contact-store.ts';
import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { type Device, isActive } from './device.ts';
import type { DeviceStore } from './device-store.ts';
import type { Factor } from './factors.ts';
import { areSpent, incidentOf, type Tries, type TriesOf } from './tries.ts';
import type { TriesStore } from './tries-store.ts';
import type { BoundNow } from './verification.ts';
import { type Requirement, requirementOf } from './verification-policy.ts';

export interface SituationDeps {
  readonly alerts: Pick<AlertStore, 'get' | 'save'>;
  readonly cards: CardStore;
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly tickets: TicketStore;
  readonly tries: TriesStore;
  readonly devices: Pick<DeviceStore, 'get' | 'save'>;
}

/** Everything a proof is about, as it stands now. */
export interface Standing {
  readonly card: Versioned<Card>;
  readonly alert?: Versioned<Alert>;
  /** The ticket of the alert, else the one of the card's incident that is not over. */
  readonly ticket?: Versioned<Ticket>;
  /** The ticket that a new one of this card would follow. */
  readonly lastTicketId?: string;
  readonly contact?: Contact;
  readonly tries: Tries;
  readonly triesOf: TriesOf;
  readonly bound: BoundNow;
  /** The devices that proved something here and may still be used. */
  readonly devices: readonly Versioned<Device>[];
  readonly requirement: Requirement;
}

export interface About {
  readonly customerId: string;
  readonly cardToken: string;
  readonly alertId?: string;
  /** Of a verification that is counted already; else the one of this moment. */
  readonly incident?: string;
  readonly openedAt?: string;
  /** What was shown so far. */
  readonly factors?: readonly Factor[];
}

/**
 * Reads what a verification is about; undefined where the card or alert is not this customer's, which is told apart
 * from there being none to nobody (I11). `mine` names a try of the caller's own that is not to be counted.
 */
export async function readSituation(
  deps: SituationDeps,
  about: About,
  { at, mine }: { readonly at: string; readonly mine?: string },
): Promise<Standing | undefined> {
  const { customerId, cardToken, alertId } = about;
  const [card, alert, contact, devices] = await Promise.all([
    deps.cards.get(cardToken),
    alertId === undefined ? undefined : deps.alerts.get(alertId),
    deps.contacts.get(customerId),
    devicesOf(deps, about),
  ]);
  if (card === undefined || !isOf(card.body, customerId)) return undefined;
  if (alertId !== undefined && !(alert && concerns(alert.body, about))) return undefined;
  const last = await lastTicket(deps, about, alert?.body);
  const ticket = last === undefined || isOver(last.body) ? undefined : last;
  const { incident = incidentOf(ticket?.body, at), openedAt = at } = about;
  const triesOf = { customerId, cardToken, incident, openedAt };
  const tries = await deps.tries.get(triesOf, mine);
  return {
    card,
    alert,
    ticket,
    lastTicketId: last?.body.ticketId,
    contact,
    tries,
    triesOf,
    bound: {
      holdsVersion: card.body.holdsVersion,
      question: alert?.body.question ?? 0,
      transactionCount: alert?.body.transactionCount ?? 0,
      removedDevices: devices.filter(({ stored }) => stored === undefined).map(({ by }) => by),
    },
    devices: devices.flatMap(({ stored }) => stored ?? []),
    requirement: requirementOf({
      at,
      phoneChangedAt: contact?.phoneChangedAt,
      simChangedAt: contact?.simChangedAt,
      triesSpent: areSpent(tries),
      alert: alert && stakesOf(alert.body),
    }),
  };
}

/** The devices behind the factors shown, each with the item where it may still be used. */
function devicesOf(deps: Pick<SituationDeps, 'devices'>, { customerId, factors = [] }: About) {
  const shown = factors.filter(({ kind }) => kind === 'device');
  return Promise.all(
    shown.map(async ({ by }) => {
      const stored = await deps.devices.get(customerId, by.slice('device:'.length));
      return { by, stored: stored && isActive(stored.body) ? stored : undefined };
    }),
  );
}

/**
 * Says on each device that it was used, on the condition that nobody removed it meanwhile: a proof that is spent in the
 * same commit is still one then.
 */
export const stillThere = (
  deps: Pick<SituationDeps, 'devices'>,
  { devices }: Pick<Standing, 'devices'>,
  at: string,
): readonly Write<unknown>[] =>
  devices.map((device) => deps.devices.save(device, { ...device.body, lastUsedAt: at }));

const isOf = (card: Card, customerId: string): boolean =>
  card.cardholderId === customerId || card.accountOwnerId === customerId;

const concerns = (alert: Alert, { customerId, cardToken }: About): boolean =>
  alert.customerId === customerId && alert.cardToken === cardToken;

async function lastTicket(
  deps: SituationDeps,
  { customerId, cardToken }: About,
  alert: Alert | undefined,
): Promise<Versioned<Ticket> | undefined> {
  const own = alert && (await deps.tickets.get(alert.ticketId));
  return own === undefined || isOver(own.body) ? deps.tickets.ofIncident(customerId, cardToken) : own;
}

const isOver = ({ status }: Ticket): boolean =>
  status === 'resolved' || status === 'closed' || status === 'merged';

const stakesOf = (alert: Alert) => ({
  openedAt: alert.openedAt,
  lastAskedAt: alert.texts.at(-1)?.acceptedAt,
  amounts: alert.transactions.map(({ billing }) => billing),
  allListed:
    alert.transactionCount <= LISTED_TRANSACTIONS && alert.transactionCount === alert.transactions.length,
});

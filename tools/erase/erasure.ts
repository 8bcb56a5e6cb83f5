import { hash } from 'node:crypto';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { withoutCustomer } from '../../functions/alert/phone.ts';
import { standingHolds } from '../../functions/card/card.ts';
import { createCustomerJournalStore } from '../../functions/card/customer-journal-store.ts';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { smsCaps } from '../../functions/notification/sms-caps.ts';
import { type Item, type Key, queryAll, type Write, write } from '../../functions/platform/database.ts';
import { WORDS_ERASED } from '../../functions/platform/sealed-words.ts';
import { EVIDENCE_ERASED } from '../../functions/ticket/evidence.ts';
import type { EvidenceKey } from '../../functions/ticket/evidence-keys.ts';
import { createEvidenceShelf } from '../../functions/ticket/s3-evidence-shelf.ts';
import { isOver, type Ticket } from '../../functions/ticket/ticket.ts';
import type { TicketEntry } from '../../functions/ticket/ticket-effect.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';

const MOST = 20_000;
const lanes = [...new Set(smsCaps.map(({ lane }) => lane))];
/** Of one customer; more of either is no customer, and is refused rather than half erased. */
const MOST_TICKETS = 1_000;

/** What an erasure would do, and what speaks against it. */
export interface ErasurePlan {
  readonly customerId: string;
  /** Each names the card, alert, ticket or effect that is still alive. */
  readonly obstacles: readonly string[];
  readonly tickets: readonly Ticket[];
  readonly alertIds: readonly string[];
  readonly cardTokens: readonly string[];
  /** Items to be deleted, by key; the contact comes last, by itself. */
  readonly cases: readonly Key[];
  readonly cards: readonly Key[];
  readonly phoneDigests: readonly string[];
  /** Papers and screenshots, whose files lie on the shelf. */
  readonly evidence: readonly EvidenceKey[];
  /** Words of people among `cases`. */
  readonly words: number;
  readonly contact: boolean;
  /** An earlier run ended with its proof, and nothing has come since. */
  readonly done: boolean;
}

/**
 * Erases one customer: contact, log-ins, devices, secrets, preferences, what was said and sent, texts, what is known of the
 * number. Kept, under the customer's id alone: the journals without words, decisions until their day, alerts and
 * tickets until theirs. Every step may be repeated; the contact, by which the rest is found, goes last, together
 * with the entry that proves the erasure.
 */
export function createErasure(
  target: Pick<Target, 'db' | 'dynamodb' | 'cardsTable' | 'casesTable' | 's3' | 'evidenceBucket'>,
  now: () => Date,
) {
  const { db, cardsTable, casesTable } = target;
  const rooms = roomsOn({ db, cardsTable, casesTable, now });
  const journal = createCustomerJournalStore({ db, casesTable });
  const shelf = createEvidenceShelf({ client: target.s3, bucket: target.evidenceBucket });
  const partition = (table: string, pk: string) => queryAll(db, { table, pk, consistent: true }, MOST);
  const remove = (table: string, { pk, sk }: Key): Write<never> =>
    write({ table, spec: { kind: 'delete', key: { pk, sk } } });

  async function ticketsOf(customerId: string): Promise<readonly Ticket[]> {
    const found = await queryAll(
      db,
      { table: casesTable, index: 'gsi3', pk: `CUSTOMER#${customerId}` },
      MOST_TICKETS,
    );
    if (found.length === MOST_TICKETS)
      throw new PlainError(`${customerId} has ${MOST_TICKETS} tickets or more.`);
    const read = await Promise.all(found.map(({ pk }) => rooms.tickets.get(pk.slice('TICKET#'.length))));
    return read.flatMap((one) => (one === undefined ? [] : [one.body]));
  }

  /** The number under its present digest and every older one that leads there. */
  async function digestsOf(phoneDigest: string | undefined): Promise<readonly string[]> {
    if (phoneDigest === undefined) return [];
    const phone = (await rooms.phones.get(phoneDigest))?.body;
    return [
      ...new Set([phoneDigest, ...(phone === undefined ? [] : [phone.digest, ...(phone.movedFrom ?? [])])]),
    ];
  }

  /**
   * What no key of the customer finds, so that all of it is read: texts by the provider's id, kept for delivery status, and
   * the counts of tries.
   */
  async function scattered(customerId: string, digests: readonly string[]): Promise<readonly Key[]> {
    const toOneOf = digests.map((_, n) => `:d${n}`).join(', ');
    const sent = `(begins_with(pk, :text) AND phoneDigest IN (${toOneOf}))`;
    const found: Key[] = [];
    const pages = paginateScan(
      { client: target.dynamodb },
      {
        TableName: casesTable,
        ConsistentRead: true,
        FilterExpression: `begins_with(pk, :tries)${digests.length === 0 ? '' : ` OR ${sent}`}`,
        ExpressionAttributeValues: {
          ':tries': { S: `TRIES#${customerId}#` },
          ...(digests.length === 0 ? {} : { ':text': { S: 'SMSID#' } }),
          ...Object.fromEntries(digests.map((digest, n) => [`:d${n}`, { S: digest }])),
        },
        ProjectionExpression: 'pk, sk',
      },
    );
    for await (const { Items = [] } of pages)
      found.push(...Items.map(({ pk, sk }) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' })));
    return found;
  }

  async function plan(customerId: string): Promise<ErasurePlan> {
    const contact = await rooms.contacts.get(customerId);
    const held = await rooms.cards.ofCardholder(customerId);
    const tickets = await ticketsOf(customerId);
    const own = await partition(cardsTable, `CUSTOMER#${customerId}`);
    const told = await partition(casesTable, `CUSTOMER#${customerId}`);
    const ofTickets = (
      await Promise.all(tickets.map((one) => partition(casesTable, `TICKET#${one.ticketId}`)))
    ).flat();
    const alertIds = [...new Set(ofTickets.flatMap(alertIn))];
    const alerts = await Promise.all(alertIds.map((id) => rooms.alerts.get(id)));
    const digests = await digestsOf(contact?.phoneDigest);
    const phone =
      contact?.phoneDigest === undefined ? undefined : (await rooms.phones.get(contact.phoneDigest))?.body;
    const shared = phone?.customers?.some((other) => other !== customerId) ?? false;
    const ofPhone = shared
      ? []
      : (await Promise.all(digests.map((digest) => partition(casesTable, `PHONE#${digest}`)))).flat();
    const caps = await Promise.all(
      digests.flatMap((digest) =>
        lanes.map((lane) => partition(casesTable, `SMSCAP#${lane}#phone#${digest}`)),
      ),
    );
    const guards = await Promise.all(
      held.map(({ body }) => partition(casesTable, `VERIFYING#${customerId}#${body.cardToken}`)),
    );
    const proofs = guards.flat().map(({ verificationId }) => String(verificationId));
    const ofProofs = (await Promise.all(proofs.map((id) => partition(casesTable, `VER#${id}`)))).flat();
    const effects = [...ofTickets, ...told, ...ofPhone, ...ofProofs].filter(({ sk }) =>
      sk.startsWith('OUT#'),
    );
    const words = ofTickets.filter(({ sk }) => sk.startsWith('MSG#'));
    const evidence = ofTickets.filter(({ sk }) => sk.startsWith('DOC#'));
    const obstacles = [
      ...held.flatMap(({ body }) =>
        standingHolds(body).map((hold) => `card ${body.cardToken} has a ${hold} hold`),
      ),
      ...tickets
        .filter((ticket) => !isOver(ticket))
        .map(({ number, status }) => `ticket ${number} is ${status}`),
      ...alerts.flatMap((alert) =>
        alert?.body.status === 'open' || alert?.body.status === 'claimed_genuine'
          ? [`alert ${alert.body.alertId} is ${alert.body.status}`]
          : [],
      ),
      ...effects
        .filter(({ pendingSince }) => pendingSince !== undefined)
        .map(({ pk, sk }) => `effect ${pk.split('#')[0]} ${sk} is still to be done`),
    ];
    const cases = [
      ...words,
      ...evidence,
      ...effects,
      ...ofProofs.filter(({ sk }) => sk === 'CODE'),
      ...ofPhone.filter(({ sk }) => sk === 'PHONE'),
      ...caps.flat(),
      ...(await scattered(customerId, digests)),
    ];
    const last = told.filter(({ sk }) => sk.startsWith('EVT#')).at(-1);
    const rest = own.filter(({ sk }) => sk !== 'CONTACT');
    return {
      customerId,
      obstacles,
      tickets,
      alertIds,
      cardTokens: held.map(({ body }) => body.cardToken),
      cases,
      cards: [
        ...rest.flatMap((item) => [...credentialOf(item), item]),
        ...held.map(({ body }) => ({ pk: `CARD#${body.cardToken}`, sk: 'PROFILE' })),
        ...(contact?.identities ?? []).map(({ issuer, subject }) => ({
          pk: `SUBJECT#${issuer}#${subject}`,
          sk: 'SUBJECT',
        })),
      ],
      phoneDigests: digests,
      evidence: evidence.map(evidenceIn),
      words: words.length,
      contact: contact !== undefined,
      done: contact === undefined && cases.length + rest.length === 0 && last?.type === 'customer_erased',
    };
  }

  /**
   * Says in a ticket's journal that its words and its evidence are gone, before they go: what is missing then has its
   * proof.
   */
  async function prove({ ticketId, seq }: Ticket, of: ErasurePlan): Promise<void> {
    const hasWords = of.cases.some(({ pk, sk }) => pk === `TICKET#${ticketId}` && sk.startsWith('MSG#'));
    const evidenceIds = of.evidence.filter((one) => one.ticketId === ticketId).map((one) => one.evidenceId);
    const entries: TicketEntry[] = [
      ...(hasWords ? [{ type: WORDS_ERASED, by: 'staff', data: { upTo: seq } }] : []),
      ...(evidenceIds.length > 0 ? [{ type: EVIDENCE_ERASED, by: 'staff', data: { evidenceIds } }] : []),
    ];
    if (entries.length === 0) return;
    const ticket = await rooms.tickets.get(ticketId);
    if (ticket === undefined || seq !== ticket.body.seq)
      throw new PlainError('A ticket changed meanwhile. Start again.');
    const saved = await db.commit<unknown>(rooms.tickets.save(ticket, ticket.body, { now: now(), entries }));
    if (saved.outcome === 'refused') throw new PlainError('A ticket changed meanwhile. Start again.');
  }

  /** A number that others share stays, without this customer; alerts forget where they were asked. */
  async function forgetNumber(of: ErasurePlan): Promise<void> {
    for (const digest of of.phoneDigests) {
      const phone = await rooms.phones.get(digest);
      const after = phone && withoutCustomer(phone.body, of.customerId);
      if (phone === undefined || after === undefined || after === phone.body) continue;
      const alerts = after.alerts.filter(({ alertId }) => !of.alertIds.includes(alertId));
      await db.commit<unknown>([rooms.phones.save(phone, { ...after, alerts })]);
    }
    for (const alertId of of.alertIds) {
      const spec = {
        kind: 'update',
        key: { pk: `ALERT#${alertId}`, sk: 'META' },
        change: { remove: ['phoneDigest'] },
      } as const;
      await db.commit([
        write({ table: casesTable, spec, when: { item: 'present' }, refused: () => 'gone' as const }),
      ]);
    }
  }

  async function apply(of: ErasurePlan): Promise<void> {
    const { customerId } = of;
    if (of.obstacles.length > 0) throw new PlainError(of.obstacles.join('\n'));
    for (const ticket of of.tickets) await prove(ticket, of);
    await forgetNumber(of);
    // Files first: by their items they are found when this is started again.
    for (const key of of.evidence) await shelf.remove(key);
    for (const key of of.cases) await db.commit([remove(casesTable, key)]);
    for (const key of of.cards) await db.commit([remove(cardsTable, key)]);
    const head = await journal.head(customerId);
    const data = { tickets: of.tickets.length, words: of.words, evidence: of.evidence.length };
    const ended = await db.commit<unknown>([
      remove(cardsTable, { pk: `CUSTOMER#${customerId}`, sk: 'CONTACT' }),
      ...journal.append(head, customerId, {
        now: now(),
        entries: [{ type: 'customer_erased', by: 'staff', data }],
      }),
    ]);
    if (ended.outcome === 'refused') throw new PlainError('Something changed meanwhile. Start again.');
  }

  return { plan, apply };
}

function alertIn({ data }: Item): readonly string[] {
  return typeof data === 'object' && data !== null && 'alertId' in data && typeof data.alertId === 'string'
    ? [data.alertId]
    : [];
}

const evidenceIn = ({ pk, sk }: Key): EvidenceKey => ({
  ticketId: pk.slice('TICKET#'.length),
  evidenceId: sk.slice('DOC#'.length),
});

/** The guard of a passkey lies by its credential. */
const credentialOf = ({ credentialId }: Item): readonly Key[] =>
  typeof credentialId === 'string'
    ? [{ pk: `CREDENTIAL#${hash('sha256', credentialId, 'hex')}`, sk: 'GUARD' }]
    : [];

import type { Item } from '../../functions/platform/database.ts';
import {
  both,
  dropping,
  inFunction,
  onDatabaseOf,
  onReads,
  onWrites,
  putting,
  unconditional,
  writes,
} from './tamper.ts';
import type { Tampering } from './world.ts';

export interface SeededBug {
  readonly name: string;
  /** Rules of which at least one has to see it. */
  readonly caughtBy: readonly string[];
  readonly tampering: Tampering;
}

const SMS = /OUT#\d+#sms/;
const without = (item: Item, ...names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name))) as Item;

const bug = (name: string, caughtBy: readonly string[], tampering: Tampering): SeededBug => ({
  name,
  caughtBy,
  tampering,
});

/** Mistakes somebody could make, each a wrapper around a store or a function of an otherwise unchanged system. */
export const seededBugs: readonly SeededBug[] = [
  bug(
    'the lock of a card is not checked',
    ['I1', 'I2', 'I8', 'D11'],
    both(unconditional(/^CARD#\S+ STATE/), unconditional(/^CARD#\S+ (EVT|OUT)/)),
  ),
  bug(
    'the lock of a ticket is not checked',
    ['D11', 'I8', 'I9', 'I12'],
    both(unconditional(/^TICKET#\S+ META/), unconditional(/^TICKET#\S+ (EVT|OUT|MSG)/)),
  ),
  bug('the lock of an alert is not checked', ['I4', 'I8', 'I9', 'I12'], unconditional(/^ALERT#\S+ META/)),
  bug('the lock of a profile is not checked', ['I3', 'I4'], unconditional(/PROFILE$/)),
  bug(
    'the ring is not read: every copy counts',
    ['I3', 'I4', 'fault'],
    onDatabaseOf('screen-transactions', (db) => onReads(db, /PROFILE$/, () => undefined)),
  ),
  bug('the decision of a cleared transaction is forgotten', ['I4'], dropping(/TXN#/)),
  bug('a hold without its request to the issuer', ['I1'], dropping(/OUT#\d+#issuer/)),
  bug('a failed freeze counts as a confirmed one', ['I1'], {
    work: (name, handle) =>
      name !== 'record-card-status'
        ? handle
        : async (record: never) => {
            const { body } = record as { body: string };
            return handle({ ...(record as object), body: body.replace('freeze_failed', 'frozen') } as never);
          },
  }),
  bug('every confirmation counts for the newest version', ['I1'], {
    work: (name, handle) =>
      name !== 'record-card-status'
        ? handle
        : async (record: never) => {
            const { body } = record as { body: string };
            return handle({
              ...(record as object),
              body: body.replace('"status":"active"', '"status":"frozen","holdsVersion":1'),
            } as never);
          },
  }),
  bug('a question without its text', ['I9'], dropping(/^TICKET#\S+ OUT#\d+#sms/)),
  bug(
    'a text is called sent before it is',
    ['I9'],
    both(
      {
        db: (db) =>
          onWrites(db, (opened) =>
            opened.spec.kind === 'update' &&
            writes(SMS)(opened) &&
            opened.spec.change.set?.claimedAt !== undefined
              ? {
                  ...opened,
                  spec: {
                    ...opened.spec,
                    change: {
                      ...opened.spec.change,
                      set: { ...opened.spec.change.set, outcome: 'accepted' },
                    },
                  },
                }
              : opened,
          ),
      },
      { rooms: (rooms) => rooms },
    ),
  ),
  bug(
    'a claim does not exclude others',
    ['I5'],
    both(
      onDatabaseOf('send-sms', (db) => onReads(db, SMS, (item) => without(item, 'claimedAt'))),
      {
        db: (db) =>
          onWrites(db, (opened) =>
            writes(SMS)(opened) && opened.spec.kind === 'update'
              ? { ...opened, when: { item: 'present' } }
              : opened,
          ),
      },
    ),
  ),
  bug(
    'the budget of texts is not counted',
    ['I5'],
    putting(/^TICKET#\S+ META/, (item) => ({ ...item, textsPutOutAt: [] })),
  ),
  bug(
    'an opt-out is not looked at',
    ['I5'],
    onDatabaseOf('send-sms', (db) =>
      onReads(db, /^PHONE#\S+ PHONE/, (item) => without(item, 'optedOut', 'optedOutAt')),
    ),
  ),
  bug(
    'a text acts as often as it comes',
    ['I12', 'I5'],
    both(
      inFunction('receive-sms-replies', (rooms) => ({
        ...rooms,
        phones: { ...rooms.phones, hasSeen: async () => false },
      })),
      unconditional(/^IN#sms#/),
    ),
  ),
  bug('a text leaves no mark', ['I12'], dropping(/^IN#sms#/)),
  bug(
    'an answer is dropped when somebody else was faster',
    ['I12'],
    onDatabaseOf('receive-sms-replies', (db) => ({
      ...db,
      commit: async (all) => {
        const answer = await db.commit(all);
        return answer.outcome === 'refused' ? { outcome: 'done' } : answer;
      },
    })),
  ),
  bug(
    'an older contact overwrites a newer one',
    ['I8'],
    both(
      inFunction('record-customers', (rooms) => ({
        ...rooms,
        contacts: {
          ...rooms.contacts,
          get: async (id) => {
            const contact = await rooms.contacts.get(id);
            return contact && { ...contact, sourceVersion: -1 };
          },
        },
      })),
      unconditional(/CONTACT$/),
    ),
  ),
  bug(
    'an older card overwrites a newer one',
    ['I8'],
    onDatabaseOf('record-customers', (db) =>
      onReads(db, /^CARD#\S+ STATE/, (item) => ({ ...item, sourceVersion: -1 })),
    ),
  ),
  bug(
    'anybody may hold any card',
    ['I11'],
    onDatabaseOf('api', (db) =>
      onReads(db, /^CARD#\S+ STATE/, (item) => ({ ...item, accountOwnerId: 'C-stranger' })),
    ),
  ),
  bug(
    'a second ticket for a running incident',
    ['I6'],
    both(
      inFunction('api', (rooms) => ({
        ...rooms,
        tickets: { ...rooms.tickets, ofIncident: async () => undefined },
      })),
      unconditional(/^OPEN#/),
    ),
  ),
  bug(
    'a second alert for a card that has one',
    ['I6', 'I8', 'I4'],
    both(
      inFunction('screen-transactions', (rooms) => ({
        ...rooms,
        alerts: { ...rooms.alerts, openFor: async () => undefined },
      })),
      unconditional(/^OPENALERT#/),
    ),
  ),
  bug('a journal entry is forgotten', ['D11'], dropping(/^TICKET#\S+ EVT#000003/)),
  bug('the journal of a card is not written', ['D11'], dropping(/^CARD#\S+ EVT#/)),
  bug(
    'a YES makes genuine what is held',
    ['I2', 'I8'],
    both(
      onDatabaseOf('receive-sms-replies', (db) =>
        onReads(
          onReads(db, /^ALERT#\S+ META/, (item) => ({ ...item, held: false })),
          /^CARD#\S+ STATE/,
          (item) => ({ ...item, holds: {} }),
        ),
      ),
      { rooms: (rooms) => rooms },
    ),
  ),
  bug(
    'a YES covers what no text named',
    ['I2'],
    onDatabaseOf('receive-sms-replies', (db) =>
      onReads(
        onWrites(db, (opened) =>
          opened.spec.kind === 'put' && writes(/^ALERT#/)(opened)
            ? { ...opened, spec: { kind: 'put', item: { ...opened.spec.item, texts: [] } } }
            : opened,
        ),
        /^ALERT#\S+ META/,
        (item) => ({ ...item, texts: [{ acceptedAt: '2026-01-01T00:00:00.000Z', covers: 99 }] }),
      ),
    ),
  ),
  bug('a NO lets the card go', ['I2', 'I12'], {
    db: (db) =>
      onWrites(db, (opened) =>
        opened.spec.kind === 'put' &&
        writes(/^CARD#\S+ STATE/)(opened) &&
        JSON.stringify(opened.spec.item.holds).includes('customer:')
          ? { ...opened, spec: { kind: 'put', item: { ...opened.spec.item, holds: {} } } }
          : opened,
      ),
  }),
  bug(
    'what stays undone is never looked at again',
    ['I9', 'I1'],
    onDatabaseOf('sweep-deadlines', (db) => ({
      ...db,
      query: async (request) => (/DUE#(1[6-9]|2\d|3\d)/.test(request.pk) ? { items: [] } : db.query(request)),
    })),
  ),
  bug(
    'an unanswered question expires to nobody',
    ['I9'],
    putting(/^ALERT#\S+ META/, (item) => (item.status === 'open' ? without(item, 'gsi1pk', 'gsi1sk') : item)),
  ),
  bug(
    'the machine lowers a priority',
    ['I8'],
    putting(/^TICKET#\S+ META/, (item) =>
      item.status === 'queued' && item.priority === 'P1' ? { ...item, priority: 'P3' } : item,
    ),
  ),
  bug(
    'a status changes without a new version',
    ['I8'],
    putting(/^TICKET#\S+ META/, (item) => ({ ...item, version: 1 })),
  ),
  bug(
    'an effect is given up after its first failure',
    ['I9', 'I1'],
    both(
      {
        work: (name, handle) =>
          name === 'publish-events' || name === 'ask-customers' ? async () => undefined : handle,
      },
      onDatabaseOf('sweep-deadlines', (db) =>
        onWrites(db, (opened) =>
          opened.spec.kind === 'update' && writes(/OUT#/)(opened) ? undefined : opened,
        ),
      ),
    ),
  ),
  bug('a full card number is kept', ['I10'], {
    db: (db) =>
      onWrites(db, (opened) =>
        opened.spec.kind === 'put' && writes(/MSG#/)(opened)
          ? {
              ...opened,
              spec: {
                kind: 'put',
                item: {
                  ...opened.spec.item,
                  raw: String(opened.spec.item.words).replace(/••••1111/, '4111 1111 1111 1111'),
                },
              },
            }
          : opened,
      ),
  }),
];

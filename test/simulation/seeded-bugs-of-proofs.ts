import type { Item } from '../../functions/platform/database.ts';
import type { SeededBug } from './seeded-bugs.ts';
import { onDatabaseOf, onReads, onWrites, putting, writes } from './tamper.ts';

const passesOf = (item: Item): readonly object[] => (Array.isArray(item.passes) ? item.passes : []);
const STATE = /^CARD#\S+ STATE/;
const PROOF = /^VER#\S+ META/;

/** Mistakes in what verifications, devices, approvals and passes promise. */
export const seededBugsOfProofs: readonly SeededBug[] = [
  {
    name: 'a pass is never used up',
    caughtBy: ['H18'],
    tampering: putting(STATE, (item) => ({
      ...item,
      passes: passesOf(item).map((pass) => ({ ...pass, usesLeft: 2 })),
    })),
  },
  {
    name: 'a pass covers every amount',
    caughtBy: ['H18'],
    tampering: onDatabaseOf('screen-transactions', (db) =>
      onReads(db, STATE, (item) => ({
        ...item,
        passes: passesOf(item).map((pass) => ({ ...pass, minMinor: 0, maxMinor: 1_000_000_000 })),
      })),
    ),
  },
  {
    name: 'who asked for it may grant it',
    caughtBy: ['I2'],
    tampering: onDatabaseOf('api', (db) =>
      onReads(db, /^APPROVAL#/, (item) => ({ ...item, proposedBy: { id: 'agent-nobody', name: 'Nobody' } })),
    ),
  },
  {
    name: 'a device is believed whatever it counted',
    caughtBy: ['I7'],
    tampering: onDatabaseOf('api', (db) => ({
      ...db,
      query: async (request) => {
        const page = await db.query(request);
        const items = page.items.map((item) =>
          item.sk.startsWith('DEVICE#') ? { ...item, signCount: -1 } : item,
        );
        return { ...page, items };
      },
    })),
  },
  {
    name: 'a challenge is not used up',
    caughtBy: ['I7'],
    tampering: {
      db: (db) =>
        onWrites(db, (one) =>
          one.spec.kind === 'put' && writes(/ CHALLENGE#/)(one) && one.spec.item.usedAt !== undefined
            ? undefined
            : one,
        ),
    },
  },
  {
    name: 'one factor counts for two',
    caughtBy: ['I2'],
    tampering: onDatabaseOf('api', (db) =>
      onReads(db, PROOF, (item) => {
        const [first] = Array.isArray(item.factors) ? item.factors : [];
        return first === undefined ? item : { ...item, factors: [first, { ...first, kind: 'staff' }] };
      }),
    ),
  },
  {
    name: 'a release takes the lost hold along',
    caughtBy: ['I2'],
    tampering: putting(STATE, (item): Item => {
      if (passesOf(item).length === 0) return item;
      const holds = Object.entries(item.holds ?? {}).filter(([name]) => name !== 'lost');
      return { ...item, holds: Object.fromEntries(holds) };
    }),
  },
];

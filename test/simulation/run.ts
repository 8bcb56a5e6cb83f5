import { findViolations } from '../support/invariants.ts';
import type { Violation } from '../support/rule.ts';
import { createChance } from './chance.ts';
import { endRules, type Seen } from './end-rules.ts';
import type { Outside } from './outside.ts';
import { outsideOf } from './outside-of-world.ts';
import { digestOf } from './phone-book.ts';
import { createSent } from './sent.ts';
import { createStepRules } from './step-rules.ts';
import { createStory, type ReadText } from './story.ts';
import { CARDS, CASES, createWorld, type SimulatedWorld, type Tampering } from './world.ts';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Empty unless asked for. */
  readonly trace: readonly string[];
  readonly events: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** One schedule from its seed: the same seed gives the same run, event by event. */
export async function runSchedule(
  seed: number,
  options: { tampering?: Tampering; traced?: boolean } = {},
): Promise<Outcome> {
  const chance = createChance(seed);
  const sent = createSent();
  const steps = createStepRules();
  const violations: Violation[] = [];
  let outside: Outside;
  const story = createStory({ chance, sent, outside: () => outside });
  const world = createWorld({
    chance,
    interleaves: !chance.oneIn(4),
    faultOnceIn: chance.pick([0, 0, 300, 60]),
    bankClockMs: story.weather.bankClockMs,
    moodyProvider: chance.oneIn(2),
    onText: ({ kind, text, to }) => story.onText({ kind: readingOf(kind), text, to }),
    onChange: steps.changed,
    traced: options.traced ?? false,
    tampering: options.tampering,
  });
  const { db, engine, provider, recorder } = world;
  outside = outsideOf(world, violations);
  story.begin();
  try {
    await world.run();
  } catch (error) {
    violations.push({
      rule: 'I9',
      at: 'schedule',
      says: error instanceof Error ? error.message : String(error),
    });
  }
  const tables = { cards: db.items(CARDS), cases: db.items(CASES) };
  const numbers = story.people.flatMap(({ number }) => number ?? []);
  const phones = story.people.flatMap(({ customerId, number }) =>
    // Of a shared number the texts are of several customers: `end-rules.ts` looks at all of them together.
    number === null || numbers.indexOf(number) !== numbers.lastIndexOf(number)
      ? []
      : [{ customerId, number, digest: digestOf(number).current }],
  );
  const names = sent.contacts.map(({ name }) => name);
  const read = {
    tables,
    texts: provider.texts,
    logLines: recorder.logLines,
    deadLetters: {},
    sent: {
      transactions: sent.transactions,
      replies: sent.replies.map(({ messageId }) => messageId),
      phones,
      secrets: [
        ...numbers.map((number) => number.slice(1)),
        ...names,
        ...new Set(provider.texts.map(({ text }) => text)),
      ],
      cardNumbers: ['4111 1111 1111 1111', '4111111111111111'],
    },
  };
  violations.push(...steps.violations);
  violations.push(...recorder.mistakes.map((says) => ({ rule: 'fault', at: 'log', says })));
  try {
    violations.push(...findViolations(read), ...endRules({ ...read, world: seenOf(world), told: sent }));
  } catch (error) {
    violations.push({
      rule: 'fault',
      at: 'tables',
      says: error instanceof Error ? error.message : String(error),
    });
  }
  return { seed, violations, trace: recorder.trace, events: engine.events, counts: countsOf(world, sent) };
}

const ASKING: readonly string[] = ['question', 'secondNotice', 'whichAlert', 'unclear'];
const readingOf = (kind: string): ReadText['kind'] =>
  kind === 'verificationCode' ? 'code' : ASKING.includes(kind) ? 'asks' : 'other';

/** What a simulation knows beyond its tables. */
export const seenOf = ({ issuer, provider }: SimulatedWorld): Seen => ({
  issuer,
  provider,
  digestOf: (e164) => digestOf(e164).current,
});

/** What happened at all: a simulation in which nothing happens finds nothing. */
function countsOf({ provider, published, db }: SimulatedWorld, sent: ReturnType<typeof createSent>) {
  const items = db.items(CASES);
  const alerts = items.filter(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META');
  const statuses = alerts.map(({ status }) => `alert ${String(status)}`);
  const counts: Record<string, number> = {
    texts: provider.texts.length,
    published: published.length,
    replies: sent.replies.length,
    alerts: alerts.length,
    holds: sent.holds.length,
  };
  const factors = items.flatMap(({ pk, sk, factors: shown }) =>
    pk.startsWith('VER#') && sk === 'META' && Array.isArray(shown) ? shown.map(({ kind }) => kind) : [],
  );
  const things = [
    ...statuses,
    ...factors.map((kind) => `factor ${kind}`),
    ...items.flatMap(({ pk, sk, status }) =>
      pk.startsWith('VER#') && sk === 'META' ? [`proof ${status}`] : [],
    ),
    ...items.flatMap(({ pk, approvedAt }) =>
      pk.startsWith('APPROVAL#')
        ? [approvedAt === undefined ? 'asked of two' : `by two ${pk.split('#')[1]}`]
        : [],
    ),
    ...db.items(CARDS).flatMap(({ sk, pass }) => (sk.startsWith('TXN#') && pass ? ['pass used'] : [])),
  ];
  for (const thing of things) counts[thing] = (counts[thing] ?? 0) + 1;
  return counts;
}

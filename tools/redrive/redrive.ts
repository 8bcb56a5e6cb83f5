import { createQuarantine, type QuarantineEntry } from '../../functions/platform/quarantine.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';
import { countMessages, type Moved, sendAgain, workThrough } from './dead-letters.ts';
import { type EffectKind, findPending, type Kicked, kickPending } from './pending.ts';
import { homeOf, type Replayed, replayQuarantine } from './quarantined.ts';

/**
 * What dead letters without a queue stand for. Their messages name stream records or calls that are gone, or
 * a request that may be out of date: they are never replayed. The work itself is an effect still pending, so
 * that is emitted again, with the state of now (DESIGN: level-triggered); then the message has served.
 */
const STANDS_FOR: Readonly<Record<string, readonly EffectKind[]>> = {
  FreezeCards: ['issuer'],
  RouteEffects: ['sms', 'ask', 'publish'],
  RequestsToBank: ['issuer'],
  // A call of the sweep that failed: the next minute's call does its work.
  SweepDeadlines: [],
};

export interface DeadLetters {
  readonly name: string;
  readonly url: string;
  /** Where its messages belong; undefined where only their effects are emitted again. */
  readonly home?: string;
  readonly count: number;
}

export interface Waiting {
  readonly deadLetters: readonly DeadLetters[];
  readonly quarantined: readonly QuarantineEntry[];
}

/** `card-status`, `CardStatus` and `cardstatus` are one name. */
const plain = (name: string): string => name.replaceAll(/[^a-z]/gi, '').toLowerCase();

/** All that waits to be redriven, or what waits of one queue. */
export async function findWaiting(
  target: Target,
  options: { queue?: string; most: number },
): Promise<Waiting> {
  const all = [
    ...target.queues.map(({ name, url, deadLettersUrl }) => ({ name, url: deadLettersUrl, home: url })),
    ...Object.entries(target.otherDeadLetters).map(([name, url]) => ({ name, url })),
  ];
  const { queue } = options;
  const wanted = queue === undefined ? all : all.filter(({ name }) => plain(name) === plain(queue));
  if (wanted.length === 0) {
    throw new PlainError(`No queue ${queue}. There are ${all.map(({ name }) => name).join(', ')}.`);
  }
  const deadLetters = await Promise.all(
    wanted.map(async (one) => ({ ...one, count: await countMessages(target.sqs, one.url) })),
  );
  const entries = await createQuarantine(target.db, target.casesTable).list(options.most);
  const names = new Set(wanted.map(({ name }) => name));
  const quarantined = entries.filter(
    (entry) => queue === undefined || names.has(homeOf(target, entry)?.name ?? ''),
  );
  return { deadLetters, quarantined };
}

export interface Redriven {
  readonly deadLetters: readonly (Moved & { name: string; kicked?: Kicked })[];
  readonly quarantine: Replayed;
}

/** Redrives what `findWaiting` found, at most `most` of each kind. */
export async function redrive(options: {
  target: Target;
  waiting: Waiting;
  most: number;
  now: () => Date;
  onProgress?: (text: string) => void;
}): Promise<Redriven> {
  const { target, waiting, now } = options;
  const deadLetters: (Moved & { name: string; kicked?: Kicked })[] = [];
  for (const one of waiting.deadLetters.filter(({ count }) => count > 0)) {
    const most = Math.min(options.most, one.count);
    const onProgress = (moved: number) => options.onProgress?.(`${one.name}: ${moved} of ${most}`);
    deadLetters.push({
      name: one.name,
      ...(await settleDeadLetters({ target, one, most, now, onProgress })),
    });
  }
  const quarantine = await replayQuarantine({
    target,
    entries: waiting.quarantined,
    now,
    onProgress: (sent) => options.onProgress?.(`quarantine: ${sent} of ${waiting.quarantined.length}`),
  });
  return { deadLetters, quarantine };
}

async function settleDeadLetters(options: {
  target: Target;
  one: DeadLetters;
  most: number;
  now: () => Date;
  onProgress: (moved: number) => void;
}): Promise<Moved & { kicked?: Kicked }> {
  const { target, one, most, now, onProgress } = options;
  const { sqs, db, casesTable } = target;
  const { home } = one;
  if (home !== undefined) {
    const handle = (messages: Parameters<typeof sendAgain>[2]) => sendAgain(sqs, home, messages);
    return workThrough({ sqs, url: one.url, most, onProgress, handle });
  }
  const kinds = STANDS_FOR[one.name];
  // Dead letters a newer version brought along: not ours to delete.
  if (kinds === undefined) return { moved: 0, failed: most };
  const kicked =
    kinds.length === 0
      ? undefined
      : await kickPending({ db, casesTable, now, effects: await findPending(db, casesTable, kinds) });
  const moved = await workThrough({
    sqs,
    url: one.url,
    most,
    onProgress,
    handle: async (messages) => messages,
  });
  return { ...moved, kicked };
}

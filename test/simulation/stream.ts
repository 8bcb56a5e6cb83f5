import type { Item } from '../../functions/platform/database.ts';
import type { StreamRecord } from '../support/memory-database.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Recorder } from './telemetry.ts';

const TRIES = 6;

/**
 * The stream of the Cases table with the filters of its two readers (`infra/service-stack.ts`): within a second as a
 * rule, sometimes twice, sometimes never, because a reader failed too often; then only the sweep is left.
 */
export function createStream(options: {
  engine: Engine;
  chance: Chance;
  recorder: Recorder;
  freeze: (item: Item) => Promise<void>;
  route: (item: Item) => Promise<void>;
}) {
  const { chance, engine, recorder } = options;

  function readerOf(item: Item): ((item: Item) => Promise<void>) | undefined {
    if (item.effect === undefined || item.pendingSince === undefined) return undefined;
    if (item.effect === 'issuer') return options.freeze;
    return item.claimedAt === undefined && item.releasedAt === undefined ? options.route : undefined;
  }

  function deliver(read: (item: Item) => Promise<void>, item: Item, tries: number, delayMs: number): void {
    engine.after(delayMs, async () => {
      recorder.note(`stream → ${item.pk} ${item.sk}`);
      try {
        await read(item);
      } catch (error) {
        recorder.fault(error);
        if (tries < TRIES) deliver(read, item, tries + 1, 1_000);
      }
    });
  }

  return {
    changed: ({ after }: StreamRecord): void => {
      const read = after && readerOf(after);
      if (after === undefined || read === undefined || chance.oneIn(50)) return;
      deliver(read, after, 1, chance.pick([0, 0, 100, 800]));
      if (chance.oneIn(12)) deliver(read, after, 1, chance.pick([0, 2_000, 90_000]));
    },
  };
}

import type { Directory } from './directory.ts';
import type { Happening } from './happenings.ts';
import { createNarrator, narrate, type Told } from './narrate.ts';
import { paint, type Screen } from './screen.ts';

/** `seeding`: only what goes wrong; `night`: cleared purchases are counted; `live`: they are named, when few. */
export type Mode = 'seeding' | 'night' | 'live';

export interface Narration {
  observe(happening: Happening): void;
  mode(mode: Mode): void;
}

const GATHER_MS = 300;
/** Cleared purchases of one moment that are named; more are counted. */
const NAMED_AT_MOST = 3;

/** Prints what happens, as it happens. */
export function createNarration(options: { screen: Screen; zone: string; directory: Directory }): Narration {
  const { screen, directory } = options;
  const say = createNarrator(screen, options.zone);
  let mode: Mode = 'seeding';
  let cleared = 0;
  let gathered: { told: Told; at: Date }[] = [];
  let gathering: NodeJS.Timeout | undefined;

  function flush(): void {
    gathering = undefined;
    const ready = gathered;
    gathered = [];
    for (const { told, at } of ready.slice(0, NAMED_AT_MOST)) say(told, at);
    const more = ready.length - NAMED_AT_MOST;
    if (more > 0) screen.line(paint('gray', `          … and ${more} more cleared`));
  }

  function clear(told: Told): void {
    if (mode === 'night') {
      cleared += 1;
      screen.running(paint('gray', `          ${cleared} cleared`));
    }
    if (mode !== 'live') return;
    gathered.push({ told, at: new Date() });
    gathering ??= setTimeout(flush, GATHER_MS);
    gathering.unref();
  }

  return {
    mode(next) {
      mode = next;
      screen.running(undefined);
    },
    observe(happening) {
      const goesWrong = happening.kind === 'trouble' || happening.kind === 'quarantined';
      if (mode === 'seeding' && !goesWrong) return;
      const told = narrate(happening, directory);
      if (told === undefined) return;
      if (told.word === 'cleared') clear(told);
      else say(told, new Date());
    },
  };
}

import type { IssuerPort } from '../../functions/card/request-freeze.ts';
import type { Chance } from './chance.ts';
import type { Outside } from './outside.ts';

export type IssuerMood = 'confirm' | 'fail' | 'silent' | 'late' | 'down';

export interface IssuerCard {
  status: 'active' | 'frozen' | 'closed';
  version: number;
}

export interface SimulatedIssuer extends IssuerPort {
  readonly cards: ReadonlyMap<string, IssuerCard>;
  feel(cardToken: string, mood: IssuerMood): void;
  /** The issuer closes or releases a card by itself. */
  actAlone(cardToken: string, status: 'active' | 'closed'): void;
}

/** The bank's card system: the newest version wins; it fails, stays silent or answers hours later for a while. */
export function createIssuer(options: {
  engine: Pick<Outside, 'now' | 'after'>;
  chance: Chance;
  /** From then on it does as it is told. */
  calmAt: number;
  /** How far the bank's clock is off ours. */
  clockMs: () => number;
  tell: (detail: object) => void;
}): SimulatedIssuer {
  const { chance, engine } = options;
  const cards = new Map<string, IssuerCard>();
  const moods = new Map<string, IssuerMood>();
  const moodOf = (cardToken: string): IssuerMood =>
    engine.now() >= options.calmAt ? 'confirm' : (moods.get(cardToken) ?? 'confirm');

  const say = (cardToken: string, status: string, holdsVersion: number | undefined, afterMs: number) => {
    const occurredAt = new Date(engine.now() + options.clockMs()).toISOString();
    engine.after(afterMs, () => options.tell({ cardToken, status, holdsVersion, occurredAt }));
  };

  return {
    cards,
    feel: (cardToken, mood) => void moods.set(cardToken, mood),
    actAlone: (cardToken, status) => {
      const known = cards.get(cardToken) ?? { status: 'active', version: 0 };
      if (known.status === 'closed') return;
      cards.set(cardToken, { ...known, status });
      say(cardToken, status, undefined, chance.pick([0, 500, 30_000]));
    },
    request: async ({ cardToken, holdsVersion, holds }) => {
      const mood = moodOf(cardToken);
      if (mood === 'down') throw Object.assign(new Error('the bus is down'), { name: 'TimeoutError' });
      const known = cards.get(cardToken) ?? { status: 'active', version: 0 };
      if (known.status === 'closed') return say(cardToken, 'closed', holdsVersion, 300);
      if (mood === 'silent' || known.version > holdsVersion) return;
      if (mood === 'fail') return say(cardToken, 'freeze_failed', holdsVersion, 300);
      const status = holds.length > 0 ? 'frozen' : 'active';
      cards.set(cardToken, { status, version: holdsVersion });
      say(
        cardToken,
        status,
        holdsVersion,
        mood === 'late' ? chance.pick([12_000, 3_600_000]) : chance.pick([0, 200]),
      );
    },
  };
}

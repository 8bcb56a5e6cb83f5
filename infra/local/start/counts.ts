import type { Happening, TicketSeen } from './happenings.ts';

const countNames = [
  'screened',
  'cleared',
  'asked',
  'frozen',
  'repeated',
  'quarantined',
  'freezesConfirmed',
  'textsSent',
  'textsNotSent',
  'answers',
  'troubles',
] as const;
type CountName = (typeof countNames)[number];

export type Counts = Readonly<Record<CountName, number>>;

/** Counts happenings since the start and keeps every ticket as last seen. */
export interface Tally {
  readonly counts: Counts;
  readonly tickets: ReadonlyMap<string, TicketSeen>;
  take(happening: Happening): void;
}

const zero = () => Object.fromEntries(countNames.map((name) => [name, 0])) as Record<CountName, number>;

export function createTally(): Tally {
  let counts = zero();
  const tickets = new Map<string, TicketSeen>();
  return {
    get counts() {
      return counts;
    },
    tickets,
    take(happening) {
      if (happening.kind === 'ticket') tickets.set(happening.ticket.number, happening.ticket);
      const next = { ...counts };
      for (const name of namesOf(happening)) next[name] += 1;
      counts = next;
    },
  };
}

/** What was counted since `before`. */
export function difference(now: Counts, before: Counts): Counts {
  const since = { ...now };
  for (const name of countNames) since[name] -= before[name];
  return since;
}

const outcomes = {
  clear: ['screened', 'cleared'],
  alert: ['screened', 'asked'],
  freeze: ['screened', 'frozen'],
  repeated: ['repeated'],
  conflict: [],
} as const satisfies Record<string, readonly CountName[]>;

function namesOf(happening: Happening): readonly CountName[] {
  switch (happening.kind) {
    case 'screened':
      return outcomes[happening.outcome];
    case 'quarantined':
      return ['quarantined'];
    case 'issuer':
      return happening.status === 'frozen' ? ['freezesConfirmed'] : [];
    case 'texted':
      return ['textsSent'];
    case 'not_texted':
      return ['textsNotSent'];
    case 'answered':
      return ['answers'];
    case 'trouble':
      return ['troubles'];
    default:
      return [];
  }
}

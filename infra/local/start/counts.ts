import type { Happening, TicketSeen } from './happenings.ts';

export interface Counts {
  readonly screened: number;
  readonly cleared: number;
  readonly asked: number;
  readonly frozen: number;
  readonly repeated: number;
  readonly quarantined: number;
  readonly freezesConfirmed: number;
  readonly textsSent: number;
  readonly textsNotSent: number;
  readonly answers: number;
  readonly troubles: number;
}

/** Counts happenings since the start and keeps every ticket as last seen. */
export interface Tally {
  readonly counts: Counts;
  readonly tickets: ReadonlyMap<string, TicketSeen>;
  take(happening: Happening): void;
}

const zero: Counts = {
  screened: 0,
  cleared: 0,
  asked: 0,
  frozen: 0,
  repeated: 0,
  quarantined: 0,
  freezesConfirmed: 0,
  textsSent: 0,
  textsNotSent: 0,
  answers: 0,
  troubles: 0,
};

export function createTally(): Tally {
  let counts = zero;
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

const outcomes = {
  clear: ['screened', 'cleared'],
  alert: ['screened', 'asked'],
  freeze: ['screened', 'frozen'],
  repeated: ['repeated'],
  conflict: [],
} as const satisfies Record<string, readonly (keyof Counts)[]>;

function namesOf(happening: Happening): readonly (keyof Counts)[] {
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

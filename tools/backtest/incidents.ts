import type { RuleOutcome } from '../../functions/screening/compile-rules.ts';

/**
 * What would have become of the cards. The traffic is taken as it was recorded; beside it every card is followed:
 * a suspicious transaction opens an alert, or joins the one that is open on its card. The customer answers
 * `answerMs` after it was opened, always and truthfully. An alert with a fraud in it is a true one: from then the
 * card is frozen (`freeze`: at once; `alert`: with the answer) until it is replaced, `replacedAfterMs` after that
 * fraud. A `freeze` without any fraud in its alert holds the card wrongly until the answer.
 */
export interface IncidentPolicy {
  readonly answerMs: number;
  readonly replacedAfterMs: number;
}

export interface Seen {
  readonly card: string;
  readonly customer: string;
  /** Epoch milliseconds; never less than that of the one before. */
  readonly at: number;
  readonly isFraud: boolean;
  readonly outcome: RuleOutcome;
  /** Names of the rules that spoke against it. */
  readonly codes: readonly string[];
}

export interface Incident {
  readonly card: string;
  readonly customer: string;
  readonly openedAt: number;
  readonly codes: ReadonlySet<string>;
  readonly freezingCodes: ReadonlySet<string>;
  readonly isTrue: boolean;
  readonly isFrozen: boolean;
}

/**
 * `passed`: nothing stood in its way. `stopped`: the card was frozen by then; rightly when a fraud of the same
 * incident, or of one before the card was replaced, was found. `codes`: the rules that took part in that freeze.
 */
export type Fate =
  | { readonly kind: 'passed' }
  | { readonly kind: 'stopped'; readonly rightly: boolean; readonly codes: ReadonlySet<string> };

interface OpenIncident {
  readonly card: string;
  readonly customer: string;
  readonly openedAt: number;
  readonly codes: Set<string>;
  readonly freezingCodes: Set<string>;
  isTrue: boolean;
  isFrozen: boolean;
}

interface CardState {
  incident: OpenIncident | undefined;
  blockedFrom: number;
  blockedUntil: number;
  blockCodes: ReadonlySet<string>;
}

const PASSED: Fate = { kind: 'passed' };
const NONE: ReadonlySet<string> = new Set();

export function createIncidents(policy: IncidentPolicy, onClosed: (incident: Incident) => void) {
  const cards = new Map<string, CardState>();

  function see(seen: Seen): Fate {
    const card = stateOf(seen.card);
    if (card.incident !== undefined && seen.at >= card.incident.openedAt + policy.answerMs) close(card);
    const fate = fateOf(card, seen.at);
    const joins = card.incident !== undefined || fate.kind === 'passed';
    if (seen.outcome !== 'clear' && joins) tell(card, seen);
    return fate;
  }

  function stateOf(token: string): CardState {
    const known = cards.get(token);
    if (known !== undefined) return known;
    const fresh = { incident: undefined, blockedFrom: Infinity, blockedUntil: -Infinity, blockCodes: NONE };
    cards.set(token, fresh);
    return fresh;
  }

  /** Opens or joins the card's alert. */
  function tell(card: CardState, seen: Seen): void {
    card.incident ??= {
      card: seen.card,
      customer: seen.customer,
      openedAt: seen.at,
      codes: new Set(),
      freezingCodes: new Set(),
      isTrue: false,
      isFrozen: false,
    };
    const { incident } = card;
    for (const code of seen.codes) incident.codes.add(code);
    if (seen.outcome === 'freeze') {
      incident.isFrozen = true;
      for (const code of seen.codes) incident.freezingCodes.add(code);
    }
    incident.isTrue ||= seen.isFraud;
    if (!incident.isTrue) return;
    const from = incident.isFrozen ? seen.at : incident.openedAt + policy.answerMs;
    const isStillBlocked = card.blockedUntil > seen.at;
    card.blockedFrom = isStillBlocked ? Math.min(card.blockedFrom, from) : from;
    if (seen.isFraud) card.blockedUntil = seen.at + policy.replacedAfterMs;
    card.blockCodes = incident.codes;
  }

  function close(card: CardState): void {
    if (card.incident === undefined) return;
    onClosed(card.incident);
    card.incident = undefined;
  }

  return {
    see,
    /** The last alerts are answered, too. */
    end(): void {
      for (const card of cards.values()) close(card);
    },
  };
}

function fateOf(card: CardState, at: number): Fate {
  if (at >= card.blockedFrom && at < card.blockedUntil) {
    return { kind: 'stopped', rightly: true, codes: card.blockCodes };
  }
  if (card.incident?.isFrozen && !card.incident.isTrue) {
    return { kind: 'stopped', rightly: false, codes: card.incident.freezingCodes };
  }
  return PASSED;
}

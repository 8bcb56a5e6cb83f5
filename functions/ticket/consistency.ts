import type { TicketStatus } from './ticket-states.ts';

/** Channels on which a status is told; what an agent reads aloud is what the desk shows. */
export const statusChannels = ['app', 'desk', 'sms', 'email', 'phone'] as const;
export type StatusChannel = (typeof statusChannels)[number];

/** One answer to "how does my ticket stand?". */
export interface StatusAnswer {
  readonly channel: StatusChannel;
  readonly at: string;
  readonly version: number;
  readonly status: TicketStatus;
}

/** What the ticket was from a moment on. */
export interface VersionFrom {
  readonly version: number;
  readonly status: TicketStatus;
  readonly at: string;
}

/**
 * `current`: the version of that moment. `stale`: an older one, told before the news arrived there. `contradiction`:
 * what never was, or something older than the channel itself had said already.
 */
export type Verdict = 'current' | 'stale' | 'contradiction';

export interface JudgedAnswer {
  readonly channel: StatusChannel;
  readonly verdict: Verdict;
  /** How late the channel was: a message, since its version came about; a reading, since its version was over. */
  readonly lagSeconds: number;
}

/** Functions' clocks differ: an answer may seem to come before the change it tells of. */
const SKEW_MS = 5_000;

/** Holds what channels said of one ticket against what it was at that moment (K6). `history` oldest first. */
export function judgeAnswers(
  answers: readonly StatusAnswer[],
  history: readonly VersionFrom[],
): readonly JudgedAnswer[] {
  const newestSaid = new Map<StatusChannel, number>();
  return [...answers].sort(inOrder).map((answer) => {
    const said = newestSaid.get(answer.channel) ?? 0;
    newestSaid.set(answer.channel, Math.max(said, answer.version));
    const { channel } = answer;
    const told = history.find(({ version }) => version === answer.version);
    const at = Date.parse(answer.at);
    const unreal = told?.status !== answer.status || Date.parse(told.at) > at + SKEW_MS;
    if (told === undefined || unreal || answer.version < said) {
      return { channel, verdict: 'contradiction', lagSeconds: 0 };
    }
    const next = history.find(({ version }) => version > answer.version);
    const over = next !== undefined && Date.parse(next.at) < at;
    const since = channel === 'email' ? told.at : over ? next.at : answer.at;
    return {
      channel,
      verdict: over ? 'stale' : 'current',
      lagSeconds: Math.max(0, (at - Date.parse(since)) / 1000),
    };
  });
}

const inOrder = (a: StatusAnswer, b: StatusAnswer): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.version - b.version;

import * as z from 'zod';

/** What the simulated issuer does with the requests for one card. */
export type IssuerBehaviour =
  /** Does as asked and says so. */
  | 'confirm'
  /** Answers `freeze_failed`, as a bank whose card system refuses. */
  | 'fail'
  /** Never answers. */
  | 'silent';

export const busEventSchema = z.object({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.unknown(),
});
export type BusEvent = Readonly<z.output<typeof busEventSchema>>;

export interface IssuerCard {
  readonly status: 'active' | 'frozen';
  readonly holdsVersion: number;
}

/** A small card system: does what the newest request says and reports it on the bus. */
export interface Issuer {
  behave(cardToken: string, behaviour: IssuerBehaviour): void;
  cards(): ReadonlyMap<string, IssuerCard>;
  /** Answers on their way. */
  readonly pending: number;
  /** Forgets cards and behaviours. */
  reset(): void;
  stop(): void;
}

const requestSchema = z.object({
  cardToken: z.string(),
  holdsVersion: z.number(),
  holds: z.array(z.string()),
});
const WANTED: Readonly<Record<string, IssuerCard['status']>> = {
  CardFreezeRequested: 'frozen',
  CardUnfreezeRequested: 'active',
};

/**
 * Simulates the bank's card system behind `CardFreezeRequested` and `CardUnfreezeRequested`. A request with
 * an older holds version than the last one is ignored: it was overtaken.
 */
export function createIssuer(options: {
  observe: (listener: (event: BusEvent) => void) => () => void;
  putEvent: (event: BusEvent) => Promise<void>;
  now: () => Date;
  /** Machine time between a request and the answer. */
  delayMs: number;
}): Issuer {
  const cards = new Map<string, IssuerCard>();
  const behaviours = new Map<string, IssuerBehaviour>();
  const timers = new Set<NodeJS.Timeout>();
  let sending = 0;

  function answer(card: string, status: string, holdsVersion: number): void {
    const detail = {
      schemaVersion: 1,
      cardToken: card,
      status,
      holdsVersion,
      occurredAt: options.now().toISOString(),
    };
    const timer = setTimeout(() => {
      timers.delete(timer);
      sending += 1;
      void options
        .putEvent({ source: 'bank.cards', 'detail-type': 'CardStatusChanged', detail })
        // A bus that does not take it loses the answer, as a real one's outage would; the sweep asks again.
        .catch(() => undefined)
        .finally(() => {
          sending -= 1;
        });
    }, options.delayMs);
    timers.add(timer);
  }

  function take(event: BusEvent): void {
    const status = WANTED[event['detail-type']];
    if (status === undefined || event.source !== 'cardguard') return;
    const request = requestSchema.safeParse(event.detail);
    if (!request.success) return;
    const { cardToken, holdsVersion } = request.data;
    const behaviour = behaviours.get(cardToken) ?? 'confirm';
    const known = cards.get(cardToken);
    if (behaviour === 'silent' || (known !== undefined && known.holdsVersion > holdsVersion)) return;
    if (behaviour === 'fail') {
      answer(cardToken, 'freeze_failed', holdsVersion);
      return;
    }
    // The same version again is a repeated request: the same answer goes out again.
    cards.set(cardToken, { status, holdsVersion });
    answer(cardToken, status, holdsVersion);
  }

  const stopObserving = options.observe(take);
  return {
    behave: (cardToken, behaviour) => void behaviours.set(cardToken, behaviour),
    cards: () => cards,
    get pending() {
      return timers.size + sending;
    },
    reset() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      cards.clear();
      behaviours.clear();
    },
    stop() {
      stopObserving();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

import type { Whole } from './answers.ts';

type Wanted = NonNullable<Whole['ticket']['wanted']>;
export type Step = 'safe' | 'identity' | 'which' | 'wanted' | 'consent' | 'papers';
export type Known =
  | { readonly kind: 'safe' | 'identity' | 'consent' | 'papers' }
  | { readonly kind: 'which'; readonly count: number }
  | { readonly kind: 'wanted'; readonly wanted: Wanted };

/**
 * The guided script as a function of what is known: safety first, then who, which, what for. Nothing that the ticket, the
 * alert or a proof says already is asked (D4).
 */
export function scriptOf(whole: Whole): { readonly ask: readonly Step[]; readonly known: readonly Known[] } {
  const { ticket, card, alert, verifications, timeline } = whole;
  const ask: Step[] = [];
  const known: Known[] = [];
  const settle = (step: Step, found: Known | undefined) => {
    if (found === undefined) ask.push(step);
    else known.push(found);
  };
  const named = new Set([
    ...(ticket.disputes ?? []).map(({ transactionId }) => transactionId),
    ...(alert?.status === 'settled_fraud'
      ? alert.transactions.map(({ transactionId }) => transactionId)
      : []),
  ]);
  const proven = verifications.some(({ status }) => status === 'passed' || status === 'used');
  const asksPapers = timeline.some(({ type }) => type === 'customer_awaited');
  // Freed again because it was genuine, or over: nobody is asked to freeze it once more.
  const isSafe = alert?.status === 'settled_genuine' || ticket.status === 'resolved';
  if (ticket.category !== 'question' && !isSafe)
    settle('safe', (card?.holds.length ?? 0) > 0 ? { kind: 'safe' } : undefined);
  settle('identity', proven ? { kind: 'identity' } : undefined);
  if (ticket.category !== 'question' && ticket.category !== 'lost_stolen')
    settle('which', named.size > 0 ? { kind: 'which', count: named.size } : undefined);
  const { wanted } = ticket;
  settle('wanted', wanted === undefined ? undefined : { kind: 'wanted', wanted });
  settle('consent', ticket.phoneConsent === true ? { kind: 'consent' } : undefined);
  if (named.size > 0) settle('papers', asksPapers ? { kind: 'papers' } : undefined);
  return { ask, known };
}

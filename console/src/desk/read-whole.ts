import type { Api, Result } from '../shared/api.ts';
import type { Whole, WholeReading } from './answers.ts';
import { routes } from './routes.ts';

/** The last reading of a ticket; the next one writes it on. */
export interface KnownWhole {
  number?: string;
  mark?: string;
  whole?: Whole;
}

/** Reads a ticket on from what is known of it: nothing comes where nothing is new. */
export async function readWhole(
  api: Api,
  { number, known, signal }: { number: string; known: KnownWhole; signal: AbortSignal },
): Promise<Result<Whole>> {
  const before = known.number === number ? known : {};
  const result = await api.call(routes.readTicket, {
    parts: { number },
    query: { since: before.whole === undefined ? undefined : before.mark },
    signal,
  });
  if (!result.ok) return result;
  const whole = wholeOf(result.value) ?? before.whole;
  if (whole === undefined) return { ok: false, problem: { name: 'internal', detail: {} } };
  Object.assign(known, { number, mark: result.value.mark, whole });
  return { ok: true, value: whole };
}

/** Undefined: nothing is new. */
function wholeOf({ asOf: _at, mark: _mark, ...reading }: WholeReading): Whole | undefined {
  const { ticket, otherCards, verifications, timeline, timelineIntact } = reading;
  if (ticket === undefined || timeline === undefined || timelineIntact === undefined) return undefined;
  if (otherCards === undefined || verifications === undefined) return undefined;
  return { ...reading, ticket, otherCards, verifications, timeline, timelineIntact };
}

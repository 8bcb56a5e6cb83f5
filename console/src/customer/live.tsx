import { createContext, type ReactNode, useContext, useRef } from 'react';
import { useApi } from '../shared/page.tsx';
import { type Live, useLive } from '../shared/use-live.ts';
import { type Kept, readOn, type Shown, type Wanted } from './reading.ts';

interface Context {
  readonly live: Live<Shown>;
  /** What was shown before, of whichever page: it stands until the first reading of this one is there. */
  readonly before: Shown;
}
const LiveContext = createContext<Context | undefined>(undefined);

/** One reading for the whole page, again and again: 40 a minute where it moves, 10 where it does not. */
export function LiveProvider({ wanted, children }: { wanted: Wanted; children: ReactNode }) {
  const api = useApi();
  const { lists, ticket, everyMs } = wanted;
  const key = `${lists.join(',')} ${ticket ?? ''}`;
  const kept = useRef<Kept>({ shown: {} });
  const live = useLive(
    key,
    (signal) => readOn(api, { key, lists, ticket, kept: kept.current, signal }),
    everyMs,
  );
  const { shown } = kept.current;
  const before =
    shown.ticket?.number === ticket ? shown : { ...shown, ticket: undefined, messages: undefined };
  return <LiveContext value={{ live, before }}>{children}</LiveContext>;
}

/** One part of what the page reads, with how it stands with all of it. */
export function useShown<Part extends keyof Shown>(part: Part): Live<NonNullable<Shown[Part]>> {
  const context = useContext(LiveContext);
  if (context === undefined) throw new Error('outside of what is read live');
  const { live, before } = context;
  return { ...live, value: live.value?.[part] ?? before[part] ?? undefined };
}

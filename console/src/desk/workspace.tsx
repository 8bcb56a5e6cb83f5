import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Problem } from '../shared/api.ts';
import { useApi } from '../shared/page.tsx';
import { Loaded, Loading, Refused } from '../shared/states.tsx';
import { useLive } from '../shared/use-live.ts';
import type { Me, Whole } from './answers.ts';
import { CardPanel } from './card-panel.tsx';
import { Clocks } from './clocks.tsx';
import { Composer } from './composer.tsx';
import { HEARTBEAT_MS } from './leases.ts';
import { Linked } from './linked.tsx';
import { type KnownWhole, readWhole } from './read-whole.ts';
import { routes } from './routes.ts';
import { Script } from './script.tsx';
import { TicketHead } from './ticket-head.tsx';
import { useFocusSeconds } from './use-focus.ts';
import { useWords } from './words.ts';

/** Not needed to see a ticket: it comes once the page stands. */
const CallPanel = lazy(async () => ({ default: (await import('./call-panel.tsx')).CallPanel }));
const VerificationPanel = lazy(async () => ({
  default: (await import('./verification-panel.tsx')).VerificationPanel,
}));
const AlertPanel = lazy(async () => ({ default: (await import('./alert-panel.tsx')).AlertPanel }));
const Disputes = lazy(async () => ({ default: (await import('./disputes.tsx')).Disputes }));
const EvidencePanel = lazy(async () => ({ default: (await import('./evidence-panel.tsx')).EvidencePanel }));
const Timeline = lazy(async () => ({ default: (await import('./timeline.tsx')).Timeline }));
const OtherCards = lazy(() => import('./other-cards.tsx'));

export interface WorkProps {
  readonly whole: Whole;
  readonly me: Me;
  readonly changed: () => Promise<void>;
}

export const isMine = ({ whole, me }: Pick<WorkProps, 'whole' | 'me'>): boolean =>
  whole.ticket.agentId === me.id;

/** Everything about one ticket, and everything that can be done with it. */
export function Workspace({ number, me }: { number: string; me: Me }) {
  const api = useApi();
  const known = useRef<KnownWhole>({});
  const live = useLive(`ticket ${number}`, (signal) =>
    readWhole(api, { number, known: known.current, signal }),
  );
  const inHand = live.value?.ticket.agentId === me.id && live.value.ticket.leaseUntil !== undefined;
  useTellFocus(inHand ? number : undefined);
  if (live.value === undefined && live.problem?.name === 'not-found')
    return <NotThere problem={live.problem} />;
  return (
    <Loaded live={live}>
      {(whole) => {
        const work = { whole, me, changed: live.refresh };
        const { status } = whole.ticket;
        const goesOn = !['closed', 'merged'].includes(status);
        // Nobody is asked anything more about what is resolved.
        const over = status === 'resolved';
        return (
          <SpaceBetween size="m">
            <TicketHead {...work} />
            <Linked whole={whole} />
            <Clocks clocks={whole.ticket.clocks} />
            {/* One tree for every width, put in its places by style: a phone that is turned closes no dialogue. */}
            <div className="workspace">
              {/* On a phone too, what blocks a card and what is said on a call are never screens away. */}
              <div className="at-hand">
                <SpaceBetween size="m">
                  <CardPanel {...work} />
                  {whole.otherCards.length > 0 && (
                    <Suspense fallback={<Loading />}>
                      <OtherCards {...work} />
                    </Suspense>
                  )}
                  {goesOn && !over && <Script whole={whole} />}
                  {goesOn && (
                    <Suspense fallback={<Loading />}>
                      <CallPanel {...work} />
                    </Suspense>
                  )}
                </SpaceBetween>
              </div>
              <div className="talk">
                <SpaceBetween size="m">
                  <Composer {...work} />
                  <Suspense fallback={<Loading />}>
                    <Disputes {...work} />
                  </Suspense>
                  <Suspense fallback={<Loading />}>
                    <Timeline {...work} />
                  </Suspense>
                </SpaceBetween>
              </div>
              <div className="beside-it">
                <SpaceBetween size="m">
                  <Suspense fallback={<Loading />}>
                    <VerificationPanel {...work} />
                  </Suspense>
                  <Suspense fallback={<Loading />}>
                    <EvidencePanel {...work} />
                  </Suspense>
                  <Suspense fallback={<Loading />}>
                    <AlertPanel {...work} />
                  </Suspense>
                </SpaceBetween>
              </div>
            </div>
          </SpaceBetween>
        );
      }}
    </Loaded>
  );
}

/** Nothing to try again: the number is wrong, or its time of keeping is over. */
function NotThere({ problem }: { problem: Problem }) {
  const words = useWords();
  return (
    <SpaceBetween size="s">
      <Refused problem={problem} />
      <Button href="#/search">{words.nav.search}</Button>
    </SpaceBetween>
  );
}

/** How long the ticket in hand was looked at (K4); that it stays in hand is seen to by the page as a whole. */
function useTellFocus(number: string | undefined): void {
  const api = useApi();
  const focusSeconds = useFocusSeconds();
  useEffect(() => {
    if (number === undefined) return;
    // What was looked at before belongs to another ticket, or to nobody's.
    focusSeconds();
    const tell = (seconds: number) =>
      void api.call(routes.heartbeat, { parts: { number }, body: { focusSeconds: seconds } });
    const timer = setInterval(() => document.hidden || tell(focusSeconds()), HEARTBEAT_MS);
    return () => {
      clearInterval(timer);
      const rest = focusSeconds();
      if (rest > 0) tell(rest);
    };
  }, [api, number, focusSeconds]);
}

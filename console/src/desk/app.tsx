import AppLayout from '@cloudscape-design/components/app-layout';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Frame } from '../shared/frame.tsx';
import { Content } from '../shared/main.tsx';
import { useApi, usePage } from '../shared/page.tsx';
import type { Session } from '../shared/session.ts';
import { Loaded, Loading } from '../shared/states.tsx';
import { useHash } from '../shared/use-hash.ts';
import { useLive } from '../shared/use-live.ts';
import type { Me } from './answers.ts';
import { startLeases } from './leases.ts';
import { Queue } from './queue.tsx';
import { rolesText } from './role-words.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';
import { Workspace } from './workspace.tsx';

/** Loaded once they are opened: the queue and a ticket are what the desk has to show at once. */
const Approvals = lazy(() => import('./approvals.tsx'));
const Search = lazy(() => import('./search.tsx'));
/** Supervisors and analysts only: agents load nothing of them. */
const Board = lazy(() => import('./board.tsx'));
const Figures = lazy(() => import('./figures.tsx'));
const Rules = lazy(() => import('./rules.tsx'));
const Decisions = lazy(() => import('./decisions.tsx'));

/** Below it the navigation would take a fifth of the page. */
const LEAST_WIDTH = 1_100;

export function DeskApp({ session, signOut }: { session: Session; signOut: () => void }) {
  const words = useWords();
  const { language } = usePage();
  const api = useApi();
  const me = useLive('me', (signal) => api.call(routes.readMe, { signal }), 10_000);
  const works = me.value?.may.includes('work') === true;
  useEffect(() => (works ? startLeases(api, document) : undefined), [api, works]);
  const [navigationOpen, setNavigationOpen] = useNavigation();
  const [page = 'queue', first = ''] = useHash();
  const analyst = session.groups.some((group) => group.startsWith('rules-'));
  const items = [
    { id: 'queue', shown: true },
    { id: 'search', shown: true },
    { id: 'approvals', shown: works },
    { id: 'board', shown: me.value?.may.includes('supervise') === true },
    { id: 'figures', shown: me.value?.may.includes('measure') === true },
    { id: 'rules', shown: analyst },
  ] as const;
  const person = {
    name: session.name,
    note: me.value && rolesText(me.value.roles, language),
    signOut,
  };
  return (
    <Frame title={words.title} home="/desk" person={person}>
      <AppLayout
        headerSelector="#top"
        toolsHide
        maxContentWidth={1700}
        navigationOpen={navigationOpen}
        navigationWidth={220}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={
          <SideNavigation
            activeHref={page === 'ticket' || page === 'decisions' ? '#/queue' : `#/${page}`}
            header={{ text: words.title, href: '#/queue' }}
            items={items
              .filter(({ shown }) => shown)
              .map(({ id }) => ({ type: 'link', text: words.nav[id], href: `#/${id}` }))}
          />
        }
        content={
          <Content>
            <Suspense fallback={<Loading />}>
              {page === 'rules' && analyst ? (
                <Rules groups={session.groups} />
              ) : (
                <Loaded live={me}>{(known) => <DeskPage page={page} first={first} me={known} />}</Loaded>
              )}
            </Suspense>
          </Content>
        }
      />
    </Frame>
  );
}

/**
 * Open where there is room, once the layout has been measured: before that it takes its own width for nothing, finds
 * no room for the navigation and closes it.
 */
function useNavigation() {
  const state = useState(false);
  const [, setOpen] = state;
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setOpen(window.innerWidth > LEAST_WIDTH));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return state;
}

function DeskPage({ page, first, me }: { page: string; first: string; me: Me }) {
  if (page === 'ticket') return <Workspace key={first} number={first} me={me} />;
  if (page === 'decisions' && me.may.includes('judge')) return <Decisions key={first} number={first} />;
  if (page === 'search') return <Search me={me} />;
  if (page === 'approvals') return <Approvals me={me} />;
  if (page === 'board' && me.may.includes('supervise')) return <Board />;
  if (page === 'figures' && me.may.includes('measure')) return <Figures />;
  return <Queue me={me} />;
}

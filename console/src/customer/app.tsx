import Alert from '@cloudscape-design/components/alert';
import Tabs from '@cloudscape-design/components/tabs';
import { lazy, Suspense } from 'react';
import { Frame } from '../shared/frame.tsx';
import { Main } from '../shared/main.tsx';
import { usePage } from '../shared/page.tsx';
import type { Session } from '../shared/session.ts';
import { Loading } from '../shared/states.tsx';
import { go, useHash } from '../shared/use-hash.ts';
import { Home } from './home.tsx';
import { IsItUs } from './is-it-us.tsx';
import { LiveProvider, useShown } from './live.tsx';
import { ContactLog } from './log.tsx';
import { Me } from './me.tsx';
import { wantedBy } from './reading.ts';
import { Report } from './report.tsx';
import { Ticket } from './ticket.tsx';
import { Tickets } from './tickets.tsx';
import { Verify } from './verify.tsx';
import { useWords } from './words.ts';

/** Few ask for it, after all is over. */
const ExportTicket = lazy(async () => ({ default: (await import('./proven.tsx')).ExportTicket }));
const ReplaceCard = lazy(async () => ({ default: (await import('./proven.tsx')).ReplaceCard }));

/** Only the local stack has phones to play with: nothing of it is loaded elsewhere. */
const Night = lazy(() => import('../local/night.tsx'));

export function CustomerApp({ session, signOut }: { session: Session; signOut: () => void }) {
  const words = useWords();
  const { config } = usePage();
  const [page = 'home', first = ''] = useHash();
  return (
    <Frame title={words.title} home="/" person={{ name: session.name, signOut }}>
      <div className={config.local ? 'beside' : undefined}>
        <Main className="page">
          <LiveProvider wanted={wantedBy(page, first)}>
            <Calling />
            <Pages local={config.local} />
          </LiveProvider>
        </Main>
        {config.local && (
          <aside className="night" aria-label={words.tabs.play}>
            <Suspense fallback={<Loading />}>
              <Night subject={session.subject} />
            </Suspense>
          </aside>
        )}
      </div>
    </Frame>
  );
}

const tabOf: Readonly<Record<string, string>> = {
  ...{ report: 'home', verify: 'home', replace: 'home' },
  ...{ ticket: 'tickets', export: 'tickets' },
};

function Pages({ local }: { local: boolean }) {
  const words = useWords();
  const [page = 'home', first = '', second] = useHash();
  const tabs = (['home', 'tickets', 'us', 'log', 'me'] as const).map((id) => ({
    id,
    label: words.tabs[id],
    href: `#/${id}`,
  }));
  const content = () => {
    if (page === 'report') return <Report cardToken={first} />;
    if (page === 'verify') return <Verify key={`${first} ${second}`} cardToken={first} alertId={second} />;
    if (page === 'export' && second !== undefined)
      return (
        <Suspense fallback={<Loading />}>
          <ExportTicket key={second} cardToken={first} number={second} />
        </Suspense>
      );
    if (page === 'replace')
      return (
        <Suspense fallback={<Loading />}>
          <ReplaceCard key={first} cardToken={first} />
        </Suspense>
      );
    if (page === 'tickets') return <Tickets />;
    if (page === 'ticket') return <Ticket key={first} />;
    if (page === 'us') return <IsItUs />;
    if (page === 'log') return <ContactLog />;
    if (page === 'me') return <Me />;
    return <Home />;
  };
  const active = tabOf[page] ?? page;
  return (
    <Tabs
      ariaLabel={words.title}
      activeTabId={tabs.some(({ id }) => id === active) || (active === 'play' && local) ? active : 'home'}
      onChange={({ detail }) => go(detail.activeTabHref ?? '#/home')}
      tabs={tabs.map((tab) => ({ ...tab, content: content() }))}
    />
  );
}

/** Whoever looks at any page learns at once that we are calling (D10). */
function Calling() {
  const { language } = usePage();
  const bank = useShown('bank').value;
  // The region is there before its words are: only then they are read out.
  return (
    <div role="status">
      {bank?.calling === true && (
        <div className="calling">
          <Alert type="info">{bank.words[language]}</Alert>
        </div>
      )}
    </div>
  );
}

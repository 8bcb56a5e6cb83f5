import '@cloudscape-design/global-styles/index.css';
import './page.css';
import { type ReactNode, StrictMode, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { loadConfig, type PageConfig } from './config.ts';
import { forgetDrafts } from './drafts.ts';
import { firstLanguage } from './language.ts';
import { PageProvider, SignedInProvider, usePage } from './page.tsx';
import { resumeSession, type Session } from './session.ts';
import { forget, type Side } from './session-tokens.ts';
import { Fallback, Loading } from './states.tsx';
import { sharedWords } from './words.ts';

/** Everything of a page that is alike for customers and staff: settings, sign-in, words of last resort. */
export async function startPage(page: {
  side: Side;
  signedOut: (signedIn: (session: Session) => void) => ReactNode;
  signedIn: (session: Session, signOut: () => void) => ReactNode;
}): Promise<void> {
  const words = sharedWords[firstLanguage(localStorage.getItem('cardguard.language'), navigator.languages)];
  const element = document.getElementById('root');
  if (element === null) throw new Error('no #root');
  const root = createRoot(element);
  let config: PageConfig;
  try {
    config = await loadConfig();
  } catch {
    // Before anything else: the page cannot know where its API is.
    element.textContent = `${words.broken}. ${words.brokenHint}`;
    return;
  }
  root.render(
    <StrictMode>
      <PageProvider config={config}>
        <Fallback title={words.broken} hint={words.brokenHint} reload={words.reload}>
          <Person {...page} />
        </Fallback>
      </PageProvider>
    </StrictMode>,
  );
}

function Person(props: Parameters<typeof startPage>[0]) {
  const { config } = usePage();
  const { side } = props;
  const [session, setSession] = useState<Session | 'none'>();
  const enter = useCallback((found: Session) => {
    forgetDrafts(sessionStorage, found.subject);
    setSession(found);
  }, []);
  useEffect(() => {
    resumeSession(config, side).then(
      (found) => (found === undefined ? setSession('none') : enter(found)),
      () => setSession('none'),
    );
  }, [config, side, enter]);
  const signedOut = useCallback(() => {
    forget(side);
    setSession('none');
  }, [side]);
  if (session === undefined) return <Loading />;
  if (session === 'none') return props.signedOut(enter);
  const signOut = () => {
    session.signOut();
    signedOut();
  };
  return (
    <SignedInProvider session={session} signedOut={signedOut}>
      {props.signedIn(session, signOut)}
    </SignedInProvider>
  );
}

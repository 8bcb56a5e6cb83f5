import { Frame } from '../shared/frame.tsx';
import { usePage } from '../shared/page.tsx';
import type { Session } from '../shared/session.ts';
import { SignIn } from '../shared/sign-in.tsx';
import { startPage } from '../shared/start.tsx';
import { DeskApp } from './app.tsx';
import './desk.css';
import { useWords } from './words.ts';

function SignedOut({ done }: { done: (session: Session) => void }) {
  const words = useWords();
  return (
    <Frame title={words.title} home="/desk">
      <SignIn side="agents" title={usePage().words.signInTitle} done={done} />
    </Frame>
  );
}

void startPage({
  side: 'agents',
  signedOut: (done) => <SignedOut done={done} />,
  signedIn: (session, signOut) => <DeskApp session={session} signOut={signOut} />,
});

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useEffect, useState } from 'react';
import { Main } from './main.tsx';
import { usePage } from './page.tsx';
import { goToSignIn, type Session, signInLocally } from './session.ts';
import type { Side } from './session-tokens.ts';
import { Loading } from './states.tsx';

interface LocalPerson {
  readonly subject: string;
  readonly name: string;
  readonly note: string;
}

/** On AWS the pool's own sign-in; on the local stack a list of its made-up people. */
export function SignIn({
  side,
  title,
  done,
}: {
  side: Side;
  title: string;
  done: (session: Session) => void;
}) {
  const { config, words } = usePage();
  const client = config[side];
  return (
    <Main className="narrow">
      <Box padding={{ vertical: 'xl' }}>
        <Container header={<Header variant="h1">{title}</Header>}>
          {client === undefined ? (
            <LocalPeople side={side} done={done} />
          ) : (
            <Button variant="primary" onClick={() => void goToSignIn(client, side)}>
              {side === 'customers' ? words.signInCustomer : words.signInAgent}
            </Button>
          )}
        </Container>
      </Box>
    </Main>
  );
}

function LocalPeople({ side, done }: { side: Side; done: (session: Session) => void }) {
  const { words } = usePage();
  const [people, setPeople] = useState<readonly LocalPerson[]>();
  const [failed, setFailed] = useState(false);
  const read = useCallback(async () => {
    setFailed(false);
    try {
      const response = await fetch('/local/people');
      const all: Readonly<Record<Side, readonly LocalPerson[]>> = await response.json();
      setPeople(all[side]);
    } catch {
      setFailed(true);
    }
  }, [side]);
  useEffect(() => void read(), [read]);
  if (failed)
    return (
      <Alert type="error" action={<Button onClick={() => void read()}>{words.retry}</Button>}>
        {words.noConnection}
      </Alert>
    );
  if (people === undefined) return <Loading />;
  const choose = async (subject: string) => {
    const session = await signInLocally(side, subject).catch(() => undefined);
    if (session === undefined) setFailed(true);
    else done(session);
  };
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">
        {words.localSignIn} {words.localSignInHint}
      </Box>
      <ul className="people">
        {people.map(({ subject, name, note }) => (
          <li key={subject}>
            <Button fullWidth onClick={() => void choose(subject)}>
              {name} <Box variant="small">{note}</Box>
            </Button>
          </li>
        ))}
      </ul>
    </SpaceBetween>
  );
}

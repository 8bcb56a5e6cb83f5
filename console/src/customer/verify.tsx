import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { Proof } from './proof.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Two proofs of different kinds, then the freeze is lifted (D5). */
export function Verify({ cardToken, alertId }: { cardToken: string; alertId?: string }) {
  const words = useWords();
  const api = useApi();
  const [lifted, setLifted] = useState(false);
  const lift = useAction(
    (verificationId: string) =>
      api.call(routes.unfreezeCard, { parts: { cardToken }, body: { verificationId } }),
    () => setLifted(true),
  );
  return (
    <Container
      header={
        <Header variant="h1" description={words.verify.why}>
          {words.verify.titleOf(words.verify.actions.unfreeze)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {lifted ? (
          <AlertBox type="success" action={<Button href="#/home">{words.tabs.home}</Button>}>
            {words.verify.unfrozen}
          </AlertBox>
        ) : (
          <Proof
            action="unfreeze"
            cardToken={cardToken}
            alertId={alertId}
            passed={(verification) => (
              <SpaceBetween size="s">
                {lift.problem !== undefined && <Refused problem={lift.problem} />}
                <Button
                  variant="primary"
                  loading={lift.busy}
                  onClick={() => void lift.run(verification.verificationId)}
                >
                  {words.verify.unfreezeNow}
                </Button>
              </SpaceBetween>
            )}
          />
        )}
        <Box color="text-body-secondary">{words.verify.stop}</Box>
      </SpaceBetween>
    </Container>
  );
}

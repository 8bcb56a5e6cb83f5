import AlertBox from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useShown } from './live.tsx';
import { Proof } from './proof.tsx';
import { ProofPage } from './proof-page.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Two proofs of different kinds, then the freeze is lifted (D5). */
export function Verify({ cardToken, alertId }: { cardToken: string; alertId?: string }) {
  const words = useWords();
  const api = useApi();
  const alert = useShown('alerts').value?.find((one) => one.alertId === alertId);
  const [lifted, setLifted] = useState(false);
  const lift = useAction(
    (verificationId: string) =>
      api.call(routes.unfreezeCard, { parts: { cardToken }, body: { verificationId } }),
    () => setLifted(true),
  );
  return (
    <ProofPage action="unfreeze" why={words.verify.why}>
      {lifted ? (
        <AlertBox type="success" action={<Button href="#/home">{words.tabs.home}</Button>}>
          {words.verify.unfrozen}
        </AlertBox>
      ) : (
        <Proof
          action="unfreeze"
          cardToken={cardToken}
          alertId={alertId}
          ticketNumber={alert?.ticketNumber}
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
    </ProofPage>
  );
}

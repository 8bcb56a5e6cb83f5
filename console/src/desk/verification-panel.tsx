import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { clock } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import type { Proven } from './answers.ts';
import { actionName, factorName, statusName } from './proof-words.ts';
import { routes } from './routes.ts';
import { WishTold } from './wish-told.tsx';
import { useWords } from './words.ts';
import { isMine, type WorkProps } from './workspace.tsx';

const look: Readonly<Record<Proven['status'], StatusIndicatorProps.Type>> = {
  pending: 'pending',
  passed: 'success',
  used: 'success',
  failed: 'error',
  expired: 'stopped',
  locked: 'error',
};

/** What the customer proved on whatever channel, and vouching for them by two agents (D5). */
export function VerificationPanel(props: WorkProps) {
  const words = useWords();
  const { verifications } = props.whole;
  return (
    <Container header={<Header variant="h2">{words.ticket.verification}</Header>}>
      {verifications.length === 0 ? (
        <Box color="text-body-secondary">{words.ticket.noVerification}</Box>
      ) : (
        <SpaceBetween size="m">
          {verifications.map((proven) => (
            <Proof key={proven.verificationId} {...props} proven={proven} />
          ))}
        </SpaceBetween>
      )}
    </Container>
  );
}

function Proof(props: WorkProps & { proven: Proven }) {
  const { proven } = props;
  const words = useWords();
  const { language, time } = usePage();
  const { factors, requirement, status } = proven;
  return (
    <SpaceBetween size="xs">
      <div>
        <Box variant="strong">{actionName(proven.action, language)}</Box>{' '}
        <StatusIndicator type={look[status]}>{statusName(status, language)}</StatusIndicator>
      </div>
      <Box color="text-body-secondary">
        {words.ticket.factors(factors.length, requirement.kinds)}
        {factors.map(({ kind, at }) => ` · ${factorName(kind, language)} ${clock(at, time)}`)}
      </Box>
      {status === 'passed' && proven.action !== 'hear_transactions' && <Box>{words.ticket.passedHint}</Box>}
      {status === 'pending' && isMine(props) && <Vouch {...props} />}
    </SpaceBetween>
  );
}

function Vouch({ whole, proven, changed }: WorkProps & { proven: Proven }) {
  const words = useWords();
  const api = useApi();
  const [reason, setReason] = useDraft(`desk.vouch.${proven.verificationId}`);
  const vouch = useAction(
    () =>
      api.call(routes.proposeVouch, {
        parts: { verificationId: proven.verificationId },
        body: { reason: reason.trim() },
      }),
    async () => {
      setReason('');
      await changed();
    },
  );
  return (
    <SpaceBetween size="xs">
      <WishTold whole={whole} subjectId={proven.verificationId} />
      <FormField label={words.ticket.reason} description={words.ticket.vouchText}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} />
      </FormField>
      {vouch.problem !== undefined && <Refused problem={vouch.problem} />}
      <Button disabled={reason.trim().length < 3} loading={vouch.busy} onClick={() => void vouch.run()}>
        {words.ticket.vouch}
      </Button>
    </SpaceBetween>
  );
}

import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Result } from '../shared/api.ts';
import { minute } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { useLive } from '../shared/use-live.ts';
import type { Approval, Me } from './answers.ts';
import { useApprovalWords } from './approval-words.ts';
import { FormDialogue } from './form-dialogue.tsx';
import { actionName } from './proof-words.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

const MOST_CHARACTERS = 500;

/** Four eyes: what one agent asked for, another grants or declines. */
export default function Approvals({ me }: { me: Me }) {
  const say = useApprovalWords();
  const api = useApi();
  // Kept here: what a colleague grants meanwhile leaves the list, and what was typed stays.
  const [declining, setDeclining] = useState<{ approval: Approval; title: string }>();
  const live = useLive('approvals', (signal) => api.call(routes.listApprovals, { signal }));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={say.intro}>
        {say.heading}
      </Header>
      <Loaded live={live}>
        {({ approvals }) =>
          approvals.length === 0 ? (
            <Empty title={say.none} />
          ) : (
            <SpaceBetween size="m">
              {approvals.map((approval) => (
                <One
                  key={`${approval.kind} ${approval.subjectId}`}
                  approval={approval}
                  own={approval.proposedBy === me.id || approval.proposedBy === me.name}
                  done={live.refresh}
                  decline={(title) => setDeclining({ approval, title })}
                />
              ))}
            </SpaceBetween>
          )
        }
      </Loaded>
      {declining !== undefined && (
        <Decline {...declining} close={() => setDeclining(undefined)} done={live.refresh} />
      )}
    </SpaceBetween>
  );
}

interface OneProps {
  readonly approval: Approval;
  readonly own: boolean;
  readonly done: () => Promise<void>;
  readonly decline: (title: string) => void;
}

function One({ approval, own, done, decline }: OneProps) {
  const words = useWords();
  const say = useApprovalWords();
  const { language, time } = usePage();
  const api = useApi();
  const { kind, subjectId, action } = approval;
  const no = own ? say.takeBack : say.decline;
  const approve = useAction(async (): Promise<Result<unknown>> => {
    const result =
      kind === 'vouch'
        ? await api.call(routes.approveVouch, { parts: { verificationId: subjectId } })
        : await api.call(routes.approveUndo, { parts: { alertId: subjectId } });
    if (result.ok) await done();
    return result;
  });
  return (
    <Container>
      <SpaceBetween size="s">
        <div>
          <Box variant="strong">
            {say.kinds[kind] ?? kind}
            {action !== undefined && `${words.colon}${actionName(action, language)}`}
          </Box>{' '}
          <Link href={`#/ticket/${approval.ticketNumber}`}>{approval.ticketNumber}</Link>
        </div>
        <div className="words">{approval.reason}</div>
        <Box color="text-body-secondary">
          {say.by(approval.proposedBy)} · {say.until(minute(approval.until, time))}
        </Box>
        {approve.problem !== undefined && <Refused problem={approve.problem} />}
        {own && <Box color="text-body-secondary">{say.own}</Box>}
        <SpaceBetween direction="horizontal" size="xs">
          {!own && (
            <Button variant="primary" loading={approve.busy} onClick={() => void approve.run()}>
              {say.approve}
            </Button>
          )}
          <Button disabled={approve.busy} onClick={() => decline(no)}>
            {no}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

function Decline(props: { approval: Approval; title: string; close: () => void; done: () => Promise<void> }) {
  const { kind, subjectId } = props.approval;
  const say = useApprovalWords();
  const api = useApi();
  const [reason, setReason] = useDraft(`desk.decline.${kind}.${subjectId}`);
  const decline = useAction(
    () => api.call(routes.declineApproval, { parts: { kind, subjectId }, body: { reason: reason.trim() } }),
    async () => {
      setReason('');
      props.close();
      await props.done();
    },
  );
  return (
    <FormDialogue
      title={props.title}
      submit={props.title}
      disabled={reason.trim().length < 3}
      busy={decline.busy}
      close={props.close}
      run={decline.run}
    >
      <FormField label={say.why} stretch>
        <Textarea
          value={reason}
          rows={2}
          onChange={({ detail }) => setReason(detail.value.slice(0, MOST_CHARACTERS))}
        />
      </FormField>
      {decline.problem !== undefined && <Refused problem={decline.problem} />}
    </FormDialogue>
  );
}

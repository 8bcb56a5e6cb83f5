import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Result } from '../shared/api.ts';
import { minute } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useLive } from '../shared/use-live.ts';
import type { Approval, Me } from './answers.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Four eyes: what one agent asked for, another grants. */
export default function Approvals({ me }: { me: Me }) {
  const words = useWords();
  const api = useApi();
  const live = useLive('approvals', (signal) => api.call(routes.listApprovals, { signal }));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={words.approvals.intro}>
        {words.approvals.heading}
      </Header>
      <Loaded live={live}>
        {({ approvals }) =>
          approvals.length === 0 ? (
            <Empty title={words.approvals.none} />
          ) : (
            <SpaceBetween size="m">
              {approvals.map((approval) => (
                <One
                  key={`${approval.kind} ${approval.subjectId}`}
                  approval={approval}
                  own={approval.proposedBy === me.id || approval.proposedBy === me.name}
                  done={live.refresh}
                />
              ))}
            </SpaceBetween>
          )
        }
      </Loaded>
    </SpaceBetween>
  );
}

function One({ approval, own, done }: { approval: Approval; own: boolean; done: () => Promise<void> }) {
  const words = useWords();
  const { time } = usePage();
  const api = useApi();
  const { kind, subjectId } = approval;
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
          <Box variant="strong">{words.approvals.kinds[kind] ?? kind}</Box>{' '}
          <Link href={`#/ticket/${approval.ticketNumber}`}>{approval.ticketNumber}</Link>
        </div>
        <div className="words">{approval.reason}</div>
        <Box color="text-body-secondary">
          {words.approvals.by(approval.proposedBy)} · {words.approvals.until(minute(approval.until, time))}
        </Box>
        {approve.problem !== undefined && <Refused problem={approve.problem} />}
        {own ? (
          <Box color="text-body-secondary">{words.approvals.own}</Box>
        ) : (
          <Button variant="primary" loading={approve.busy} onClick={() => void approve.run()}>
            {words.approvals.approve}
          </Button>
        )}
      </SpaceBetween>
    </Container>
  );
}

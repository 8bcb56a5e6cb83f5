import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type ReactNode, useEffect, useState } from 'react';
import type { Problem } from '../shared/api.ts';
import { countdown, minute, moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import type { Body } from '../shared/route.ts';
import { Loading, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useLive } from '../shared/use-live.ts';
import { useNow } from '../shared/use-now.ts';
import type { Verification } from './answers.ts';
import { PasskeyFactor, SmsFactor, TotpFactor } from './proof-factors.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

export type Action = Body<typeof routes.openVerification>['action'];

/** Opens the verification, or goes on with the one that runs on whatever channel, and leads through what it takes. */
export function Proof(props: {
  action: Action;
  cardToken: string;
  alertId?: string;
  /** Where a person is asked for; unset: at the list of tickets. */
  ticketNumber?: string;
  passed: (verification: Verification) => ReactNode;
}) {
  const api = useApi();
  const [opened, setOpened] = useState<Verification>();
  const { action, cardToken, alertId, ticketNumber } = props;
  const personAt = ticketNumber === undefined ? '#/tickets' : `#/ticket/${ticketNumber}`;
  const open = useAction(
    () =>
      api.call(routes.openVerification, {
        body: { action, cardToken, ...(alertId === undefined ? {} : { alertId }) },
      }),
    setOpened,
  );
  useEffect(() => void open.run(), [open.run]);
  const id = opened?.verificationId;
  // A person may vouch, or another channel prove, while this page is open.
  const live = useLive(id === undefined ? undefined : `verification ${id}`, (signal) =>
    api.call(routes.readVerification, { parts: { verificationId: id ?? '' }, signal }),
  );
  if (open.problem !== undefined)
    return <NotOpened problem={open.problem} personAt={personAt} retry={() => void open.run()} />;
  if (opened === undefined) return <Loading />;
  const verification = live.value ?? opened;
  const took = async (next: Verification) => {
    setOpened(next);
    await live.refresh();
  };
  return (
    <Steps
      verification={verification}
      took={took}
      again={() => void open.run()}
      personAt={personAt}
      passed={props.passed}
    />
  );
}

/** What staff alone can change is not to be tried again: it leads to them. */
function NotOpened(props: { problem: Problem; personAt: string; retry: () => void }) {
  const { problem, personAt, retry } = props;
  const words = useWords();
  if (problem.name !== 'concluded-as-fraud') return <Refused problem={problem} retry={retry} />;
  return (
    <SpaceBetween size="s">
      <Refused problem={problem} />
      <Button href={personAt}>{words.verify.person}</Button>
    </SpaceBetween>
  );
}

function Steps(props: {
  verification: Verification;
  took: (verification: Verification) => Promise<void>;
  again: () => void;
  personAt: string;
  passed: (verification: Verification) => ReactNode;
}) {
  const { verification, took, personAt } = props;
  const words = useWords();
  const { time } = usePage();
  const { status, requirement, factors, offers } = verification;
  if (status === 'passed')
    return (
      <SpaceBetween size="m">
        <AlertBox type="success">{words.verify.passed}</AlertBox>
        {props.passed(verification)}
      </SpaceBetween>
    );
  if (status !== 'pending')
    return (
      <SpaceBetween size="s">
        <AlertBox type="warning" action={<Button onClick={props.again}>{words.verify.again}</Button>}>
          {words.verify.over[status]}
        </AlertBox>
        <Button href={personAt}>{words.verify.person}</Button>
      </SpaceBetween>
    );
  const own = offers.filter((kind) => kind !== 'staff');
  return (
    <SpaceBetween size="l">
      <Progress verification={verification} />
      {requirement.reasons.map((reason) => (
        <AlertBox key={reason} type="warning">
          {words.verify.reasons[reason]}
        </AlertBox>
      ))}
      {verification.waitsUntil !== undefined && (
        <AlertBox type="info">{words.verify.waits(moment(verification.waitsUntil, time))}</AlertBox>
      )}
      {factors.map(({ kind, at }) => (
        <StatusIndicator key={kind} type="success">
          <span className="phrase">{words.verify.passedAt(words.verify.kinds[kind], minute(at, time))}</span>
        </StatusIndicator>
      ))}
      {own.includes('sim') && <SmsFactor verification={verification} took={took} />}
      {own.includes('totp') && <TotpFactor verification={verification} took={took} />}
      {own.includes('device') && <PasskeyFactor verification={verification} took={took} />}
      {own.length + factors.length < requirement.kinds && (
        <AlertBox type="info">{words.verify.nothing}</AlertBox>
      )}
      {requirement.mustInclude.includes('staff') && <Box>{words.verify.mustStaff}</Box>}
      <div className="answers">
        <Button href={personAt}>{words.verify.person}</Button>
        <Link href="#/me">{words.verify.moreWays}</Link>
      </div>
    </SpaceBetween>
  );
}

function Progress({ verification }: { verification: Verification }) {
  const words = useWords();
  const left = Date.parse(verification.expiresAt) - useNow();
  const { kinds } = verification.requirement;
  const shown = verification.factors.length;
  return (
    <ProgressBar
      value={(100 * Math.min(shown, kinds)) / kinds}
      label={words.verify.shown(shown, kinds)}
      additionalInfo={words.verify.ends(countdown(Math.max(0, left)))}
    />
  );
}

import AlertBox from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { minute, moment, money } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Place } from '../shared/place.tsx';
import type { Answer } from '../shared/route.ts';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { go } from '../shared/use-hash.ts';
import type { Alert } from './answers.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

type Answered = Answer<typeof routes.answerAlert>;

/** "Was this you?", with everything the answer would cover, why we ask, and the two answers. */
export function AlertQuestion({ alert, answered }: { alert: Alert; answered: () => Promise<void> }) {
  const words = useWords();
  const api = useApi();
  const [said, setSaid] = useState<Answered>();
  const answer = useAction(
    (says: 'mine' | 'not_mine') =>
      api.call(routes.answerAlert, {
        parts: { alertId: alert.alertId },
        body: { says, transactionCount: alert.transactionCount },
      }),
    async (value) => {
      setSaid(value);
      await answered();
      if (value.verificationNeeded && value.effect === 'claimed')
        go(`#/verify/${alert.cardToken}/${alert.alertId}`);
    },
  );
  // Who said yes already has one thing left to do, and it is not to say no.
  const isClaimed = alert.status === 'claimed_genuine';
  const canProve = alert.verificationNeeded && alert.status !== 'open';
  return (
    <Container
      header={
        <Header variant="h2" description={lead(alert, words)}>
          {words.alert.heading(alert.lastFour)}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Transactions alert={alert} />
        {answer.problem !== undefined && <Refused problem={answer.problem} />}
        {said !== undefined && <AlertBox type="success">{words.alert.effects[said.effect]}</AlertBox>}
        <div className="answers">
          {alert.maySay.includes('not_mine') && (
            <Button
              variant={isClaimed ? 'normal' : 'primary'}
              loading={answer.busy}
              onClick={() => void answer.run('not_mine')}
            >
              {words.alert.notMine}
            </Button>
          )}
          {alert.maySay.includes('mine') && alert.status === 'open' && (
            <Button disabled={answer.busy} onClick={() => void answer.run('mine')}>
              {words.alert.mine}
            </Button>
          )}
          {canProve && (
            <Button
              variant={isClaimed ? 'primary' : 'normal'}
              href={`#/verify/${alert.cardToken}/${alert.alertId}`}
            >
              {words.alert.prove}
            </Button>
          )}
          {alert.ticketNumber !== undefined && (
            <Link href={`#/ticket/${alert.ticketNumber}`}>{words.alert.seeTicket(alert.ticketNumber)}</Link>
          )}
        </div>
        <Box color="text-body-secondary">{words.alert.coached}</Box>
      </SpaceBetween>
    </Container>
  );
}

function lead(alert: Alert, words: ReturnType<typeof useWords>): string {
  if (alert.status === 'claimed_genuine') return words.alert.claimed;
  if (alert.status === 'expired' || alert.status === 'undeliverable') return words.alert.waitsForPerson;
  return alert.held ? words.alert.held : words.alert.notHeld;
}

function Transactions({ alert }: { alert: Alert }) {
  const words = useWords();
  const { language, time } = usePage();
  const hidden = alert.transactionCount - alert.transactions.length;
  const reasons = new Map(
    alert.transactions.flatMap(({ reasons: all }) =>
      all.map(({ code, words: text }) => [code, text[language]]),
    ),
  );
  return (
    <SpaceBetween size="s">
      <ul className="rows">
        {alert.transactions.map((one) => (
          <li key={one.transactionId} className="row">
            <div className="words">
              <Box variant="strong">{one.merchant.name}</Box>
              <Box variant="small" display="block">
                <Place code={one.merchant.country} /> · {moment(one.occurredAt, time)}{' '}
                {one.declined && <Badge color="grey">{words.alert.declined}</Badge>}{' '}
                {one.recurring && <Badge>{words.alert.recurring}</Badge>}
              </Box>
            </div>
            <div className="amount digits">
              <Box variant="strong">{money(one.amount, language)}</Box>
              {one.billing.currency !== one.amount.currency && (
                <Box variant="small" display="block">
                  {money(one.billing, language)}
                </Box>
              )}
            </div>
          </li>
        ))}
      </ul>
      {hidden > 0 && <Box>{words.alert.more(hidden)}</Box>}
      {alert.expiresAt !== undefined && alert.status === 'open' && (
        <Box color="text-body-secondary">{words.alert.until(minute(alert.expiresAt, time))}</Box>
      )}
      {reasons.size > 0 && (
        <ExpandableSection headerText={words.alert.why}>
          <ul>
            {[...reasons].map(([code, text]) => (
              <li key={code}>{text}</li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

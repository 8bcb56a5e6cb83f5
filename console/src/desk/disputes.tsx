import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import { useState } from 'react';
import { DisputedPurchase, DisputeHistory } from '../shared/dispute-history.tsx';
import { disputeWords, staffDisputeStates } from '../shared/dispute-words.ts';
import { usePage } from '../shared/page.tsx';
import type { Dispute } from './answers.ts';
import { DisputeStep } from './dispute-step.tsx';
import { nextOf } from './dispute-steps.ts';
import { deskDisputeWords as say } from './dispute-words.ts';
import { ReportFor } from './report-for.tsx';
import { isMine, type WorkProps } from './workspace.tsx';

const over: readonly string[] = ['resolved', 'closed'];

/** What is disputed, how it came to where it is, and the next step of each (D9). */
export function Disputes(props: WorkProps) {
  const { whole, me, changed } = props;
  const { ticket } = whole;
  const { language } = usePage();
  const [moving, setMoving] = useState<Dispute>();
  const disputes = ticket.disputes ?? [];
  const works = me.may.includes('work');
  // What was handed over comes back when the ticket is over: then nobody has to have it in hand.
  const mayMove = works && (isMine(props) || over.includes(ticket.status)) && ticket.status !== 'merged';
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            works &&
            ticket.status !== 'merged' && (
              <ReportFor cardToken={ticket.cardToken} number={ticket.number} changed={changed} />
            )
          }
        >
          {disputeWords.heading[language]}
        </Header>
      }
    >
      {disputes.length === 0 && <Box color="text-body-secondary">{say.none[language]}</Box>}
      {disputes.length > 0 && works && !mayMove && ticket.status !== 'merged' && (
        <Box color="text-body-secondary" margin={{ bottom: 's' }}>
          {(ticket.agentId === undefined ? say.claimFirst : say.inOtherHands)[language]}
        </Box>
      )}
      <ul className="rows">
        {disputes.map((dispute) => (
          <li key={dispute.transactionId} data-dispute={dispute.status}>
            <div className="row">
              <DisputedPurchase dispute={dispute} />
              <span className="head">
                {dispute.cardToken !== undefined && <Badge>{say.otherCard[language]}</Badge>}
                <Badge color="blue">{staffDisputeStates[dispute.status][language]}</Badge>
                {mayMove && nextOf[dispute.status].length > 0 && (
                  <Button onClick={() => setMoving(dispute)}>{say.move[language]}</Button>
                )}
              </span>
            </div>
            <ExpandableSection headerText={disputeWords.history[language]}>
              <DisputeHistory history={dispute.history} />
            </ExpandableSection>
          </li>
        ))}
      </ul>
      {moving !== undefined && (
        <DisputeStep
          number={ticket.number}
          dispute={moving}
          close={() => setMoving(undefined)}
          done={async () => {
            setMoving(undefined);
            await changed();
          }}
        />
      )}
    </Container>
  );
}

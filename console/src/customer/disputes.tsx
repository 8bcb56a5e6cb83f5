import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { type Disputed, DisputedPurchase, DisputeHistory } from '../shared/dispute-history.tsx';
import { disputeStates, disputeWords } from '../shared/dispute-words.ts';
import { usePage } from '../shared/page.tsx';

const look: Readonly<Record<Disputed['status'], StatusIndicatorProps.Type>> = {
  reported: 'pending',
  evidence_wanted: 'warning',
  submitted: 'in-progress',
  provisional_credit: 'in-progress',
  won: 'success',
  lost: 'stopped',
  refunded: 'success',
};

/** Each disputed transaction with where it stands and how it came there (D9). */
export function Disputes({ disputes }: { disputes: readonly Disputed[] }) {
  const { language } = usePage();
  return (
    <Container header={<Header variant="h2">{disputeWords.heading[language]}</Header>}>
      <ul className="rows">
        {disputes.map((dispute) => (
          <li key={dispute.transactionId} data-dispute={dispute.status}>
            <div className="row">
              <DisputedPurchase dispute={dispute} />
              <StatusIndicator type={look[dispute.status]}>
                {disputeStates[dispute.status][language]}
              </StatusIndicator>
            </div>
            <ExpandableSection headerText={disputeWords.history[language]}>
              <DisputeHistory history={dispute.history} own />
            </ExpandableSection>
          </li>
        ))}
      </ul>
    </Container>
  );
}

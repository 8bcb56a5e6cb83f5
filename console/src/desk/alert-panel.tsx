import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { moment, money } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Place } from '../shared/place.tsx';
import { useDecisionWords } from './decision-words.ts';
import { deskDisputeWords } from './dispute-words.ts';
import { type Suspicious, transactionsOf } from './suspicions.ts';
import { useWords } from './words.ts';
import type { WorkProps } from './workspace.tsx';

/** What was judged suspicious, and the reasons with the values they were read from. */
export function AlertPanel({ whole, me }: WorkProps) {
  const words = useWords();
  const decisionWords = useDecisionWords();
  const { language } = usePage();
  const { alert } = whole;
  if (alert === undefined) return null;
  // What the customer reported was judged by no rules.
  const judgedBy =
    alert.ruleSetVersion === 'customer_reported'
      ? decisionWords.reported
      : `${words.ticket.ruleSet} ${alert.ruleSetVersion}`;
  const reports = me.may.includes('work') && whole.ticket.status !== 'merged';
  const transactions = transactionsOf(whole);
  const hidden = alert.transactionCount - transactions.length;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`${words.ticket.severity[alert.severity]} · ${words.ticket.alertStatus[alert.status] ?? alert.status} · ${judgedBy}`}
        >
          {words.ticket.alert}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {transactions.map((one) => (
          <Judged key={one.transactionId} one={one} />
        ))}
        {hidden > 0 && (
          <Box>
            {words.ticket.more(hidden)} {reports && words.ticket.moreThere(deskDisputeWords.report[language])}
          </Box>
        )}
        {me.may.includes('judge') && (
          <Link href={`#/decisions/${whole.ticket.number}`}>{decisionWords.see}</Link>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Judged({ one }: { one: Suspicious }) {
  const words = useWords();
  const { language, time } = usePage();
  return (
    <div>
      <div className="row">
        <Box variant="strong">{one.merchantName}</Box>
        <span className="digits">
          <Box variant="strong">{money(one.amount, language)}</Box>
        </span>
      </div>
      <Box variant="small" display="block">
        {one.country !== undefined && <Place code={one.country} />}
        {one.mcc !== undefined && ` · MCC ${one.mcc}`}
        {one.occurredAt !== undefined && ` · ${moment(one.occurredAt, time)}`}{' '}
        {one.declined && <Badge>{words.ticket.declined}</Badge>}{' '}
        {one.recurring && <Badge>{words.ticket.recurring}</Badge>}
      </Box>
      {one.reasons.length > 0 && (
        <ExpandableSection headerText={words.ticket.score}>
          <ul className="plain">
            {one.reasons.map(({ code, values }) => (
              <li key={code}>
                <code>{code}</code>
                {values !== '' && (
                  <Box variant="small" display="block">
                    <code>{values}</code>
                  </Box>
                )}
              </li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </div>
  );
}

import Badge from '@cloudscape-design/components/badge';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { moment, money } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Place } from '../shared/place.tsx';
import { Empty } from '../shared/states.tsx';
import type { Transaction } from './answers.ts';
import { useDecisionWords } from './decision-words.ts';
import { Listing } from './listing.tsx';

/** What a card bought lately, the latest first. */
export function RecentTransactions({ transactions }: { transactions: readonly Transaction[] }) {
  const words = useDecisionWords();
  const { language, time } = usePage();
  const { columns } = words;
  return (
    <Listing
      items={transactions}
      trackBy="transactionId"
      keyboard
      header={
        <Header variant="h2" counter={`(${transactions.length})`}>
          {words.recent}
        </Header>
      }
      empty={<Empty title={words.noRecent} />}
      columns={[
        {
          id: 'at',
          header: columns.at,
          minWidth: 130,
          cell: ({ occurredAt }) => <span className="digits">{moment(occurredAt, time)}</span>,
        },
        {
          id: 'merchant',
          header: columns.merchant,
          isRowHeader: true,
          minWidth: 160,
          cell: ({ merchant }) => <span className="words">{merchant.name}</span>,
        },
        {
          id: 'country',
          header: columns.country,
          cell: ({ merchant }) => <Place code={merchant.country} />,
        },
        {
          id: 'amount',
          header: columns.amount,
          minWidth: 130,
          cell: ({ amount }) => <span className="digits">{money(amount, language)}</span>,
        },
        { id: 'state', header: columns.state, cell: (one) => <States of={one} /> },
      ]}
    />
  );
}

function States({ of }: { of: Transaction }) {
  const { states } = useDecisionWords();
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {of.suspicious && <Badge color="red">{states.suspicious}</Badge>}
      {of.pending && <Badge>{states.pending}</Badge>}
      {of.declined && <Badge color="grey">{states.declined}</Badge>}
      {of.recurring && <Badge>{states.recurring}</Badge>}
      {of.reversals?.map(({ kind, reversedAt }) => (
        <Badge key={reversedAt} color="green">
          {states[kind]}
        </Badge>
      ))}
    </SpaceBetween>
  );
}

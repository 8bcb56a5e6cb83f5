import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useApi } from '../shared/page.tsx';
import { Empty, Loaded } from '../shared/states.tsx';
import { useLive } from '../shared/use-live.ts';
import { useDecisionWords } from './decision-words.ts';
import { OneDecision } from './one-decision.tsx';
import { RecentTransactions } from './recent-transactions.tsx';
import { routes } from './routes.ts';

/** What was judged does not change; whether it was posted or reversed does, seldom. Every reading is logged. */
const SELDOM_MS = 60_000;

/** How the transactions of a ticket were judged, and what the card did besides: for supervisors and analysts. */
export default function Decisions({ number }: { number: string }) {
  const words = useDecisionWords();
  const api = useApi();
  const live = useLive(
    `decisions ${number}`,
    (signal) => api.call(routes.readDecisions, { parts: { number }, signal }),
    SELDOM_MS,
  );
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={words.intro}
        actions={<Link href={`#/ticket/${number}`}>{words.back(number)}</Link>}
      >
        {words.heading}
      </Header>
      <Loaded live={live}>
        {({ decisions, transactions, more }) => (
          <SpaceBetween size="l">
            {decisions.length === 0 && <Empty title={words.none} />}
            {decisions.map((decision) => (
              <OneDecision key={decision.transactionId} decision={decision} />
            ))}
            <RecentTransactions transactions={transactions} />
            {more && <Box color="text-body-secondary">{words.moreRecent(transactions.length)}</Box>}
          </SpaceBetween>
        )}
      </Loaded>
    </SpaceBetween>
  );
}

import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useApi } from '../shared/page.tsx';
import { Empty, Loaded } from '../shared/states.tsx';
import { useLive } from '../shared/use-live.ts';
import type { Board as BoardNow, DeskTicket } from './answers.ts';
import { ClockBadge, nextDue } from './clock-badge.tsx';
import { counter } from './counter.ts';
import { Listing } from './listing.tsx';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Tickets listed of those that wait: a supervisor looks at the worst first. */
const LISTED = 12;

/** A board counts every place of the desk: often enough to see where it burns. */
const GLANCE_MS = 5_000;

/** The desk at a glance, for whoever has to send people where it burns. */
export default function Board() {
  const words = useWords();
  const api = useApi();
  const live = useLive('board', (signal) => api.call(routes.readBoard, { signal }), GLANCE_MS);
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{words.board.heading}</Header>
      <Loaded live={live}>{(board) => <Glance board={board} />}</Loaded>
    </SpaceBetween>
  );
}

function Figure({ label, value, ...is }: { label: string; value: number; more: boolean; bad?: boolean }) {
  return (
    <Container>
      <Box variant="awsui-key-label">{label}</Box>
      <Box
        fontSize="display-l"
        fontWeight="bold"
        color={is.bad === true && value > 0 ? 'text-status-error' : undefined}
      >
        <span className="digits">
          {value}
          {is.more && '+'}
        </span>
      </Box>
    </Container>
  );
}

function Glance({ board }: { board: BoardNow }) {
  const words = useWords();
  const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
  const bars = priorities.map((priority): { x: string; y: number } => ({
    x: priority,
    y: board.byPriority[priority],
  }));
  const most = Math.max(4, ...priorities.map((priority) => board.byPriority[priority]));
  return (
    <SpaceBetween size="l">
      <ColumnLayout columns={3}>
        <Figure label={words.board.waiting} value={board.waitingTotal} more={board.more} />
        <Figure label={words.board.overdue} value={board.overdue} more={board.more} bad />
        <Figure label={words.board.inHand} value={board.inHandTotal} more={board.more} />
      </ColumnLayout>
      <ColumnLayout columns={2} minColumnWidth={320}>
        <Container header={<Header variant="h2">{words.board.byPriority}</Header>}>
          <BarChart<string>
            height={180}
            hideFilter
            hideLegend
            ariaLabel={words.board.byPriority}
            xScaleType="categorical"
            xDomain={[...priorities]}
            yDomain={[0, most]}
            series={[
              {
                title: words.board.waiting,
                type: 'bar',
                data: bars,
              },
            ]}
          />
        </Container>
        <Container header={<Header variant="h2">{words.board.agents}</Header>}>
          {board.agents.length === 0 ? (
            <Empty title={words.board.nobody} />
          ) : (
            <ul className="plain">
              {board.agents.map((agent) => (
                <li key={agent.id}>{words.board.atWork(agent)}</li>
              ))}
            </ul>
          )}
        </Container>
      </ColumnLayout>
      <Tickets
        title={words.board.oldest}
        none={words.queue.empty}
        tickets={board.waiting.slice(0, LISTED)}
        total={board.waitingTotal}
      />
      <Tickets
        title={words.board.inHand}
        none={words.board.noneInHand}
        tickets={board.inHand}
        total={board.inHandTotal}
      />
    </SpaceBetween>
  );
}

function Tickets(props: { title: string; none: string; tickets: readonly DeskTicket[]; total: number }) {
  const { title, none, tickets, total } = props;
  const words = useWords();
  return (
    <Listing
      items={tickets}
      trackBy="number"
      header={
        <Header variant="h2" counter={counter(tickets.length, total)}>
          {title}
        </Header>
      }
      empty={<Empty title={none} />}
      columns={[
        {
          id: 'number',
          header: words.queue.columns.number,
          isRowHeader: true,
          minWidth: 130,
          cell: ({ number }) => <Link href={`#/ticket/${number}`}>{number}</Link>,
        },
        {
          id: 'priority',
          header: words.queue.columns.priority,
          cell: ({ priority }) => <Priority of={priority} />,
        },
        {
          id: 'about',
          header: words.queue.columns.about,
          minWidth: 160,
          cell: ({ category, lastFour, agent }) =>
            [words.categories[category], lastFour, agent].filter((part) => part !== undefined).join(' · '),
        },
        {
          id: 'due',
          header: words.queue.columns.due,
          minWidth: 190,
          cell: ({ clocks }) => <Due clocks={clocks} />,
        },
      ]}
    />
  );
}

function Due({ clocks }: { clocks: DeskTicket['clocks'] }) {
  const due = nextDue(clocks);
  return due === undefined ? <>–</> : <ClockBadge clock={due} />;
}

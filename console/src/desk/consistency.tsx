import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { usePage } from '../shared/page.tsx';
import { Empty } from '../shared/states.tsx';
import type { Kpis } from './answers.ts';
import { channelNames, figureWords as say } from './figure-words.ts';
import { Listing } from './listing.tsx';

type Told = Kpis['total']['consistency'];

/** Rounded down to a tenth: 100 % is said only where nothing is missing. */
const exactly = (share: number | undefined): string =>
  share === undefined ? '–' : `${Math.floor(share * 1000 + 1e-6) / 10} %`;
const secondsOf = (value: number | undefined): string =>
  value === undefined ? '–' : `${value.toFixed(1)} s`;

/** Whether all channels say the same of a ticket at the same time (K6). */
export function Consistency({ told }: { told: Told }) {
  const { language } = usePage();
  const header = (
    <Header variant="h2" description={say.consistencyText[language]}>
      {say.consistency[language]}
    </Header>
  );
  if (told.n === 0)
    return (
      <Container header={header}>
        <Empty title={say.none[language]} />
      </Container>
    );
  const rows = [
    { name: say.every[language], ...told },
    ...told.byChannel.map(({ channel, ...one }) => ({ name: channelNames[channel][language], ...one })),
  ];
  return (
    <Listing
      items={rows}
      trackBy="name"
      header={header}
      columns={[
        { id: 'name', header: say.channel[language], isRowHeader: true, cell: ({ name }) => name },
        { id: 'n', header: 'n', cell: ({ n }) => n },
        { id: 'share', header: say.current[language], cell: ({ share }) => exactly(share) },
        { id: 'stale', header: say.stale[language], cell: ({ stale }) => stale },
        {
          id: 'contradictions',
          header: say.contradictions[language],
          cell: ({ contradictions: count }) => (
            <StatusIndicator type={count === 0 ? 'success' : 'error'}>{count}</StatusIndicator>
          ),
        },
        { id: 'p50', header: `${say.lag[language]} p50`, cell: ({ lag }) => secondsOf(lag.p50Seconds) },
        { id: 'p95', header: `${say.lag[language]} p95`, cell: ({ lag }) => secondsOf(lag.p95Seconds) },
      ]}
    />
  );
}

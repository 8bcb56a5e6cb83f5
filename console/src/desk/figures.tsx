import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LineChart from '@cloudscape-design/components/line-chart';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { countdown } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded } from '../shared/states.tsx';
import { useLive } from '../shared/use-live.ts';
import type { Kpis } from './answers.ts';
import { Consistency } from './consistency.tsx';
import { dailyOf, percent, spanOf } from './figure-days.ts';
import { failureName, rowNames, figureWords as say } from './figure-words.ts';
import { Listing } from './listing.tsx';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Figures of a week are computed from events: nobody needs them by the second. */
const SELDOM_MS = 30_000;
const SPAN_DAYS = 14;

/** How well the promises are kept, by the events themselves (D12). */
export default function Figures() {
  const words = useWords();
  const api = useApi();
  const { time } = usePage();
  const live = useLive(
    'kpis',
    (signal) =>
      api.call(routes.readKpis, { query: spanOf(Date.now(), { days: SPAN_DAYS, zone: time.zone }), signal }),
    SELDOM_MS,
  );
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={words.figures.span(SPAN_DAYS)}>
        {words.figures.heading}
      </Header>
      <Loaded live={live}>
        {(kpis) => (
          <SpaceBetween size="l">
            {kpis.more && <AlertBox type="warning">{words.figures.more}</AlertBox>}
            <Promises kpis={kpis} />
            <Consistency told={kpis.total.consistency} />
            <Daily kpis={kpis} />
            <Unanswered kpis={kpis} />
          </SpaceBetween>
        )}
      </Loaded>
    </SpaceBetween>
  );
}

const seconds = (value: number | undefined): string => (value === undefined ? '–' : countdown(value * 1000));

const rows = [
  ...(['firstResponse', 'wait', 'preliminary', 'resolution'] as const),
  ...(['handling', 'work', 'focus', 'talk', 'afterCall'] as const),
];

function Promises({ kpis }: { kpis: Kpis }) {
  const words = useWords();
  const { language } = usePage();
  const { total } = kpis;
  return (
    <SpaceBetween size="l">
      <Rates total={total} />
      <Listing
        items={rows.map((name) => ({ name, ...total[name] }))}
        trackBy="name"
        header={<Header variant="h2">{words.figures.promises}</Header>}
        columns={[
          { id: 'name', header: '', isRowHeader: true, cell: ({ name }) => rowNames[name][language] },
          { id: 'n', header: 'n', cell: ({ n }) => n },
          { id: 'mean', header: words.figures.mean, cell: ({ meanSeconds }) => seconds(meanSeconds) },
          { id: 'p50', header: 'p50', cell: ({ p50Seconds }) => seconds(p50Seconds) },
          { id: 'p90', header: 'p90', cell: ({ p90Seconds }) => seconds(p90Seconds) },
          { id: 'kept', header: words.figures.kept, cell: ({ attainment }) => percent(attainment) },
        ]}
      />
    </SpaceBetween>
  );
}

/** Shares with how many there were, and why the others were not: a share alone says little. */
function Rates({ total }: { total: Kpis['total'] }) {
  const words = useWords();
  const { language } = usePage();
  const { transfers, firstContact, abandoned } = total;
  const why = ({ n, failures }: typeof transfers): string =>
    [
      `n ${n}`,
      ...Object.entries(failures).map(
        ([reason, count]) => `${failureName(reason)[language]}${words.colon}${count}`,
      ),
    ].join(' · ');
  return (
    <ColumnLayout columns={3} minColumnWidth={200}>
      <Rate
        label={words.figures.tickets}
        value={String(total.tickets)}
        note={`${say.abandoned[language]}${words.colon}${abandoned}`}
      />
      <Rate label={words.figures.transfers} value={percent(transfers.share)} note={why(transfers)} />
      <Rate
        label={words.figures.firstContact}
        value={percent(firstContact.share)}
        note={`${why(firstContact)} · ${say.provisional[language]}${words.colon}${firstContact.provisional}`}
      />
    </ColumnLayout>
  );
}

function Rate({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <Container fitHeight>
      <Box variant="awsui-key-label">{label}</Box>
      <Box fontSize="display-l" fontWeight="bold">
        <span className="digits">{value}</span>
      </Box>
      <Box variant="small">{note}</Box>
    </Container>
  );
}

function Daily({ kpis }: { kpis: Kpis }) {
  const words = useWords();
  const { language } = usePage();
  const days = dailyOf(kpis.rows);
  const minutes = (value: number | undefined) => (value === undefined ? undefined : Math.round(value / 60));
  const points = days.flatMap(({ day, meanSeconds }) => {
    const y = minutes(meanSeconds);
    return y === undefined ? [] : [{ x: day, y }];
  });
  return (
    <Container header={<Header variant="h2">{words.figures.daily}</Header>}>
      <LineChart<string>
        height={200}
        hideFilter
        ariaLabel={words.figures.daily}
        xScaleType="categorical"
        xDomain={days.map(({ day }) => day)}
        yDomain={[0, Math.ceil(1.1 * Math.max(60, ...points.map(({ y }) => y)))]}
        empty={<Empty title={words.figures.none} />}
        series={
          points.length === 0
            ? []
            : [
                { title: rowNames.firstResponse[language], type: 'line', data: points },
                { title: words.figures.promised, type: 'threshold', y: 60 },
              ]
        }
      />
    </Container>
  );
}

function Unanswered({ kpis }: { kpis: Kpis }) {
  const words = useWords();
  return (
    <Container header={<Header variant="h2">{words.figures.unanswered}</Header>}>
      {kpis.unanswered.length === 0 ? (
        <Empty title={words.queue.nothing} />
      ) : (
        <ul className="mine">
          {kpis.unanswered.map(({ number, priority, ageSeconds }) => (
            <li key={number}>
              <Priority of={priority} />
              <Link href={`#/ticket/${number}`}>{number}</Link>
              <span className="digits">{seconds(ageSeconds)}</span>
            </li>
          ))}
        </ul>
      )}
    </Container>
  );
}

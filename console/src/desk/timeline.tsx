import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { moment } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Empty } from '../shared/states.tsx';
import type { Entry } from './answers.ts';
import { colleaguesOf } from './colleagues.ts';
import { entryText, entryWho } from './entry-words.ts';
import { useWords } from './words.ts';
import type { WorkProps } from './workspace.tsx';

type Filter = 'all' | 'talk' | 'system';

const isTalk = ({ words, wordsErased }: Entry): boolean => words !== undefined || wordsErased === true;
const shows = (filter: Filter, entry: Entry): boolean =>
  filter === 'all' || (filter === 'talk') === isTalk(entry);

/** Everything that happened, on whatever channel, the latest first, and whether its chain holds (D2, D11). */
export function Timeline({ whole, me }: WorkProps) {
  const words = useWords();
  const { agentId, agent } = whole.ticket;
  const names = new Map([
    [me.id, me.name],
    ...(agentId === undefined || agent === undefined ? [] : [[agentId, agent] as const]),
    ...colleaguesOf(whole.timeline, me).map(({ id, name }) => [id, name] as const),
  ]);
  const [filter, setFilter] = useState<Filter>('all');
  const entries = whole.timeline.filter((entry) => shows(filter, entry)).toReversed();
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SegmentedControl
              label={words.ticket.shown}
              selectedId={filter}
              options={(['all', 'talk', 'system'] as const).map((id) => ({ id, text: words.ticket[id] }))}
              onChange={({ detail }) =>
                setFilter(
                  detail.selectedId === 'talk' || detail.selectedId === 'system' ? detail.selectedId : 'all',
                )
              }
            />
          }
        >
          {words.ticket.timeline}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <StatusIndicator type={whole.timelineIntact ? 'success' : 'error'}>
          {whole.timelineIntact ? words.ticket.intact : words.ticket.broken}
        </StatusIndicator>
        {entries.length === 0 ? (
          <Empty title={words.ticket.noEntries} />
        ) : (
          <ol className="timeline">
            {entries.map((entry) => (
              <Line key={entry.seq} entry={entry} names={names} />
            ))}
          </ol>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Line({ entry, names }: { entry: Entry; names: ReadonlyMap<string, string> }) {
  const words = useWords();
  const { language, time } = usePage();
  return (
    <li className={isTalk(entry) ? 'said' : undefined}>
      <Box variant="small" display="block">
        <span className="digits">{moment(entry.at, time)}</span> · {entryWho(entry, language, names)}
      </Box>
      <Box>{entryText(entry, language, { reasons: words.reasons, names })}</Box>
      {entry.words !== undefined && <div className="words quote">{entry.words}</div>}
      {entry.wordsErased === true && <Box color="text-body-secondary">{words.ticket.erased}</Box>}
    </li>
  );
}

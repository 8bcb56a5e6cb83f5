import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded } from '../shared/states.tsx';
import { useLive } from '../shared/use-live.ts';
import type { Comparison as Compared } from './answers.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** What a set in shadow would have done beside the live one, and on which purchases. */
export function Comparison({ version }: { version: string }) {
  const words = useWords();
  const api = useApi();
  const [cell, setCell] = useState<string>();
  const live = useLive(
    `comparison ${version} ${cell}`,
    (signal) => api.call(routes.compareRuleSet, { parts: { version }, query: { cell }, signal }),
    5_000,
  );
  return (
    <Container header={<Header variant="h2">{words.rules.compare}</Header>}>
      <Loaded live={live}>
        {(compared) =>
          compared.compared === 0 ? (
            <Empty title={words.rules.nothingCompared} />
          ) : (
            <Results compared={compared} cell={cell} choose={setCell} />
          )
        }
      </Loaded>
    </Container>
  );
}

function Results(props: { compared: Compared; cell?: string; choose: (cell: string) => void }) {
  const words = useWords();
  const { compared, cell, choose } = props;
  const name = (outcome: string) => words.rules.outcomes[outcome] ?? outcome;
  const reasons = Object.entries(compared.newAlertReasons).toSorted(([, a], [, b]) => b - a);
  return (
    <SpaceBetween size="m">
      <Box>{words.rules.compared(compared.compared, compared.live)}</Box>
      <SpaceBetween direction="horizontal" size="l">
        <Box>
          {words.rules.newAlerts}: <strong>{compared.newAlerts}</strong>
        </Box>
        <Box>
          {words.rules.lostAlerts}: <strong>{compared.lostAlerts}</strong>
        </Box>
      </SpaceBetween>
      <SpaceBetween direction="horizontal" size="xs">
        {Object.entries(compared.cells).map(([key, count]) => {
          const [live = '', other = ''] = key.split('_');
          return (
            <Button key={key} variant={key === cell ? 'primary' : 'normal'} onClick={() => choose(key)}>
              {words.rules.cell(name(live), name(other))}
              {words.colon}
              {count}
            </Button>
          );
        })}
      </SpaceBetween>
      {reasons.length > 0 && (
        <div>
          <Box variant="h3">{words.rules.reasonsOf}</Box>
          <ul className="plain">
            {reasons.map(([code, count]) => (
              <li key={code}>
                <code>{code}</code>
                {words.colon}
                {count}
              </li>
            ))}
          </ul>
        </div>
      )}
      {compared.examples.length > 0 && <Examples examples={compared.examples} />}
    </SpaceBetween>
  );
}

/** Each with both scores and reasons, values and all. */
function Examples({ examples }: { examples: Compared['examples'] }) {
  const words = useWords();
  const { time } = usePage();
  const side = ({ outcome, score, reasons }: Compared['examples'][number]['live']) =>
    `${words.rules.outcomes[outcome] ?? outcome} (${score}): ${reasons
      .map(({ code, values }) => {
        const shown = Object.entries(values).map(([name, value]) => `${name} = ${String(value)}`);
        return shown.length === 0 ? code : `${code} [${shown.join(', ')}]`;
      })
      .join('; ')}`;
  return (
    <div>
      <Box variant="h3">{words.rules.examples}</Box>
      <ul className="plain words">
        {examples.map((example) => (
          <li key={example.transactionId}>
            {moment(example.occurredAt, time)} · <code>{example.cardToken}</code> ·{' '}
            <code>{example.transactionId}</code>
            <Box variant="small" display="block">
              {words.rules.live}: <code>{side(example.live)}</code>
            </Box>
            <Box variant="small" display="block">
              → <code>{side(example.other)}</code>
            </Box>
          </li>
        ))}
      </ul>
    </div>
  );
}

import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { day } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded } from '../shared/states.tsx';
import { useLive } from '../shared/use-live.ts';
import type { Rules as InForce, RuleSet } from './answers.ts';
import { BulkRelease } from './bulk-release.tsx';
import { Listing } from './listing.tsx';
import { routes } from './routes.ts';
import { Comparison } from './rule-comparison.tsx';
import { RuleSetActions } from './rule-set-actions.tsx';
import { useWords } from './words.ts';

const SELDOM_MS = 5_000;

/** Rule sets and their shadow results, what is in force, and who only asks because the breaker said so (H33). */
export default function Rules({ groups }: { groups: readonly string[] }) {
  const words = useWords();
  const api = useApi();
  const [chosen, setChosen] = useState<string>();
  const force = useLive('rules', (signal) => api.call(routes.readRules, { signal }), SELDOM_MS);
  const sets = useLive(
    'rule sets',
    (signal) => api.call(routes.listRuleSets, { query: { limit: 100 }, signal }),
    SELDOM_MS,
  );
  const changed = async () => {
    await Promise.all([force.refresh(), sets.refresh()]);
  };
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{words.rules.heading}</Header>
      <Loaded live={force}>{(now) => <Force now={now} />}</Loaded>
      <Loaded live={sets}>
        {({ ruleSets }) => (
          <SpaceBetween size="l">
            <Sets sets={ruleSets} chosen={chosen} choose={setChosen} />
            {ruleSets
              .filter(({ version }) => version === chosen)
              .map((ruleSet) => (
                <SpaceBetween key={ruleSet.version} size="l">
                  <RuleSetActions ruleSet={ruleSet} force={force.value} groups={groups} changed={changed} />
                  {groups.includes('rules-supervisor') && <BulkRelease ruleSet={ruleSet} />}
                  <Comparison version={ruleSet.version} />
                </SpaceBetween>
              ))}
          </SpaceBetween>
        )}
      </Loaded>
    </SpaceBetween>
  );
}

function Force({ now }: { now: InForce }) {
  const words = useWords();
  const { time } = usePage();
  return (
    <ColumnLayout columns={4} minColumnWidth={200}>
      <Container>
        <Box variant="awsui-key-label">{words.rules.live}</Box>
        <Box fontSize="heading-l">{now.live}</Box>
        {Date.parse(now.changedAt) > 0 && <Box color="text-body-secondary">{day(now.changedAt, time)}</Box>}
      </Container>
      <Container>
        <Box variant="awsui-key-label">{words.rules.shareLabel}</Box>
        {now.share === undefined
          ? words.rules.noShare
          : words.rules.share(now.share.version, now.share.percent)}
      </Container>
      <Container>
        <Box variant="awsui-key-label">{words.rules.shadows}</Box>
        {now.shadows.length === 0 ? words.rules.noShadows : now.shadows.join(', ')}
      </Container>
      <Container>
        <Box variant="awsui-key-label">{words.rules.alertOnly}</Box>
        {now.alertOnly.length === 0
          ? words.rules.noBreaker
          : now.alertOnly.map(({ version, by, reason }) => (
              <Box key={version} color="text-status-warning">
                {version} · {by === 'breaker' ? words.rules.byBreaker : by} · {reason}
              </Box>
            ))}
      </Container>
    </ColumnLayout>
  );
}

function Sets(props: { sets: readonly RuleSet[]; chosen?: string; choose: (version: string) => void }) {
  const words = useWords();
  const { time } = usePage();
  const { columns } = words.rules;
  return (
    <Listing
      items={props.sets}
      trackBy="version"
      header={
        <Header variant="h2" counter={`(${props.sets.length})`}>
          {words.rules.sets}
        </Header>
      }
      empty={<Empty title={words.rules.noSets} />}
      columns={[
        {
          id: 'version',
          header: columns.version,
          isRowHeader: true,
          minWidth: 120,
          cell: ({ version }) => (
            <Button
              variant="inline-link"
              ariaExpanded={version === props.chosen}
              onClick={() => props.choose(version)}
            >
              {version}
            </Button>
          ),
        },
        {
          id: 'state',
          header: columns.state,
          minWidth: 100,
          cell: ({ state }) => words.rules.states[state] ?? state,
        },
        { id: 'rules', header: columns.rules, cell: ({ rules }) => rules },
        { id: 'author', header: columns.author, minWidth: 110, cell: ({ author }) => author.name },
        { id: 'at', header: columns.at, minWidth: 120, cell: ({ stateAt }) => day(stateAt, time) },
        { id: 'note', header: columns.note, minWidth: 180, cell: ({ note }) => note },
      ]}
    />
  );
}

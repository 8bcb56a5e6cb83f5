import AlertBox from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { clock, moment, money } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Place } from '../shared/place.tsx';
import type { Decision } from './answers.ts';
import { useDecisionWords } from './decision-words.ts';
import { useWords } from './words.ts';

const colors = { clear: 'green', alert: 'severity-medium', freeze: 'severity-critical' } as const;

/** One judged transaction: what came of it, by which versions, and why, value by value. */
export function OneDecision({ decision }: { decision: Decision }) {
  const words = useDecisionWords();
  const { language, time } = usePage();
  const { outcome, merchant } = decision;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={outcome !== undefined && <Badge color={colors[outcome]}>{words.outcomes[outcome]}</Badge>}
          description={
            <>
              {moment(decision.occurredAt, time)} · <Place code={merchant.country} /> · MCC {merchant.mcc}
            </>
          }
        >
          <span className="words">{merchant.name}</span>{' '}
          <span className="digits">{money(decision.amount, language)}</span>
        </Header>
      }
    >
      <SpaceBetween size="m">
        {outcome === undefined && <AlertBox type="info">{words.gone}</AlertBox>}
        {decision.alertOnly === true && <AlertBox type="warning">{words.alertOnly}</AlertBox>}
        <Versions decision={decision} />
        <Reasons decision={decision} />
        <Features decision={decision} />
      </SpaceBetween>
    </Container>
  );
}

function Versions({ decision }: { decision: Decision }) {
  const words = useDecisionWords();
  const desk = useWords();
  const { time } = usePage();
  const { score, ruled, entryMode, receivedAt, entries = [] } = decision;
  const optional = (label: string, value: string | undefined) =>
    value === undefined ? [] : [{ label, value }];
  return (
    <KeyValuePairs
      columns={4}
      items={[
        ...optional(words.score, score === undefined ? undefined : words.scoreOf(score)),
        ...optional(words.ruled, ruled === undefined ? undefined : words.outcomes[ruled]),
        {
          label: words.ruleSet,
          value: decision.ruleSetVersion === 'customer_reported' ? words.reported : decision.ruleSetVersion,
        },
        { label: words.model, value: decision.modelVersion ?? words.noModel },
        ...optional(words.entryMode, entryMode && (words.entryModes[entryMode] ?? entryMode)),
        ...optional(words.receivedAt, receivedAt && clock(receivedAt, time)),
        ...(entries.length === 0
          ? []
          : [
              {
                label: words.entries,
                value: entries
                  .map(({ kind, list }) => `${words.lists[list]}${desk.colon}${words.entryKinds[kind]}`)
                  .join(words.and),
              },
            ]),
      ]}
    />
  );
}

function Reasons({ decision }: { decision: Decision }) {
  const words = useDecisionWords();
  const { language } = usePage();
  return (
    <div>
      <Box variant="h3">{words.reason}</Box>
      <ul className="plain">
        {decision.reasons.map(({ code, words: text, values }) => (
          <li key={code}>
            {text[language]}
            <Box variant="small" display="block">
              <code>{code}</code>
              {Object.entries(values).map(([name, value]) => (
                <span key={name} className="digits">
                  {' '}
                  · <code>{name}</code> = {value}
                </span>
              ))}
            </Box>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Features({ decision: { features } }: { decision: Decision }) {
  const words = useDecisionWords();
  if (features === undefined) return <Box color="text-body-secondary">{words.notJudged}</Box>;
  return (
    <ExpandableSection headerText={words.features(features.length)}>
      <dl className="features">
        {features.map(({ name, value }) => (
          <div key={name} className="row">
            <dt>
              <code>{name}</code>
            </dt>
            <dd className="digits">{value}</dd>
          </div>
        ))}
      </dl>
    </ExpandableSection>
  );
}

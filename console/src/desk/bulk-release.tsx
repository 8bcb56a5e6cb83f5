import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Problem } from '../shared/api.ts';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { useLive } from '../shared/use-live.ts';
import type { RuleSet } from './answers.ts';
import { bulkOffer, handled, type Release } from './bulk-offers.ts';
import { bulkStates, bulkWords, leftWords } from './bulk-words.ts';
import { routes } from './routes.ts';

const SELDOM_MS = 5_000;
const looks: Readonly<Record<keyof typeof bulkStates, StatusIndicatorProps.Type>> = {
  proposed: 'pending',
  lapsed: 'stopped',
  running: 'in-progress',
  done: 'success',
};

/** The release of what a bad version holds: asked for by one supervisor, granted by another, watched to its end (H33). */
export function BulkRelease({ ruleSet }: { ruleSet: RuleSet }) {
  const { version, state } = ruleSet;
  const { language } = usePage();
  const api = useApi();
  const parts = { version };
  const live = useLive(
    `bulk ${version}`,
    (signal) => api.call(routes.readBulkRelease, { parts, signal }),
    SELDOM_MS,
  );
  const [reason, setReason] = useDraft(`bulk.${version}`);
  const propose = useAction(
    () => api.call(routes.proposeBulkRelease, { parts, body: { reason: reason.trim() } }),
    async () => {
      setReason('');
      await live.refresh();
    },
  );
  const approve = useAction(
    () => api.call(routes.approveBulkRelease, { parts }),
    () => live.refresh(),
  );
  const release = live.value?.release;
  const neverAsked = live.problem?.name === 'not-found';
  const offer = bulkOffer(state, release, live.value?.asOf ?? '');
  if (offer === 'nothing' || (release === undefined && live.problem === undefined)) return null;
  return (
    <Container
      header={
        <Header variant="h2" description={bulkWords.intro[language]}>
          {bulkWords.heading[language]}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {live.problem !== undefined && !neverAsked && <Refused problem={live.problem} retry={live.refresh} />}
        {release !== undefined && <Standing release={release} lapsed={offer === 'propose'} />}
        {offer === 'propose' && (
          <SpaceBetween size="s">
            <FormField label={bulkWords.reason[language]} stretch>
              <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} />
            </FormField>
            <ProposeRefused problem={propose.problem} />
            <Button
              disabled={reason.trim().length < 3}
              loading={propose.busy}
              onClick={() => void propose.run()}
            >
              {bulkWords.propose[language]}
            </Button>
          </SpaceBetween>
        )}
        {offer === 'approve' && (
          <SpaceBetween size="s">
            {approve.problem !== undefined && <Refused problem={approve.problem} />}
            <Button variant="primary" loading={approve.busy} onClick={() => void approve.run()}>
              {bulkWords.approve[language]}
            </Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}

/** That nothing is held is an answer, not a fault. */
function ProposeRefused({ problem }: { problem?: Problem }) {
  const { language } = usePage();
  if (problem === undefined) return null;
  if (problem.name !== 'not-found') return <Refused problem={problem} />;
  return <StatusIndicator type="info">{bulkWords.nothingHeld[language]}</StatusIndicator>;
}

function Standing({ release, lapsed }: { release: Release; lapsed: boolean }) {
  const { language, time } = usePage();
  const { status, found, released, failed, left, proposedBy, approvedBy, until } = release;
  const state = status === 'proposed' && lapsed ? 'lapsed' : status;
  const share = found === 0 ? 100 : Math.min(100, Math.round((handled(release) / found) * 100));
  const say = (name: keyof typeof bulkWords) => bulkWords[name][language];
  const items = [
    { label: say('found'), value: String(found) },
    { label: say('proposedBy'), value: proposedBy },
    ...(approvedBy === undefined
      ? [{ label: say('until'), value: moment(until, time) }]
      : [
          { label: say('approvedBy'), value: approvedBy },
          { label: say('released'), value: String(released) },
        ]),
    ...(failed > 0 ? [{ label: say('failed'), value: String(failed) }] : []),
    ...(['answered', 'fraud', 'other_hold', 'closed'] as const).flatMap((why) =>
      left[why] > 0 ? [{ label: leftWords[why][language], value: String(left[why]) }] : [],
    ),
  ];
  return (
    <SpaceBetween size="s">
      <div data-bulk={state}>
        <StatusIndicator type={looks[state]}>{bulkStates[state][language]}</StatusIndicator>{' '}
        <Box variant="span">{release.reason}</Box>
      </div>
      {status === 'running' && <ProgressBar label={say('progress')} value={share} />}
      <KeyValuePairs columns={4} items={items} />
    </SpaceBetween>
  );
}

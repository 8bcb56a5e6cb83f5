import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { clock, countdown } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import type { Answer } from '../shared/route.ts';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useNow } from '../shared/use-now.ts';
import type { CallOutcome } from './answers.ts';
import { Choice } from './choice.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';
import { isMine, type WorkProps } from './workspace.tsx';

type Announced = Answer<typeof routes.announceCall>;
const outcomes: readonly CallOutcome[] = [
  'connected',
  'no_answer',
  'busy',
  'wrong_person',
  'hung_up',
  'failed',
];

/** Announced before the phone rings, so that the customer can check who calls; then how it went (D10). */
export function CallPanel(props: WorkProps) {
  const { whole, me, changed } = props;
  const { number, phoneConsent } = whole.ticket;
  const words = useWords();
  const api = useApi();
  const parts = { number };
  const [announced, setAnnounced] = useState<Announced>();
  const [connectedAt, setConnectedAt] = useState<number>();
  const announce = useAction(
    () => api.call(routes.announceCall, { parts }),
    async (value) => {
      setAnnounced(value);
      setConnectedAt(undefined);
      await changed();
    },
  );
  const connect = useAction(
    () => api.call(routes.callConnected, { parts }),
    async () => {
      setConnectedAt(Date.now());
      await changed();
    },
  );
  if (!isMine(props) || !me.may.includes('work')) return null;
  return (
    <Container header={<Header variant="h2">{words.call.heading}</Header>}>
      <SpaceBetween size="s">
        <Box color={phoneConsent === true ? 'text-status-success' : 'text-body-secondary'}>
          {phoneConsent === true ? words.call.consent : words.call.noConsent}
        </Box>
        {announce.problem !== undefined && <Refused problem={announce.problem} />}
        {announced === undefined ? (
          <Button iconName="call" loading={announce.busy} onClick={() => void announce.run()}>
            {words.call.announce}
          </Button>
        ) : (
          <SpaceBetween size="s">
            <CheckCode announced={announced} />
            {connect.problem !== undefined && <Refused problem={connect.problem} />}
            {connectedAt === undefined && (
              <Button loading={connect.busy} onClick={() => void connect.run()}>
                {words.call.connected}
              </Button>
            )}
            <EndCall
              number={number}
              connectedAt={connectedAt}
              connecting={connect.busy}
              ended={async () => {
                setAnnounced(undefined);
                setConnectedAt(undefined);
                await changed();
              }}
            />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}

function CheckCode({ announced }: { announced: Announced }) {
  const words = useWords();
  const { time } = usePage();
  return (
    <div>
      <Box>{words.call.code}</Box>
      <Box fontSize="display-l" fontWeight="bold">
        <span className="code" data-code={announced.checkCode}>
          {announced.checkCode}
        </span>
      </Box>
      <Box color="text-body-secondary">
        {words.call.codeHint} {words.call.until(clock(announced.until, time))}
      </Box>
    </div>
  );
}

/** Seconds are counted from the answer on; the agent may say otherwise by the outcome. */
function EndCall(props: {
  number: string;
  connectedAt?: number;
  /** That it was answered is on its way: the outcome is not known before. */
  connecting: boolean;
  ended: () => Promise<void>;
}) {
  const { number, connectedAt } = props;
  const words = useWords();
  const api = useApi();
  const now = useNow();
  const [chosen, setChosen] = useState<CallOutcome>();
  const [transferredTo, setTransferredTo] = useState('');
  const outcome = chosen ?? (connectedAt === undefined ? 'no_answer' : 'connected');
  const seconds =
    connectedAt === undefined ? 0 : Math.min(14_400, Math.max(0, Math.round((now - connectedAt) / 1000)));
  const end = useAction(
    () =>
      api.call(routes.endCall, {
        parts: { number },
        body: { outcome, seconds, ...(transferredTo === '' ? {} : { transferredTo }) },
      }),
    props.ended,
  );
  return (
    <SpaceBetween size="s">
      <Choice
        label={words.call.outcome}
        value={outcome}
        options={outcomes}
        name={(one) => words.call.outcomes[one]}
        set={setChosen}
      />
      <FormField label={words.call.transferred}>
        <Input
          value={transferredTo}
          inputMode="tel"
          onChange={({ detail }) => setTransferredTo(detail.value.replace(/[^+0-9 ()#*-]/g, '').slice(0, 24))}
        />
      </FormField>
      {end.problem !== undefined && <Refused problem={end.problem} />}
      <Button disabled={props.connecting} loading={end.busy} onClick={() => void end.run()}>
        {words.call.end} <span className="digits">({words.call.length(countdown(seconds * 1000))})</span>
      </Button>
    </SpaceBetween>
  );
}

import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { countdown, minute } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import type { Answer } from '../shared/route.ts';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useNow } from '../shared/use-now.ts';
import type { CallOutcome, DialWay } from './answers.ts';
import { CallState, LastCall } from './call-state.tsx';
import { Choice } from './choice.tsx';
import { isOver } from './own-call.ts';
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

/**
 * Announced before the phone rings, so that the customer can check who calls; then how it went (D10). Where the contact
 * centre dials, it tells by itself how the call stands and that it is over.
 */
export function CallPanel(props: WorkProps) {
  const { whole, me, changed } = props;
  const { phoneConsent } = whole.ticket;
  const words = useWords();
  const api = useApi();
  const parts = { number: whole.ticket.number };
  const [announced, setAnnounced] = useState<Announced>();
  const [connectedAt, setConnectedAt] = useState<number>();
  const announce = useAction(
    (dial: DialWay) => api.call(routes.announceCall, { parts, body: { dial } }),
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
  const mine = announced !== undefined && !isOver(announced.ticket.call, whole) ? announced : undefined;
  const call = mine?.ticket.call ?? standing(props);
  const byCentre = call?.dial === 'contact_centre';
  const told = whole.ticket.call?.connectedAt;
  return (
    <Container header={<Header variant="h2">{words.call.heading}</Header>}>
      <SpaceBetween size="s">
        <Box color={phoneConsent === true ? 'text-status-success' : 'text-body-secondary'}>
          {phoneConsent === true ? words.call.consent : words.call.noConsent}
        </Box>
        {announce.problem !== undefined && <Refused problem={announce.problem} />}
        {call === undefined && mine === undefined ? (
          <>
            <LastCall whole={whole} />
            <Ways ways={me.dial} busy={announce.busy} announce={announce.run} />
          </>
        ) : (
          <SpaceBetween size="s">
            {byCentre && <CallState whole={whole} />}
            {mine !== undefined && <CheckCode announced={mine} />}
            {connect.problem !== undefined && <Refused problem={connect.problem} />}
            {!byCentre && connectedAt === undefined && (
              <Button loading={connect.busy} onClick={() => void connect.run()}>
                {words.call.connected}
              </Button>
            )}
            <EndCall
              number={whole.ticket.number}
              connectedAt={told === undefined ? connectedAt : Date.parse(told)}
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

/** A call of one's own that stands since before the page was loaded: its code was shown then. */
function standing({ whole: { ticket }, me }: WorkProps) {
  const { call } = ticket;
  return call?.agentId === me.id && Date.parse(call.until) > Date.now() ? call : undefined;
}

/** The contact centre dials where it knows the agent; one may always dial oneself. */
function Ways(props: {
  ways: readonly DialWay[];
  busy: boolean;
  announce: (dial: DialWay) => Promise<void>;
}) {
  const { ways, busy, announce } = props;
  const words = useWords();
  if (!ways.includes('contact_centre')) {
    return (
      <Button iconName="call" loading={busy} onClick={() => void announce('by_hand')}>
        {words.call.announce}
      </Button>
    );
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        variant="primary"
        iconName="call"
        loading={busy}
        onClick={() => void announce('contact_centre')}
      >
        {words.call.now}
      </Button>
      <Button disabled={busy} onClick={() => void announce('by_hand')}>
        {words.call.byHand}
      </Button>
    </SpaceBetween>
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
        {words.call.codeHint}
        {words.between}
        {words.call.until(minute(announced.until, time))}
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
        {words.call.end}
        <span className="digits">{words.call.length(countdown(seconds * 1000))}</span>
      </Button>
    </SpaceBetween>
  );
}

import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FileInput from '@cloudscape-design/components/file-input';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type * as routes from '../../../functions/api/evidence-routes.ts';
import type { Problem, Result } from './api.ts';
import { evidenceWords } from './evidence-words.ts';
import { moment } from './format.ts';
import { usePage } from './page.tsx';
import type { Answer, Route } from './route.ts';
import { ACCEPT, type Announced, announce, putFile, type Unfit, type Upload } from './send-file.ts';
import { Empty, Refused } from './states.tsx';
import { useAction } from './use-action.ts';

export type Evidence = Answer<Route<typeof routes.listEvidence>>['evidence'][number];
type Link = { readonly url: string };

const look: Readonly<Record<Evidence['state'], StatusIndicatorProps.Type>> = {
  requested: 'pending',
  uploaded: 'in-progress',
  clean: 'success',
  refused: 'error',
  expired: 'stopped',
};

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Papers and screenshots with what became of each, and a way to have those that may be read. */
export function EvidenceList(props: {
  readonly evidence: readonly Evidence[];
  /** Says who added each. */
  readonly atDesk?: boolean;
  readonly fetch: (evidenceId: string) => Promise<Result<Link>>;
}) {
  const { language } = usePage();
  const words = evidenceWords(language);
  // What was asked for and let go of is of no interest to anybody but the journal.
  const shown = props.evidence.filter(({ state }) => state !== 'expired');
  if (shown.length === 0) return <Empty title={words.none} />;
  return (
    <ul className="rows" aria-live="polite">
      {shown.map((one) => (
        <EvidenceRow key={one.evidenceId} one={one} {...props} />
      ))}
    </ul>
  );
}

function EvidenceRow({
  one,
  atDesk,
  fetch,
}: {
  readonly one: Evidence;
  readonly atDesk?: boolean;
  readonly fetch: (evidenceId: string) => Promise<Result<Link>>;
}) {
  const { language, time } = usePage();
  const words = evidenceWords(language);
  const save = useAction(
    () => fetch(one.evidenceId),
    ({ url }) => follow(url),
  );
  const who = atDesk === true && one.by === 'customer' ? words.byCustomer : undefined;
  const added = one.by === 'agent' ? words.byAgent : who;
  return (
    <li className="row" data-evidence={one.state}>
      <span>
        <span className="words">{one.name}</span>
        <Box variant="small" display="block">
          {moment(one.receivedAt ?? one.requestedAt, time)} · {sizeOf(one.bytes)}
          {added !== undefined && ` · ${added}`}
        </Box>
        {one.reason !== undefined && (
          <Box variant="small" display="block" color="text-status-error">
            {words.reasons[one.reason]}
          </Box>
        )}
        {save.problem !== undefined && <Refused problem={save.problem} />}
      </span>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <StatusIndicator type={look[one.state]}>{words.states[one.state]}</StatusIndicator>
        {one.state === 'clean' && (
          <Button
            iconName="download"
            variant="inline-link"
            ariaLabel={words.saveNamed(one.name)}
            loading={save.busy}
            onClick={() => void save.run()}
          >
            {words.save}
          </Button>
        )}
      </SpaceBetween>
    </li>
  );
}

/** The answer saves the file and leaves the page where it is. */
function follow(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noopener';
  link.click();
}

type Sending =
  | { readonly step: 'idle'; readonly sent?: boolean }
  | { readonly step: 'unfit'; readonly why: Unfit }
  | { readonly step: 'preparing' | 'failed'; readonly file: File; readonly problem?: Problem }
  | { readonly step: 'sending'; readonly file: File; readonly percent: number };

/** Chooses a file or takes a photo, and sends it; what did not arrive can be sent again without choosing anew. */
export function EvidenceSender({
  ask,
  done,
}: {
  readonly ask: (announced: Announced) => Promise<Result<{ readonly upload: Upload }>>;
  readonly done: () => Promise<void>;
}) {
  const { language } = usePage();
  const words = evidenceWords(language);
  const [sending, setSending] = useState<Sending>({ step: 'idle' });

  async function send(file: File): Promise<void> {
    setSending({ step: 'preparing', file });
    const announced = await announce(file);
    if (typeof announced === 'string') return setSending({ step: 'unfit', why: announced });
    const asked = await ask(announced);
    if (!asked.ok) return setSending({ step: 'failed', file, problem: asked.problem });
    setSending({ step: 'sending', file, percent: 0 });
    const arrived = await putFile(asked.value.upload, file, (percent) =>
      setSending({ step: 'sending', file, percent }),
    );
    setSending(arrived ? { step: 'idle', sent: true } : { step: 'failed', file });
    await done();
  }

  const busy = sending.step === 'preparing' || sending.step === 'sending';
  return (
    <SpaceBetween size="s">
      {sending.step === 'sending' && (
        <ProgressBar value={sending.percent} label={words.sending(sending.file.name)} />
      )}
      {sending.step === 'preparing' && <StatusIndicator type="loading">{words.preparing}</StatusIndicator>}
      {sending.step === 'unfit' && <AlertBox type="error">{words[sending.why]}</AlertBox>}
      {sending.step === 'idle' && sending.sent === true && (
        <span role="status">
          <StatusIndicator type="info">{words.sent}</StatusIndicator>
        </span>
      )}
      {sending.step === 'failed' && (
        <AlertBox
          type="error"
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => void send(sending.file)}>{words.retry}</Button>
              <Button variant="link" onClick={() => setSending({ step: 'idle' })}>
                {words.dismiss}
              </Button>
            </SpaceBetween>
          }
        >
          {sending.problem === undefined ? words.failed : <Refused problem={sending.problem} />}
        </AlertBox>
      )}
      {!busy && (
        <FileInput
          value={[]}
          accept={ACCEPT}
          onChange={({ detail }) => {
            const [file] = detail.value;
            if (file !== undefined) void send(file);
          }}
        >
          {words.add}
        </FileInput>
      )}
      <Box variant="small" color="text-body-secondary">
        {words.hint}
      </Box>
    </SpaceBetween>
  );
}

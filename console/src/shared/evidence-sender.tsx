import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FileInput from '@cloudscape-design/components/file-input';
import FormField from '@cloudscape-design/components/form-field';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { Problem, Result } from './api.ts';
import { type Disputed, purchaseName } from './dispute-history.tsx';
import { evidenceWords } from './evidence-words.ts';
import { usePage } from './page.tsx';
import { ACCEPT, type Announced, announce, putFile, type Unfit, type Upload } from './send-file.ts';
import { ProblemText } from './states.tsx';

type Sending =
  | { readonly step: 'idle'; readonly sent?: boolean }
  | { readonly step: 'unfit'; readonly why: Unfit }
  | { readonly step: 'preparing' | 'failed'; readonly file: File; readonly problem?: Problem }
  | { readonly step: 'sending'; readonly file: File; readonly percent: number };

/** Chooses a file or takes a photo, and sends it; what did not arrive can be sent again without choosing anew. */
export function EvidenceSender({
  disputes,
  checks,
  ask,
  done,
}: {
  readonly disputes: readonly Disputed[];
  /** One that was sent is being checked still: what came of it says the list. */
  readonly checks: boolean;
  readonly ask: (announced: Announced) => Promise<Result<{ readonly upload: Upload }>>;
  readonly done: () => Promise<void>;
}) {
  const { language } = usePage();
  const words = evidenceWords(language);
  const [sending, setSending] = useState<Sending>({ step: 'idle' });
  const [about, setAbout] = useState<string>();

  async function send(file: File): Promise<void> {
    setSending({ step: 'preparing', file });
    const announced = await announce(file);
    if (typeof announced === 'string') return setSending({ step: 'unfit', why: announced });
    const asked = await ask({ ...announced, ...(about === undefined ? {} : { transactionId: about }) });
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
      {sending.step === 'idle' && sending.sent === true && checks && (
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
          {sending.problem === undefined ? words.failed : <ProblemText problem={sending.problem} />}
        </AlertBox>
      )}
      {!busy && disputes.length > 0 && <About disputes={disputes} value={about} set={setAbout} />}
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

/** One paper may be about one purchase of several; most are about the ticket as a whole. */
function About(props: {
  readonly disputes: readonly Disputed[];
  readonly value: string | undefined;
  readonly set: (transactionId: string | undefined) => void;
}) {
  const { language, time } = usePage();
  const words = evidenceWords(language);
  const whole = { value: '', label: words.whole };
  const purchases = props.disputes.map((dispute) => ({
    value: dispute.transactionId,
    label: purchaseName(dispute, time),
  }));
  return (
    <FormField label={words.about} stretch>
      <Select
        selectedOption={purchases.find(({ value }) => value === props.value) ?? whole}
        options={[whole, ...purchases]}
        onChange={({ detail }) => props.set(detail.selectedOption.value || undefined)}
      />
    </FormField>
  );
}

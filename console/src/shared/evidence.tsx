import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type * as routes from '../../../functions/api/evidence-routes.ts';
import type { Result } from './api.ts';
import { type Disputed, purchaseName } from './dispute-history.tsx';
import { evidenceWords } from './evidence-words.ts';
import { moment } from './format.ts';
import { usePage } from './page.tsx';
import type { Answer, Route } from './route.ts';
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
  /** Purchases they may be about. */
  readonly disputes: readonly Disputed[];
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
  disputes,
  fetch,
}: {
  readonly one: Evidence;
  readonly disputes: readonly Disputed[];
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
  const about = disputes.find(({ transactionId }) => transactionId === one.transactionId);
  const added = one.by === 'agent' ? words.byAgent : who;
  return (
    <li className="row" data-evidence={one.state}>
      <span>
        <span className="words">{one.name}</span>
        <Box variant="small" display="block">
          {moment(one.receivedAt ?? one.requestedAt, time)} · {sizeOf(one.bytes)}
          {added !== undefined && ` · ${added}`}
        </Box>
        {about !== undefined && (
          <Box variant="small" display="block">
            {purchaseName(about, time)}
          </Box>
        )}
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

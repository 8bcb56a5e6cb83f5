import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { Component, type ReactNode } from 'react';
import type { Problem } from './api.ts';
import { clock } from './format.ts';
import { usePage } from './page.tsx';
import { problemText } from './problem-words.ts';
import type { Live } from './use-live.ts';

/** Shows what was read; until then that it is being read, or why not; and above it when it is no longer fresh. */
export function Loaded<T>({ live, children }: { live: Live<T>; children: (value: T) => ReactNode }) {
  const { words, time } = usePage();
  const { value, problem, readAt } = live;
  if (value === undefined)
    return problem === undefined ? <Loading /> : <NotRead problem={problem} retry={live.refresh} />;
  return (
    <SpaceBetween size="m">
      {problem !== undefined && (
        <Alert type="warning">
          {problem.name === 'offline' ? words.offline : <ProblemText problem={problem} />}{' '}
          {readAt !== undefined && words.staleAsOf(clock(new Date(readAt).toISOString(), time))}
        </Alert>
      )}
      {children(value)}
    </SpaceBetween>
  );
}

/** Nothing was typed here: it only says that it comes by itself. */
function NotRead({ problem, retry }: { problem: Problem; retry: () => void }) {
  const { words } = usePage();
  // What one may not read, or what is not there, is so the next time too.
  if (problem.name === 'not-permitted' || problem.name === 'not-found') return <Refused problem={problem} />;
  if (problem.name !== 'offline') return <Refused problem={problem} retry={retry} />;
  return (
    <Alert type="error" action={<Button onClick={retry}>{words.retry}</Button>}>
      {words.noConnection}
    </Alert>
  );
}

export function Loading() {
  const { words } = usePage();
  return (
    <Box padding={{ vertical: 'xl' }} textAlign="center" color="text-body-secondary">
      <span role="status">
        <Spinner /> {words.loading}
      </span>
    </Box>
  );
}

export function ProblemText({ problem }: { problem: Problem }) {
  const { language } = usePage();
  return <>{problemText(problem, language)}</>;
}

export function Refused({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { words } = usePage();
  return (
    <Alert
      type="error"
      action={retry === undefined ? undefined : <Button onClick={retry}>{words.retry}</Button>}
    >
      <ProblemText problem={problem} />
    </Alert>
  );
}

export function Empty({ title, hint }: { title: string; hint?: string }) {
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }} color="text-body-secondary">
      <Box variant="strong" color="inherit">
        {title}
      </Box>
      {hint !== undefined && <Box color="inherit">{hint}</Box>}
    </Box>
  );
}

/** A fault of the page itself leaves words and a way on, never a white screen. */
export class Fallback extends Component<{
  children: ReactNode;
  title: string;
  hint: string;
  reload: string;
}> {
  override state: { failed: boolean } = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Box padding="xxl">
        <Alert
          type="error"
          header={this.props.title}
          action={<Button onClick={() => location.reload()}>{this.props.reload}</Button>}
        >
          {this.props.hint}
        </Alert>
      </Box>
    );
  }
}

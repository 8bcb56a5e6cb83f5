import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Whole } from './answers.ts';
import { scriptOf } from './script-steps.ts';
import { useWords } from './words.ts';

/** What is still to be asked, and what nobody is to be asked again (D4, D8). */
export function Script({ whole }: { whole: Whole }) {
  const words = useWords();
  const { ask, known } = scriptOf(whole);
  const text = (step: ReturnType<typeof scriptOf>['known'][number]): string => {
    switch (step.kind) {
      case 'which':
        return words.script.which.known(step.count);
      case 'wanted':
        return words.script.wanted.known(words.script.wanted_[step.wanted]);
      default:
        return words.script[step.kind].known;
    }
  };
  return (
    <Container header={<Header variant="h2">{words.script.heading}</Header>}>
      <SpaceBetween size="s">
        {ask.length === 0 && <Box>{words.script.nothing}</Box>}
        <ol className="plain">
          {ask.map((kind) => (
            <li key={kind}>{words.script[kind].ask}</li>
          ))}
        </ol>
        {known.map((step) => (
          <StatusIndicator key={step.kind} type="success">
            {text(step)}
          </StatusIndicator>
        ))}
        <Box color="text-status-warning">{words.script.never}</Box>
      </SpaceBetween>
    </Container>
  );
}

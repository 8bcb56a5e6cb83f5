import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Result } from '../shared/api.ts';
import { useApi } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import type { RuleSet, Rules } from './answers.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

interface Step {
  readonly label: string;
  readonly act: (reason: string) => Promise<Result<unknown>>;
  readonly primary?: boolean;
}

/** What may be done with one version; each step takes a reason, and some a second person. */
export function RuleSetActions(props: {
  ruleSet: RuleSet;
  force?: Rules;
  groups: readonly string[];
  changed: () => Promise<void>;
}) {
  const { ruleSet, changed } = props;
  const words = useWords();
  const [reason, setReason] = useDraft(`rules.${ruleSet.version}`);
  const steps = useSteps(props);
  const run = useAction(
    (step: Step) => step.act(reason.trim()),
    async () => {
      setReason('');
      await changed();
    },
  );
  const { proposal } = ruleSet;
  return (
    <Container header={<Header variant="h2">{ruleSet.version}</Header>}>
      <SpaceBetween size="s">
        {proposal !== undefined && (
          <Box>
            {words.rules.waitsFor(words.rules.states[proposal.to] ?? proposal.to, proposal.by.name)}
            {words.colon}
            {proposal.reason}
          </Box>
        )}
        {steps.length > 0 && (
          <FormField label={words.rules.why} stretch>
            <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} />
          </FormField>
        )}
        {run.problem !== undefined && <Refused problem={run.problem} />}
        <SpaceBetween direction="horizontal" size="xs">
          {steps.map((step) => (
            <Button
              key={step.label}
              variant={step.primary === true ? 'primary' : 'normal'}
              disabled={reason.trim().length < 3}
              loading={run.busy}
              onClick={() => void run.run(step)}
            >
              {step.label}
            </Button>
          ))}
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

function useSteps(props: { ruleSet: RuleSet; force?: Rules; groups: readonly string[] }): readonly Step[] {
  const { ruleSet, force, groups } = props;
  const words = useWords();
  const api = useApi();
  const { version, state, proposal } = ruleSet;
  const parts = { version };
  const isAnalyst = groups.includes('rules-analyst');
  const isSupervisor = groups.includes('rules-supervisor');
  if (!isAnalyst && !isSupervisor) return [];
  const asksOnly = force?.alertOnly.some((one) => one.version === version) === true;
  const steps: (Step | false)[] = [
    proposal !== undefined && {
      label: words.rules.approve,
      primary: true,
      act: (reason) => api.call(routes.approveRuleSet, { parts, body: { reason } }),
    },
    isAnalyst &&
      state === 'draft' && {
        label: words.rules.toShadow,
        act: (reason) => api.call(routes.moveRuleSet, { parts, body: { to: 'shadow', reason } }),
      },
    isAnalyst &&
      proposal === undefined &&
      (state === 'shadow' || state === 'share') && {
        label: words.rules.toLive,
        act: (reason) => api.call(routes.proposeRuleSet, { parts, body: { to: 'live', reason } }),
      },
    isAnalyst &&
      ['draft', 'shadow', 'share'].includes(state) && {
        label: words.rules.retire,
        act: (reason) => api.call(routes.moveRuleSet, { parts, body: { to: 'retired', reason } }),
      },
    isSupervisor &&
      state === 'live' && {
        label: words.rules.rollBack,
        act: (reason) => api.call(routes.rollBackRules, { body: { live: version, reason } }),
      },
    isSupervisor &&
      (state === 'live' || state === 'share') && {
        label: asksOnly ? words.rules.switchOff : words.rules.switchOn,
        act: (reason) => api.call(routes.switchAlertOnly, { parts, body: { on: !asksOnly, reason } }),
      },
  ];
  return steps.filter((step) => step !== false);
}

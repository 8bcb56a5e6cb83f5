import AlertBox from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { useApi } from '../shared/page.tsx';
import type { Answer } from '../shared/route.ts';
import { Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useLive } from '../shared/use-live.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

type Preferences = Answer<typeof routes.readPreferences>;

export function PreferencesPanel() {
  const words = useWords();
  const api = useApi();
  const live = useLive('preferences', (signal) => api.call(routes.readPreferences, { signal }), 15_000);
  return (
    <Container header={<Header variant="h2">{words.me.preferences}</Header>}>
      <Loaded live={live}>{(now) => <PreferencesForm now={now} saved={live.refresh} />}</Loaded>
    </Container>
  );
}

/** What was changed here and not saved yet outlives every update. */
function PreferencesForm({ now, saved }: { now: Preferences; saved: () => Promise<void> }) {
  const words = useWords();
  const api = useApi();
  const [changed, setChanged] = useState<Partial<Preferences>>({});
  const [told, setTold] = useState(false);
  const { texts, calls, quiet } = { ...now, ...changed };
  const change = (next: Partial<Preferences>) => {
    setTold(false);
    setChanged((before) => ({ ...before, ...next }));
  };
  const save = useAction(
    () => api.call(routes.setPreferences, { body: { texts, calls, quiet } }),
    async () => {
      await saved();
      setChanged({});
      setTold(true);
    },
  );
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  const fits = quiet === null || (isTime(quiet.from) && isTime(quiet.to));
  return (
    <SpaceBetween size="m">
      <Toggle checked={texts} onChange={({ detail }) => change({ texts: detail.checked })}>
        {words.me.texts}
      </Toggle>
      <Toggle checked={calls} onChange={({ detail }) => change({ calls: detail.checked })}>
        {words.me.calls}
      </Toggle>
      <Toggle
        checked={quiet !== null}
        onChange={({ detail }) => change({ quiet: detail.checked ? { from: '22:00', to: '07:00' } : null })}
      >
        {words.me.quiet}
      </Toggle>
      {quiet !== null && (
        <SpaceBetween direction="horizontal" size="m">
          <FormField label={words.me.from}>
            <TimeInput
              format="hh:mm"
              placeholder="22:00"
              value={quiet.from}
              onChange={({ detail }) => change({ quiet: { ...quiet, from: detail.value } })}
            />
          </FormField>
          <FormField label={words.me.to}>
            <TimeInput
              format="hh:mm"
              placeholder="07:00"
              value={quiet.to}
              onChange={({ detail }) => change({ quiet: { ...quiet, to: detail.value } })}
            />
          </FormField>
        </SpaceBetween>
      )}
      {save.problem !== undefined && <Refused problem={save.problem} />}
      {told && <AlertBox type="success">{words.me.saved}</AlertBox>}
      <Button
        disabled={Object.keys(changed).length === 0 || !fits}
        loading={save.busy}
        onClick={() => void save.run()}
      >
        {words.me.save}
      </Button>
    </SpaceBetween>
  );
}

import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { type FormEvent, useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { useShown } from './live.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Whether whoever calls is the bank: the app proves the caller, never the other way round (D10). */
export function IsItUs() {
  const words = useWords();
  const { language } = usePage();
  const live = useShown('bank');
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h1" description={words.us.intro}>
            {words.us.title}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Loaded live={live}>
            {({ calling, words: verdict }) => (
              <AlertBox type={calling ? 'success' : 'warning'}>
                <strong>{verdict[language]}</strong>
              </AlertBox>
            )}
          </Loaded>
          <CheckCode />
          <Box color="text-body-secondary">{words.us.never}</Box>
        </SpaceBetween>
      </Container>
      <FakeCall />
    </SpaceBetween>
  );
}

function CheckCode() {
  const words = useWords();
  const { language } = usePage();
  const api = useApi();
  const [code, setCode] = useState('');
  const [verdict, setVerdict] = useState<{ genuine: boolean; text: string }>();
  const check = useAction(
    () => api.call(routes.checkBankCode, { body: { code: code.trim() } }),
    (value) => setVerdict({ genuine: value.genuine, text: value.words[language] }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim().length >= 4) void check.run();
  };
  return (
    <form onSubmit={submit}>
      <SpaceBetween size="s">
        <FormField label={words.us.code} description={words.us.codeHint}>
          <Input
            value={code}
            autoComplete={false}
            onChange={({ detail }) => setCode(detail.value.slice(0, 16))}
          />
        </FormField>
        {verdict !== undefined && (
          <AlertBox type={verdict.genuine ? 'success' : 'error'}>{verdict.text}</AlertBox>
        )}
        {check.problem !== undefined && <Refused problem={check.problem} />}
        <Button formAction="submit" loading={check.busy} disabled={code.trim().length < 4}>
          {words.us.check}
        </Button>
      </SpaceBetween>
    </form>
  );
}

function FakeCall() {
  const words = useWords();
  const { language } = usePage();
  const api = useApi();
  const [number, setNumber] = useDraft('fake-call.number');
  const [text, setText] = useDraft('fake-call.text');
  const [told, setTold] = useState<string>();
  const report = useAction(
    () =>
      api.call(routes.reportFakeCall, {
        body: {
          ...(text.trim() === '' ? {} : { text: text.trim() }),
          ...(number.trim() === '' ? {} : { number: number.trim() }),
        },
      }),
    (value) => {
      setTold(value.words[language]);
      setNumber('');
      setText('');
    },
  );
  return (
    <Container header={<Header variant="h2">{words.us.report}</Header>}>
      <SpaceBetween size="s">
        <FormField label={words.us.number} description={words.us.numberHint}>
          <Input
            value={number}
            inputMode="tel"
            onChange={({ detail }) => setNumber(detail.value.slice(0, 24))}
          />
        </FormField>
        <FormField label={words.us.text} stretch>
          <Textarea value={text} rows={3} onChange={({ detail }) => setText(detail.value.slice(0, 1_000))} />
        </FormField>
        {told !== undefined && <AlertBox type="success">{told}</AlertBox>}
        {report.problem !== undefined && <Refused problem={report.problem} />}
        <Button loading={report.busy} onClick={() => void report.run()}>
          {words.us.submit}
        </Button>
      </SpaceBetween>
    </Container>
  );
}

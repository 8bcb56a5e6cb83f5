import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { clock } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Empty } from '../shared/states.tsx';
import { handleCall, type Person, readCalls, readPhones, readTexts, reply, type Text } from './client.ts';
import { usePoll } from './use-poll.ts';
import { localWords } from './words.ts';

/** A phone as a person holds it: what came, and what they text back. */
export function PhonePanel({ person }: { person?: Person }) {
  const { language } = usePage();
  const words = localWords[language];
  const [chosen, setChosen] = useState<string>();
  const phones = usePoll('phones', readPhones).value?.phones ?? [];
  const number = chosen ?? person?.phone ?? phones[0]?.number;
  const label = (one: string) => {
    const people = phones.find((phone) => phone.number === one)?.people.join(', ');
    return people === undefined || people === '' ? one : `${one} · ${people}`;
  };
  return (
    <SpaceBetween size="s">
      <FormField label={words.whose}>
        <Select
          selectedOption={number === undefined ? null : { value: number, label: label(number) }}
          options={phones.map((phone) => ({ value: phone.number, label: label(phone.number) }))}
          onChange={({ detail }) => setChosen(detail.selectedOption.value)}
          empty={words.none}
        />
      </FormField>
      {number !== undefined && <Incoming number={number} />}
      {number === undefined ? <Empty title={words.none} /> : <Talk key={number} number={number} />}
    </SpaceBetween>
  );
}

/** A call of the bank's at this phone: it rings, is picked up or declined. */
function Incoming({ number }: { number: string }) {
  const { language } = usePage();
  const words = localWords[language];
  const live = usePoll('calls', readCalls);
  const call = live.value?.calls.findLast((one) => one.number === number);
  if (call === undefined) return null;
  const act = async (what: Parameters<typeof handleCall>[1]) => {
    await handleCall(call.contactId, what);
    await live.refresh();
  };
  const rings = call.state === 'ringing';
  const state = rings ? words.rings : call.state === 'connected' ? words.talking : words.waiting;
  return (
    <Alert type={rings ? 'info' : 'success'} header={state}>
      <SpaceBetween size="xs">
        {call.heard.map((said) => (
          <Box key={said}>☎ {said}</Box>
        ))}
        <SpaceBetween direction="horizontal" size="xs">
          {rings && (
            <Button variant="primary" onClick={() => void act('pick-up')}>
              {words.pickUp}
            </Button>
          )}
          <Button onClick={() => void act(rings ? 'decline' : 'hang-up')}>
            {rings ? words.decline : words.hangUp}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Alert>
  );
}

function Talk({ number }: { number: string }) {
  const { language, time } = usePage();
  const words = localWords[language];
  const [text, setText] = useState('');
  const live = usePoll(number, () => readTexts(number));
  const messages: readonly Text[] = live.value?.messages ?? [];
  const end = useRef<HTMLOListElement>(null);
  const count = messages.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [count]);
  const send = async (said: string) => {
    const trimmed = said.trim();
    if (trimmed === '') return;
    const told = await reply(number, trimmed);
    if (told.ok) setText('');
    await live.refresh();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(text);
  };
  const quick = language === 'en' ? ['1', '2', 'STATUS', 'STOP'] : ['1', '2', '进度', '退订'];
  return (
    <SpaceBetween size="s">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol className="phone" ref={end} tabIndex={0} aria-label={words.phone} aria-live="polite">
        {count === 0 && (
          <li>
            <Empty title={words.noTexts} />
          </li>
        )}
        {messages.map(({ at, text: words_, direction }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts have no id, and the list only grows
          <li key={index} className={`sms ${direction}`}>
            <div className="words">{words_}</div>
            <Box variant="small" color="inherit">
              {clock(at, time)}
            </Box>
          </li>
        ))}
      </ol>
      <SpaceBetween direction="horizontal" size="xs">
        {quick.map((said) => (
          <Button key={said} onClick={() => void send(said)}>
            {said}
          </Button>
        ))}
      </SpaceBetween>
      <form onSubmit={submit}>
        <SpaceBetween size="xs">
          <FormField label={words.write}>
            <Input value={text} onChange={({ detail }) => setText(detail.value.slice(0, 1_600))} />
          </FormField>
          <Button formAction="submit" disabled={text.trim() === ''}>
            {words.send}
          </Button>
        </SpaceBetween>
      </form>
    </SpaceBetween>
  );
}

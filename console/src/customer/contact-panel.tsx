import AlertBox from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { useLive } from '../shared/use-live.ts';
import { Proof } from './proof.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

export function ContactPanel({ cardToken }: { cardToken?: string }) {
  const words = useWords();
  const api = useApi();
  const [changing, setChanging] = useState(false);
  const [told, setTold] = useState(false);
  const live = useLive('contact', (signal) => api.call(routes.readContact, { signal }), 15_000);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            cardToken !== undefined &&
            !changing && <Button onClick={() => setChanging(true)}>{words.me.change}</Button>
          }
        >
          {words.me.contact}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Loaded live={live}>
          {(contact) => (
            <KeyValuePairs
              columns={4}
              items={[
                { label: words.me.name, value: contact.name },
                {
                  label: words.me.phone,
                  value: contact.phone ?? words.me.noPhone,
                },
                { label: words.me.email, value: contact.email ?? words.me.noEmail },
                { label: words.me.language, value: words.me.languages[contact.language] },
              ]}
            />
          )}
        </Loaded>
        {told && <AlertBox type="success">{words.me.changeDone}</AlertBox>}
        {changing && cardToken !== undefined && (
          <ChangeContact
            cardToken={cardToken}
            ended={(done) => {
              setChanging(false);
              setTold(done);
            }}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

function ChangeContact({ cardToken, ended }: { cardToken: string; ended: (done: boolean) => void }) {
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const [phone, setPhone] = useDraft('contact.phone');
  const [email, setEmail] = useDraft('contact.email');
  const change = useAction(
    (verificationId: string) =>
      api.call(routes.requestContactChange, {
        body: {
          verificationId,
          ...(phone === '' ? {} : { phone: phone.replace(/[^+\d]/g, '') }),
          ...(email === '' ? {} : { email: email.trim() }),
        },
      }),
    () => {
      setPhone('');
      setEmail('');
      ended(true);
    },
  );
  return (
    <SpaceBetween size="m">
      <FormField label={words.me.newPhone}>
        <Input
          value={phone}
          inputMode="tel"
          placeholder="+86…"
          onChange={({ detail }) => setPhone(detail.value)}
        />
      </FormField>
      <FormField label={words.me.newEmail}>
        <Input value={email} inputMode="email" onChange={({ detail }) => setEmail(detail.value)} />
      </FormField>
      <Proof
        action="change_contact"
        cardToken={cardToken}
        passed={({ verificationId }) => (
          <SpaceBetween size="s">
            {change.problem !== undefined && <Refused problem={change.problem} />}
            <Button
              variant="primary"
              disabled={phone === '' && email === ''}
              loading={change.busy}
              onClick={() => void change.run(verificationId)}
            >
              {words.me.change}
            </Button>
          </SpaceBetween>
        )}
      />
      <Button onClick={() => ended(false)}>{shared.cancel}</Button>
    </SpaceBetween>
  );
}

import AlertBox from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import type { Result } from '../shared/api.ts';
import { useApi } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import type { Verification } from './answers.ts';
import { askPasskey, hasPasskeys } from './passkeys.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

interface FactorProps {
  readonly verification: Verification;
  readonly took: (verification: Verification) => Promise<void>;
}

/** Eight digits and a button; the digits are never kept, not even as a draft. */
export function CodeForm(props: {
  label: string;
  description?: string;
  submit: (code: string) => Promise<Result<unknown>>;
}) {
  const words = useWords();
  const [code, setCode] = useState('');
  const [touched, setTouched] = useState(false);
  const fits = /^\d{8}$/.test(code);
  const check = useAction(
    () => props.submit(code),
    () => setCode(''),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (fits) void check.run();
  };
  return (
    <form onSubmit={submit}>
      <SpaceBetween size="s">
        <FormField
          label={props.label}
          description={props.description}
          errorText={touched && !fits && code !== '' ? words.verify.eight : undefined}
        >
          <Input
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={({ detail }) => setCode(detail.value.normalize('NFKC').replace(/\D/g, '').slice(0, 8))}
          />
        </FormField>
        {check.problem !== undefined && <Refused problem={check.problem} />}
        <Button formAction="submit" loading={check.busy} disabled={!fits}>
          {words.verify.check}
        </Button>
      </SpaceBetween>
    </form>
  );
}

export function SmsFactor({ verification, took }: FactorProps) {
  const words = useWords();
  const api = useApi();
  const parts = { verificationId: verification.verificationId };
  const [sent, setSent] = useState(false);
  const send = useAction(
    () => api.call(routes.sendCode, { parts }),
    async (next) => {
      setSent(true);
      await took(next);
    },
  );
  return (
    <Container header={<Header variant="h3">{words.verify.kinds.sim}</Header>}>
      <SpaceBetween size="s">
        {sent && <AlertBox type="success">{words.verify.sent}</AlertBox>}
        {send.problem !== undefined && <Refused problem={send.problem} />}
        <Button loading={send.busy} onClick={() => void send.run()}>
          {sent ? words.verify.sendAgain : words.verify.sendCode}
        </Button>
        {sent && (
          <CodeForm
            label={words.verify.code}
            description={words.verify.notBySms}
            submit={async (code) => {
              const result = await api.call(routes.checkCode, { parts, body: { code } });
              if (result.ok) await took(result.value);
              return result;
            }}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

export function TotpFactor({ verification, took }: FactorProps) {
  const words = useWords();
  const api = useApi();
  const parts = { verificationId: verification.verificationId };
  return (
    <Container header={<Header variant="h3">{words.verify.kinds.totp}</Header>}>
      <CodeForm
        label={words.verify.totpCode}
        submit={async (code) => {
          const result = await api.call(routes.checkTotp, { parts, body: { code } });
          if (result.ok) await took(result.value);
          return result;
        }}
      />
    </Container>
  );
}

export function PasskeyFactor({ verification, took }: FactorProps) {
  const words = useWords();
  const api = useApi();
  const parts = { verificationId: verification.verificationId };
  const [turnedAway, setTurnedAway] = useState(false);
  const prove = useAction(async (): Promise<Result<unknown>> => {
    setTurnedAway(false);
    const asked = await api.call(routes.askDevice, { parts });
    if (!asked.ok) return asked;
    const response = await askPasskey(asked.value.publicKey);
    if (response === undefined) {
      setTurnedAway(true);
      return { ok: true, value: undefined };
    }
    const proven = await api.call(routes.proveDevice, { parts, body: { response } });
    if (proven.ok) await took(proven.value);
    return proven;
  });
  if (!hasPasskeys()) return null;
  return (
    <Container header={<Header variant="h3">{words.verify.kinds.device}</Header>}>
      <SpaceBetween size="s">
        {turnedAway && <AlertBox type="info">{words.verify.passkeyFailed}</AlertBox>}
        {prove.problem !== undefined && <Refused problem={prove.problem} />}
        <Button loading={prove.busy} iconName="key" onClick={() => void prove.run()}>
          {words.verify.usePasskey}
        </Button>
      </SpaceBetween>
    </Container>
  );
}

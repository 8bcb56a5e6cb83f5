import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import qrcode from 'qrcode-generator';
import { useMemo, useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { Proof } from './proof.tsx';
import { CodeForm } from './proof-factors.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

export function TotpPanel({ cardToken }: { cardToken?: string }) {
  const words = useWords();
  const { words: shared } = usePage();
  const [setting, setSetting] = useState(false);
  const [done, setDone] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.me.totpText}
          actions={
            cardToken !== undefined &&
            !setting && <Button onClick={() => setSetting(true)}>{words.me.setUpTotp}</Button>
          }
        >
          {words.me.totp}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {done && <AlertBox type="success">{words.me.added}</AlertBox>}
        {setting && cardToken !== undefined && (
          <SpaceBetween size="m">
            <Proof
              action="enrol_totp"
              cardToken={cardToken}
              passed={({ verificationId }) => (
                <Offer
                  verificationId={verificationId}
                  enrolled={() => {
                    setSetting(false);
                    setDone(true);
                  }}
                />
              )}
            />
            <Button onClick={() => setSetting(false)}>{shared.cancel}</Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}

/** The secret is shown this once, as a picture and as letters. */
function Offer({ verificationId, enrolled }: { verificationId: string; enrolled: () => void }) {
  const words = useWords();
  const api = useApi();
  const [uri, setUri] = useState<string>();
  const offer = useAction(
    () => api.call(routes.offerTotp, { body: { verificationId } }),
    (value) => setUri(value.uri),
  );
  if (uri === undefined)
    return (
      <SpaceBetween size="s">
        {offer.problem !== undefined && <Refused problem={offer.problem} />}
        <Button variant="primary" loading={offer.busy} onClick={() => void offer.run()}>
          {words.me.setUpTotp}
        </Button>
      </SpaceBetween>
    );
  return (
    <SpaceBetween size="m">
      <Box>{words.me.scan}</Box>
      <Qr text={uri} label={words.me.scan} />
      <Box>
        {words.me.secret}: <code className="words">{new URL(uri).searchParams.get('secret')}</code>
      </Box>
      <CodeForm
        label={words.verify.totpCode}
        submit={async (code) => {
          const result = await api.call(routes.confirmTotp, { body: { verificationId, code } });
          if (result.ok) enrolled();
          return result;
        }}
      />
    </SpaceBetween>
  );
}

function Qr({ text, label }: { text: string; label: string }) {
  const path = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    const side = code.getModuleCount();
    const cells: string[] = [];
    for (let y = 0; y < side; y += 1)
      for (let x = 0; x < side; x += 1) if (code.isDark(y, x)) cells.push(`M${x + 2} ${y + 2}h1v1h-1z`);
    return { side: side + 4, d: cells.join('') };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${path.side} ${path.side}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path.d} fill="#000" />
    </svg>
  );
}

import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Result } from '../shared/api.ts';
import { day, moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useLive } from '../shared/use-live.ts';
import { hasPasskeys, makePasskey } from './passkeys.ts';
import { Proof } from './proof.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

export function DevicesPanel({ cardToken }: { cardToken?: string }) {
  const words = useWords();
  const { time, words: shared } = usePage();
  const api = useApi();
  const [adding, setAdding] = useState(false);
  const live = useLive('devices', (signal) => api.call(routes.listDevices, { signal }), 15_000);
  const [removing, setRemoving] = useState<{ deviceId: string; name: string }>();
  const remove = useAction(
    (deviceId: string) => api.call(routes.removeDevice, { parts: { deviceId } }),
    async () => {
      setRemoving(undefined);
      await live.refresh();
    },
  );
  const canAdd = cardToken !== undefined && hasPasskeys() && !adding;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.me.noDevicesHint}
          actions={canAdd && <Button onClick={() => setAdding(true)}>{words.me.addDevice}</Button>}
        >
          {words.me.devices}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Loaded live={live}>
          {({ devices }) =>
            devices.length === 0 ? (
              <Empty title={words.me.noDevices} />
            ) : (
              <ul className="rows">
                {devices.map((device) => (
                  <li key={device.deviceId} className="row">
                    <div className="words">
                      <Box variant="strong">{device.name}</Box>
                      <Box variant="small" display="block">
                        {words.me.enrolled(day(device.enrolledAt, time))}
                        {device.lastUsedAt !== undefined &&
                          ` · ${words.me.used(moment(device.lastUsedAt, time))}`}
                      </Box>
                    </div>
                    <Button
                      ariaLabel={`${words.me.remove}: ${device.name}`}
                      onClick={() => {
                        remove.clear();
                        setRemoving(device);
                      }}
                    >
                      {words.me.remove}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        {adding && cardToken !== undefined && (
          <AddDevice
            cardToken={cardToken}
            ended={async () => {
              setAdding(false);
              await live.refresh();
            }}
          />
        )}
        <Modal
          visible={removing !== undefined}
          onDismiss={() => remove.busy || setRemoving(undefined)}
          header={words.me.removeTitle(removing?.name ?? '')}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" disabled={remove.busy} onClick={() => setRemoving(undefined)}>
                  {shared.cancel}
                </Button>
                <Button
                  variant="primary"
                  loading={remove.busy}
                  onClick={() => removing && void remove.run(removing.deviceId)}
                >
                  {words.me.remove}
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="s">
            <Box>{words.me.removeText}</Box>
            {remove.problem !== undefined && <Refused problem={remove.problem} />}
          </SpaceBetween>
        </Modal>
      </SpaceBetween>
    </Container>
  );
}

function AddDevice({ cardToken, ended }: { cardToken: string; ended: () => Promise<void> }) {
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const [name, setName] = useState('');
  const [turnedAway, setTurnedAway] = useState(false);
  const enrol = useAction(async (verificationId: string): Promise<Result<unknown>> => {
    const asked = await api.call(routes.askEnrolment, { body: { verificationId } });
    if (!asked.ok) return asked;
    const response = await makePasskey(asked.value.publicKey);
    setTurnedAway(response === undefined);
    if (response === undefined) return { ok: true, value: undefined };
    const enrolled = await api.call(routes.enrolDevice, {
      body: { verificationId, name: name.trim(), response },
    });
    if (enrolled.ok) await ended();
    return enrolled;
  });
  return (
    <SpaceBetween size="m">
      <FormField label={words.me.deviceName}>
        <Input value={name} onChange={({ detail }) => setName(detail.value.slice(0, 64))} />
      </FormField>
      <Proof
        action="enrol_device"
        cardToken={cardToken}
        passed={({ verificationId }) => (
          <SpaceBetween size="s">
            {turnedAway && <AlertBox type="info">{words.verify.passkeyFailed}</AlertBox>}
            {enrol.problem !== undefined && <Refused problem={enrol.problem} />}
            <Button
              variant="primary"
              disabled={name.trim() === ''}
              loading={enrol.busy}
              onClick={() => void enrol.run(verificationId)}
            >
              {words.me.addDevice}
            </Button>
          </SpaceBetween>
        )}
      />
      <Button onClick={() => void ended()}>{shared.cancel}</Button>
    </SpaceBetween>
  );
}

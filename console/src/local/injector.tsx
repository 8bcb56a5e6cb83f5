import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePage } from '../shared/page.tsx';
import { inject, type People, type Screened } from './client.ts';
import { localWords } from './words.ts';

const CURRENCIES = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'SGD', 'JPY', 'THB'];
const ENTRY_MODES = ['chip', 'contactless', 'magstripe', 'manual', 'ecommerce', 'moto', 'wallet'];

interface Purchase {
  readonly card: string;
  readonly amount: string;
  readonly currency: string;
  readonly merchant: string;
  readonly country: string;
  readonly mcc: string;
  readonly entryMode: string;
  readonly deviceId: string;
}

const presets = {
  stolen: {
    amount: '1299',
    currency: 'USD',
    merchant: 'SNEAKER VAULT NYC',
    country: 'US',
    mcc: '5661',
    entryMode: 'ecommerce',
    deviceId: 'browser-d0c5',
  },
  large: {
    amount: '2600',
    currency: 'CNY',
    merchant: '苏宁易购',
    country: 'CN',
    mcc: '5732',
    entryMode: 'ecommerce',
    deviceId: 'browser-61fe',
  },
  ordinary: {
    amount: '46.50',
    currency: 'CNY',
    merchant: 'WAGAS JINGAN',
    country: 'CN',
    mcc: '5812',
    entryMode: 'contactless',
    deviceId: '',
  },
} as const satisfies Readonly<Record<string, Omit<Purchase, 'card'>>>;

/** Plays the bank: a purchase goes on the bus, and what screening made of it comes back. */
export function Injector({ people, name }: { people: People; name?: string }) {
  const { language } = usePage();
  const words = localWords[language];
  const own = people.cards.find((card) => card.name === name) ?? people.cards[0];
  const [purchase, setPurchase] = useState<Purchase>({ card: own?.lastFour ?? '', ...presets.stolen });
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ ok: true; value: Screened } | { ok: false; message: string }>();
  const set = (change: Partial<Purchase>) => setPurchase((before) => ({ ...before, ...change }));
  const send = async () => {
    setBusy(true);
    const { deviceId, ...rest } = purchase;
    setTold(await inject({ ...rest, ...(deviceId === '' ? {} : { deviceId }) }));
    setBusy(false);
  };
  const label = (lastFour: string) =>
    `${lastFour} ${people.cards.find((card) => card.lastFour === lastFour)?.name ?? ''}`;
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="xs">
        {(['stolen', 'large', 'ordinary'] as const).map((preset) => (
          <Button key={preset} onClick={() => set(presets[preset])}>
            {words[preset]}
          </Button>
        ))}
      </SpaceBetween>
      <FormField label={words.card}>
        <Select
          selectedOption={{ value: purchase.card, label: label(purchase.card) }}
          options={people.cards.map(({ lastFour }) => ({ value: lastFour, label: label(lastFour) }))}
          onChange={({ detail }) => set({ card: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      <div className="pair">
        <TextField label={words.amount} value={purchase.amount} set={(amount) => set({ amount })} />
        <Choice
          label={words.currency}
          value={purchase.currency}
          options={CURRENCIES}
          set={(currency) => set({ currency })}
        />
      </div>
      <TextField label={words.merchant} value={purchase.merchant} set={(merchant) => set({ merchant })} />
      <div className="pair">
        <TextField label={words.country} value={purchase.country} set={(country) => set({ country })} />
        <TextField label={words.mcc} value={purchase.mcc} set={(mcc) => set({ mcc })} />
      </div>
      <div className="pair">
        <Choice
          label={words.entryMode}
          value={purchase.entryMode}
          options={ENTRY_MODES}
          set={(entryMode) => set({ entryMode })}
        />
        <TextField label={words.device} value={purchase.deviceId} set={(deviceId) => set({ deviceId })} />
      </div>
      <Button variant="primary" loading={busy} onClick={() => void send()}>
        {words.inject}
      </Button>
      {told !== undefined &&
        (told.ok ? <Outcome screened={told.value} /> : <AlertBox type="error">{told.message}</AlertBox>)}
    </SpaceBetween>
  );
}

function Outcome({ screened }: { screened: Screened }) {
  const { language } = usePage();
  const { outcomes } = localWords[language];
  const { outcome, reasons = [], ticketNumber } = screened;
  return (
    <AlertBox type={outcome === 'freeze' ? 'warning' : 'info'} header={outcomes[outcome ?? 'none']}>
      {ticketNumber !== undefined && <Box>{ticketNumber}</Box>}
      {reasons.join(', ')}
    </AlertBox>
  );
}

function TextField({ label, value, set }: { label: string; value: string; set: (value: string) => void }) {
  return (
    <FormField label={label}>
      <Input value={value} onChange={({ detail }) => set(detail.value)} />
    </FormField>
  );
}

function Choice(props: {
  label: string;
  value: string;
  options: readonly string[];
  set: (value: string) => void;
}) {
  return (
    <FormField label={props.label}>
      <Select
        selectedOption={{ value: props.value, label: props.value }}
        options={props.options.map((value) => ({ value, label: value }))}
        onChange={({ detail }) => props.set(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The sample that ships with the repository: made-up people, four weeks of purchases, one night. */
export const SAMPLE_FOLDER = fileURLToPath(new URL('../../../tools/sample-night', import.meta.url));

const peopleSchema = z.strictObject({
  /** Zone in which the sample's days and nights are told. */
  zone: z.string(),
  /** Last moment of the night, as written in the files. */
  endsAt: z.iso.datetime(),
  issuedAt: z.iso.datetime(),
  billingCurrency: z.string(),
  customers: z.array(
    z.strictObject({
      customerId: z.string(),
      name: z.string(),
      phone: z.string().nullable(),
      email: z.string().optional(),
      language: z.enum(['zh-CN', 'en']),
      /** Their log-in: the token's subject. */
      subject: z.string(),
    }),
  ),
  cards: z.array(
    z.strictObject({
      cardToken: z.string(),
      lastFour: z.string(),
      cardholderId: z.string(),
      accountOwnerId: z.string(),
    }),
  ),
  /** What the people text back: after their n-th text of the night, so many milliseconds later. */
  answers: z.array(
    z.strictObject({
      phone: z.string(),
      onText: z.number().int().min(1),
      afterMs: z.number(),
      text: z.string(),
    }),
  ),
});

const detailSchema = z.record(z.string(), z.unknown());
const lineSchema = z.strictObject({
  'detail-type': z.string(),
  detail: detailSchema,
  /** What screening is to make of it; unset: cleared, or nothing to be judged. Read by tests only. */
  expect: z.enum(['alert', 'freeze', 'repeated', 'quarantine', 'on_ticket']).optional(),
  /** How long the night waits before this event, so that it can be followed. */
  pauseMs: z.number().optional(),
});

export type People = z.output<typeof peopleSchema>;
export type SampleLine = z.output<typeof lineSchema>;

/** An event as the bank puts it on the bus. */
export interface BankEntry {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Sample {
  readonly people: People;
  readonly history: readonly SampleLine[];
  readonly night: readonly SampleLine[];
}

export function readPeople(folder: string = SAMPLE_FOLDER): People {
  return peopleSchema.parse(JSON.parse(readFileSync(join(folder, 'people.json'), 'utf8')));
}

export function readSample(folder: string = SAMPLE_FOLDER): Sample {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const lines = (name: string) =>
    read(name)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => lineSchema.parse(JSON.parse(line)));
  return {
    people: readPeople(folder),
    history: lines('history.jsonl'),
    night: lines('night.jsonl'),
  };
}

/** Fields of bank events that tell a time. */
const TIMES = new Set(['occurredAt', 'postedAt', 'reversedAt', 'issuedAt']);

/** The event with its times moved by so many milliseconds, so that the night ends now. */
export function shifted(line: SampleLine, byMs: number): BankEntry {
  const detail = Object.fromEntries(
    Object.entries(line.detail).map(([name, value]) =>
      TIMES.has(name) && typeof value === 'string'
        ? [name, new Date(Date.parse(value) + byMs).toISOString()]
        : [name, value],
    ),
  );
  return { type: line['detail-type'], detail };
}

/** What the bank says of the people and their cards before anything else. */
export function masterData(people: People, customerIssuer: string): readonly BankEntry[] {
  const { issuedAt, billingCurrency } = people;
  const contacts = people.customers.map(({ subject, ...contact }) => ({
    type: 'CustomerContactChanged',
    detail: {
      schemaVersion: 1,
      sourceVersion: 1,
      occurredAt: issuedAt,
      ...contact,
      identities: [{ issuer: customerIssuer, subject }],
    },
  }));
  const cards = people.cards.map((card) => ({
    type: 'CardIssued',
    detail: { schemaVersion: 1, sourceVersion: 1, issuedAt, billingCurrency, ...card },
  }));
  return [...contacts, ...cards];
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canText } from '../../../functions/notification/phone.ts';
import { compileRuleSet } from '../../../functions/screening/compile-rule-set.ts';
import { decide } from '../../../functions/screening/decide.ts';
import { emptyRisk } from '../../../functions/screening/merchant-risk.ts';
import { applyTransaction, type CardProfile, emptyProfile } from '../../../functions/screening/profile.ts';
import { defaultRuleSet } from '../../../functions/screening/rule-set.default.ts';
import { bodyDigest, decisionKeyPart } from '../../../functions/transaction/digest.ts';
import { parseBankEvent } from '../../../functions/transaction/envelope.ts';
import {
  type BankEntry,
  masterData,
  readPeople,
  readSample,
  SAMPLE_FOLDER,
  shifted,
} from '../../../infra/local/start/sample.ts';
import { SAMPLE_SEED, sampleNight } from '../../../tools/generator/sample-night.ts';
import { bankReaders } from '../../support/bank-readers.ts';

const sample = readSample();
const { people, history, night } = sample;
const end = new Date(people.endsAt);

const read = ({ type, detail }: BankEntry, now = end) =>
  parseBankEvent(JSON.stringify({ source: 'bank.cards', 'detail-type': type, detail }), bankReaders, { now });

describe('the sample night', () => {
  test('is what the generator makes of the people: npx node tools/write-sample-night.ts', () => {
    const made = sampleNight(readPeople(), SAMPLE_SEED);
    for (const [name, lines] of Object.entries(made))
      expect(readFileSync(join(SAMPLE_FOLDER, `${name}.jsonl`), 'utf8'), name).toBe(
        lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      );
  });

  test('every event passes the schemas, but for the faulty one, which is to be kept in quarantine', () => {
    const faulty = [...history, ...night].filter((line) => read(shifted(line, 0)).kind !== 'event');
    expect(faulty.map(({ expect: expected }) => expected)).toEqual(['quarantine']);
    for (const entry of masterData(people, 'http://issuer.example'))
      expect(read(entry), JSON.stringify(entry)).toMatchObject({ kind: 'event' });
  });

  test('is long enough to be an evening and short enough to be watched', () => {
    const authorised = [...history, ...night].filter(
      (line) => line['detail-type'] === 'TransactionAuthorized',
    );
    expect(authorised.length).toBeGreaterThanOrEqual(60);
    const waitsMs = night.reduce((sum, { pauseMs = 0 }) => sum + 150 + pauseMs, 0);
    expect(waitsMs).toBeLessThan(25_000);
  });

  test('nothing happens after its end, and what is suspicious is young enough for a text', () => {
    for (const { detail, expect: expected } of night) {
      const at = Date.parse(String(detail.occurredAt ?? detail.postedAt ?? detail.reversedAt));
      expect(at).toBeLessThanOrEqual(end.getTime());
      if (expected === 'alert' || expected === 'freeze') expect(end.getTime() - at).toBeLessThan(45 * 60_000);
    }
  });

  test('tells the same story at whatever hour it is played', () => {
    const ruleSet = compileRuleSet(defaultRuleSet);
    for (let hours = 0; hours < 24; hours++) {
      const profiles = new Map<string, CardProfile>();
      for (const line of [...history, ...night]) {
        const parsed = read(shifted(line, hours * 3_600_000), new Date(end.getTime() + hours * 3_600_000));
        if (parsed.kind !== 'event' || parsed.event.type !== 'TransactionAuthorized') continue;
        if (line.expect === 'repeated') continue;
        const { detail } = parsed.event;
        const profile = profiles.get(detail.cardToken) ?? emptyProfile();
        const decision = decide({ profile, merchant: emptyRisk(), transaction: detail, ruleSet });
        const story = `${detail.transactionId} ${hours} h later`;
        expect(`${story} ${decision.outcome}`).toBe(`${story} ${line.expect ?? 'clear'}`);
        profiles.set(
          detail.cardToken,
          applyTransaction(profile, detail, {
            idDigest: decisionKeyPart(detail.transactionId),
            bodyDigest: bodyDigest(parsed.event),
            receivedAt: Date.parse(detail.occurredAt),
            outcome: decision.outcome,
            addToRing: false,
          }),
        );
      }
    }
  });

  test('everybody but the one with a landline can be texted, and answers come from known phones', () => {
    const countries = ['US', 'CN', 'HK', 'SG', 'GB'];
    const refused = people.customers.filter(({ phone }) => !canText(phone, countries).ok);
    expect(refused.map(({ customerId }) => customerId)).toEqual(['cust-wang-fang']);
    const phones = people.customers.map(({ phone }) => phone);
    for (const { phone } of people.answers) expect(phones).toContain(phone);
    expect(phones.filter((phone) => phone === '+85251234567')).toHaveLength(2);
  });

  test('every card of the events is one of the sample, held by whom the event says', () => {
    for (const { detail } of [...history, ...night]) {
      const card = people.cards.find(({ cardToken }) => cardToken === detail.cardToken);
      expect(card).toBeDefined();
      if (detail.cardholderId !== undefined)
        expect(detail).toMatchObject({ cardholderId: card?.cardholderId });
    }
  });

  test('moves every time of an event by the same span and nothing else', () => {
    const [line] = history;
    const moved = line && shifted(line, 90_000);
    expect(moved?.detail).toEqual({
      ...line?.detail,
      occurredAt: new Date(Date.parse(String(line?.detail.occurredAt)) + 90_000).toISOString(),
    });
  });
});

import { totpOf } from '../../functions/verification/totp.ts';
import type { Violation } from '../support/rule.ts';
import type { CustomerDevice } from './customer-device.ts';
import type { ProofCalls, Who } from './proof-calls.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const CODE_LASTS_MS = 5 * 60_000;

/** A code as it stood in a text on the phone. */
export interface SeenCode {
  readonly code: string;
  readonly at: number;
}

export type Proofs = ReturnType<typeof createProofs>;

export interface ProofsOptions {
  readonly calls: ProofCalls;
  readonly who: Who;
  /** The customer's, whatever the card. */
  readonly device: CustomerDevice;
  readonly now: () => number;
  readonly note: (line: string) => void;
  /** A request that failed on our side: it is not made again. */
  readonly fault: (error: unknown) => void;
  readonly violations: Violation[];
}

const wrong = (code: string): string => String((Number(code) + 1) % 1e8).padStart(8, '0');

/** What a customer, a thief with a copied device and staff do about one card, and what I7 and I2 say of each answer. */
export function createProofs(options: ProofsOptions) {
  const { calls, device, now, note, who } = options;
  const codes: SeenCode[] = [];
  const accepted = new Set<string>();
  let verificationId = '';
  let alertId = '';
  let released = 0;
  let requests = 0;
  /** Who asked for what takes two people, by subject. */
  const askers = new Map<string, Set<string>>();
  const says = (rule: string, text: string): void =>
    void options.violations.push({ rule, at: verificationId || who.cardToken, says: text });

  /** One request: noted, and given up when it fails. */
  async function does(what: string, ask: () => Promise<string>): Promise<string> {
    try {
      const outcome = await ask();
      note(`${who.cardToken}: ${what}: ${outcome}`);
      return outcome;
    } catch (error) {
      options.fault(error);
      return 'failed';
    }
  }
  const proof = () => ({ ...who, verificationId });

  async function guess(kind: 'sim' | 'totp', code: string, seenAt: number | undefined): Promise<void> {
    const began = now();
    requests += 1;
    const key = `key-${who.cardToken}-${requests}`;
    if ((await does(kind, () => calls.guess({ ...proof(), kind, code, key }))) !== 'passed') return;
    const name = `${kind} ${code}`;
    if (accepted.has(name)) says('I7', `a ${kind} code was accepted twice`);
    accepted.add(name);
    if (kind === 'sim' && seenAt === undefined) says('I7', 'a code that never was sent was accepted');
    if (kind === 'sim' && began > (seenAt ?? 0) + CODE_LASTS_MS + 1_000)
      says('I7', 'a code was accepted late');
  }

  async function answer(challenge: string, count: number): Promise<void> {
    const asked = { ...proof(), challenge, count };
    const before = device.counted();
    if ((await does('device', () => calls.answerDevice(asked))) !== 'passed') return;
    const wrongness = device.accepted(challenge, count, before);
    if (wrongness !== undefined) says('I7', wrongness);
  }

  async function challenged(): Promise<string | undefined> {
    let challenge: string | undefined;
    await does('device asked', async () => {
      challenge = await calls.askDevice(proof());
      return challenge === undefined ? 'nothing' : 'asked';
    });
    if (challenge !== undefined) device.asked(challenge);
    return challenge;
  }

  async function fourEyes(
    subject: string,
    step: 'propose' | 'grant',
    agent: string,
    ask: Ask,
  ): Promise<void> {
    const asked = askers.get(subject) ?? new Set();
    askers.set(subject, asked);
    if (step === 'propose') asked.add(agent);
    const outcome = await does(`${agent}: ${step} ${subject}`, ask);
    const others = [...asked].filter((one) => one !== agent);
    if (outcome === 'granted' && others.length === 0) says('I2', `one person, ${agent}, was enough`);
  }

  const passwordAt = (at: number): string => totpOf(SECRET).generate({ timestamp: at });

  return {
    codes,
    releases: () => released,
    /** What a text with a code shows. */
    read: (text: string): void => {
      const code = /(?<!\d)\d{8}(?!\d)/.exec(text)?.[0];
      if (code !== undefined) codes.push({ code, at: now() });
    },
    enrol: async (): Promise<void> => {
      await does('enrol', async () => {
        await calls.enrolTotp(who.customerId, SECRET);
        return 'enrolled';
      });
    },
    /** Of the card's latest alert that is not settled; a hold of the customer's own needs none. */
    open: async (): Promise<void> => {
      await does('open', async () => {
        const alerts = await calls.alertsOf(who);
        alertId = alerts.findLast(({ isOpen }) => isOpen)?.alertId ?? '';
        const opened = await calls.open({ ...who, ...(alertId === '' ? {} : { alertId }) });
        if (opened.verificationId !== undefined) verificationId = opened.verificationId;
        return opened.outcome;
      });
    },
    order: async (): Promise<void> => void (await does('order', () => calls.order(proof()))),
    rightCode: async (): Promise<void> => {
      const last = codes.at(-1);
      if (last !== undefined) await guess('sim', last.code, last.at);
    },
    firstCode: async (): Promise<void> => {
      const [first] = codes;
      if (first !== undefined) await guess('sim', first.code, first.at);
    },
    wrongCode: (): Promise<void> => guess('sim', wrong(codes.at(-1)?.code ?? '00000000'), undefined),
    password: (): Promise<void> => guess('totp', passwordAt(now()), undefined),
    wrongPassword: (): Promise<void> => guess('totp', wrong(passwordAt(now())), undefined),
    /** The device answers a fresh challenge. */
    device: async (): Promise<void> => {
      const challenge = await challenged();
      if (challenge !== undefined) await answer(challenge, device.next());
    },
    /** Its last answer is sent once more, counted on. */
    deviceAgain: async (): Promise<void> => {
      const last = device.lastAsked();
      if (last !== undefined) await answer(last, device.next());
    },
    /** A copy of the device answers: it has counted no further than the device had when it was copied. */
    copiedDevice: async (): Promise<void> => {
      const challenge = await challenged();
      if (challenge !== undefined) await answer(challenge, device.counted());
    },
    release: async (): Promise<void> => {
      const outcome = await does('release', () => calls.release(proof()));
      if (outcome === 'released') released += 1;
    },
    claim: async (agent: string): Promise<void> =>
      void (await does(`${agent} claims`, () => calls.claim({ ...who, agent }))),
    vouch: (step: 'propose' | 'grant', agent: string): Promise<void> =>
      fourEyes(`vouch ${verificationId}`, step, agent, () => calls.vouch({ ...proof(), agent, step })),
    /** Of the card's latest alert. */
    undo: async (step: 'propose' | 'grant', agent: string): Promise<void> => {
      const latest = (await calls.alertsOf(who)).at(-1)?.alertId;
      if (latest === undefined) return;
      const ask = () => calls.undo({ ...who, alertId: latest, agent, step });
      await fourEyes(`undo ${latest}`, step, agent, ask);
    },
  };
}

type Ask = () => Promise<string>;

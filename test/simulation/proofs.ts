import type { Alert } from '../../functions/alert/alert.ts';
import { createReleaseCard } from '../../functions/alert/release-alert.ts';
import { createCompareCode, createCompareTotp } from '../../functions/verification/compare-code.ts';
import { endVerification } from '../../functions/verification/end-verification.ts';
import { createOpenVerification } from '../../functions/verification/open-verification.ts';
import { createOrderCode } from '../../functions/verification/order-code.ts';
import { readSituation, stillThere } from '../../functions/verification/read-situation.ts';
import { totpOf } from '../../functions/verification/totp.ts';
import { createTryFactor } from '../../functions/verification/try-factor.ts';
import type { Violation } from '../support/rule.ts';
import { phoneKeys } from './phone-book.ts';
import { CASES, type SimulatedWorld } from './world.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const CODE_LASTS_MS = 5 * 60_000;

/** A code as it stood in a text on the phone. */
export interface SeenCode {
  readonly code: string;
  readonly at: number;
}

export type Proofs = ReturnType<typeof createProofs>;

/** The steps by which a customer of the simulated world proves who they are, and what I7 says of each. */
export function createProofs(world: SimulatedWorld, who: { customerId: string; cardToken: string }) {
  const { engine, recorder } = world;
  const rooms = world.rooms('api');
  const codeKeys = async () => phoneKeys;
  let count = 0;
  const next = (): string => {
    count += 1;
    return `${count}`;
  };
  const open = createOpenVerification({ ...rooms, newId: () => `ver-${next()}` });
  const order = createOrderCode(rooms);
  const tryFactor = createTryFactor({
    ...rooms,
    codeKeys,
    compare: {
      sim: createCompareCode({ ...rooms, codeKeys }),
      totp: createCompareTotp({ ...rooms, secretOf: async () => SECRET }),
    },
    newTicketIds: () => ({ ticketId: `locked-${next()}`, number: `FR-LOCKED${next()}` }),
  });
  const release = createReleaseCard({ ...rooms, readSituation, stillThere, endVerification });
  const codes: SeenCode[] = [];
  const accepted = new Map<string, string>();
  const violations: Violation[] = [];
  let verificationId = '';
  let released = 0;

  async function guess(kind: 'sim' | 'totp', code: string, seenAt: number | undefined): Promise<void> {
    const began = engine.now();
    const id = verificationId;
    const tried = await tryFactor({
      ...who,
      ...{ verificationId: id, kind, code, key: `key-${next()}` },
      together: () => [],
    });
    recorder.note(`${kind} ${tried.outcome}`);
    if (tried.outcome !== 'passed') return;
    const name = `${kind} ${code}`;
    const says = (text: string) => violations.push({ rule: 'I7', at: id, says: text });
    if (accepted.has(name)) says(`a ${kind} code was accepted twice`);
    accepted.set(name, id);
    if (kind === 'sim' && seenAt === undefined) says('a code that never was sent was accepted');
    if (kind === 'sim' && began > (seenAt ?? 0) + CODE_LASTS_MS + 1_000) says('a code was accepted late');
  }

  const alertOf = (): Alert | undefined =>
    world.db
      .items(CASES)
      .find(
        ({ pk, sk, cardToken }) => pk.startsWith('ALERT#') && sk === 'META' && cardToken === who.cardToken,
      ) as Alert | undefined;
  const passwordAt = (at: number): string => totpOf(SECRET).generate({ timestamp: at });
  const wrong = (code: string): string => String((Number(code) + 1) % 1e8).padStart(8, '0');

  return {
    codes,
    violations,
    releases: () => released,
    /** What a text with a code shows. */
    read: (text: string): void => {
      const code = /(?<!\d)\d{8}(?!\d)/.exec(text)?.[0];
      if (code !== undefined) codes.push({ code, at: engine.now() });
    },
    enrol: async (): Promise<void> => {
      const enrolledAt = '2026-01-01T00:00:00.000Z';
      const totp = { customerId: who.customerId, secretCipher: 'sealed', enrolledAt };
      await rooms.db.commit([rooms.totps.enrol(undefined, totp)]);
    },
    open: async (): Promise<void> => {
      const alertId = alertOf()?.alertId;
      if (alertId === undefined) return;
      const opened = await open({ ...who, alertId, action: 'unfreeze', together: () => [] });
      if ('verification' in opened) verificationId = opened.verification.verificationId;
      recorder.note(`verification ${opened.outcome}`);
    },
    order: async (): Promise<void> => {
      const ordered = await order({ customerId: who.customerId, verificationId, together: () => [] });
      recorder.note(`code ${ordered.outcome}`);
    },
    rightCode: async (): Promise<void> => {
      const last = codes.at(-1);
      if (last !== undefined) await guess('sim', last.code, last.at);
    },
    firstCode: async (): Promise<void> => {
      const [first] = codes;
      if (first !== undefined) await guess('sim', first.code, first.at);
    },
    wrongCode: (): Promise<void> => guess('sim', wrong(codes.at(-1)?.code ?? '00000000'), undefined),
    password: (): Promise<void> => guess('totp', passwordAt(engine.now()), undefined),
    wrongPassword: (): Promise<void> => guess('totp', wrong(passwordAt(engine.now())), undefined),
    release: async (): Promise<void> => {
      const answer = await release({ ...who, verificationId, together: () => [] });
      if (answer.outcome === 'released') released += 1;
      recorder.note(`release ${answer.outcome}`);
    },
  };
}

import type { Person } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Outside } from './outside.ts';
import type { Proofs } from './proofs.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const AGENTS = ['agent-li', 'agent-wu', 'agent-xu'] as const;

type Kind = 'code' | 'password' | 'device' | 'staff';
type Has = Pick<Person, 'number' | 'hasTotp' | 'hasDevice'>;

/** Any two of what the customer has, the first of them alone, and staff in the place of one. */
function waysOf({ number, hasTotp, hasDevice }: Has): readonly (readonly Kind[])[] {
  const own: readonly Kind[] = [
    ...(number === null ? [] : (['code'] as const)),
    ...(hasTotp ? (['password'] as const) : []),
    ...(hasDevice ? (['device'] as const) : []),
    'staff',
  ];
  const pairs = own.flatMap((one, index) => own.slice(index + 1).map((other) => [one, other]));
  return [...pairs, ...pairs, own.slice(0, 1)];
}

/** What customers and staff do to have a card released: in order as a rule, with a step wrong, missing or twice now and then. */
export function createProving(options: { chance: Chance; outside: () => Outside }) {
  const { chance, outside } = options;

  /** Some steps are left out, some are made twice at once. */
  function plan(at: number, act: () => Promise<void>): void {
    if (chance.oneIn(12)) return;
    outside().after(at, act);
    if (chance.oneIn(6)) outside().after(at + chance.pick([0, 0, 20, 30 * SECOND]), act);
  }

  function factor(proofs: Proofs, kind: Exclude<Kind, 'staff'>, at: number): void {
    if (kind === 'code') {
      plan(at, proofs.order);
      if (chance.oneIn(4)) plan(at + 20 * SECOND, proofs.order);
      plan(at + 40 * SECOND, chance.pick([...twice(proofs.rightCode), proofs.wrongCode, proofs.firstCode]));
      if (chance.oneIn(3)) plan(at + chance.pick([45 * SECOND, 6 * MINUTE]), proofs.rightCode);
    } else if (kind === 'password') {
      plan(at, chance.pick([...twice(proofs.password), proofs.wrongPassword]));
      if (chance.oneIn(4)) plan(at + 2 * SECOND, proofs.password);
    } else {
      plan(at, chance.pick([...twice(proofs.device), proofs.copiedDevice]));
      if (chance.oneIn(3)) plan(at + 5 * SECOND, chance.pick([proofs.deviceAgain, proofs.copiedDevice]));
    }
  }

  function vouched(proofs: Proofs, at: number): void {
    const [one, other] = pair();
    plan(at, () => proofs.claim(one));
    plan(at + 20 * SECOND, () => proofs.vouch('propose', one));
    plan(at + 60 * SECOND, () => proofs.vouch('grant', chance.oneIn(4) ? one : other));
  }

  const pair = () => chance.pick([[AGENTS[0], AGENTS[1]] as const, [AGENTS[1], AGENTS[2]] as const]);

  return {
    /** The customer proves who they are with some factors, and asks for the card; `then` what they do with it. */
    proves: (proofs: Proofs, has: Has, then: () => void): void => {
      plan(0, proofs.open);
      const kinds = chance.pick(waysOf(has));
      for (const [index, kind] of kinds.entries()) {
        const at = 10 * SECOND + index * 60 * SECOND;
        if (kind === 'staff') vouched(proofs, at);
        else factor(proofs, kind, at);
      }
      const asksAt = chance.pick([2 * MINUTE, 3 * MINUTE, 4 * MINUTE, 20 * MINUTE]);
      plan(asksAt, proofs.release);
      plan(31 * MINUTE, proofs.release);
      for (const at of [asksAt + MINUTE, chance.pick([2 * HOUR, 25 * HOUR])]) outside().after(at, then);
    },
    /** Two people take a "not mine" back; sometimes one of them tries it alone. */
    undoes: (proofs: Proofs): void => {
      const [one, other] = pair();
      plan(0, () => proofs.claim(one));
      plan(30 * SECOND, () => proofs.undo('propose', one));
      plan(chance.pick([30 * SECOND, 90 * SECOND, 40 * MINUTE]), () =>
        proofs.undo('grant', chance.oneIn(4) ? one : other),
      );
      if (chance.oneIn(3)) plan(90 * SECOND, () => proofs.undo('grant', AGENTS[2]));
    },
  };
}

const twice = <One>(one: One): readonly One[] => [one, one];

import { createReleaseCard } from '../../alert/release-alert.ts';
import type { AnswerOf } from '../../api/contract.ts';
import * as routes from '../../api/verification-routes.ts';
import { cardView } from '../../card/card-view.ts';
import type { Limits } from '../../platform/limits.ts';
import type { Requests } from '../../platform/requests.ts';
import { createCompareCode, createCompareTotp } from '../../verification/compare-code.ts';
import { endVerification } from '../../verification/end-verification.ts';
import type { FactorKind } from '../../verification/factors.ts';
import type { CodeKeys } from '../../verification/one-time-code.ts';
import { createOpenVerification } from '../../verification/open-verification.ts';
import { createOrderCode } from '../../verification/order-code.ts';
import { readSituation, stillThere } from '../../verification/read-situation.ts';
import type { TotpCipher } from '../../verification/totp-cipher.ts';
import { createTryFactor, type Tried } from '../../verification/try-factor.ts';
import type { Verification } from '../../verification/verification.ts';
import { offered, verificationView } from '../../verification/verification-view.ts';
import { type Customer, createServeCustomers } from '../customer-serve.ts';
import { type HttpRoute, refuse } from '../http.ts';
import type { Handle } from '../serve.ts';
import type { Work } from './work.ts';

export interface VerificationWork extends Work {
  readonly requests: Requests;
  readonly limits: Limits;
  readonly codeKeys: () => Promise<CodeKeys>;
  readonly totpCipher: Pick<TotpCipher, 'decrypt'>;
}

/** The routes by which customers prove who they are, and what a proof gives back. */
export function verificationApi(deps: VerificationWork): readonly HttpRoute[] {
  const { rooms, requests, limits, telemetry } = deps;
  const serve = createServeCustomers({ contacts: rooms.contacts, requests, limits, telemetry });
  return [
    serve(routes.openVerification, opening(deps)),
    serve(routes.readVerification, reading(deps)),
    serve(routes.sendCode, sendingCode(deps)),
    serve(routes.checkCode, trying(deps, 'sim')),
    serve(routes.checkTotp, trying(deps, 'totp')),
    serve(routes.unfreezeCard, unfreezing(deps)),
  ];
}

type Shown = AnswerOf<typeof routes.readVerification>;

/** How a verification is shown to its customer, with the factors they have (H13). */
export function shower({ rooms }: Pick<VerificationWork, 'rooms'>) {
  const kindsOf = async (customerId: string): Promise<readonly FactorKind[]> => {
    const [contact, totp, devices] = await Promise.all([
      rooms.contacts.get(customerId),
      rooms.totps.get(customerId),
      rooms.devices.ofCustomer(customerId),
    ]);
    return [
      ...(contact?.phoneDigest === undefined ? [] : (['sim'] as const)),
      ...(devices.length === 0 ? [] : (['device'] as const)),
      ...(totp === undefined ? [] : (['totp'] as const)),
    ];
  };
  return async (customerId: string): Promise<(verification: Verification) => Shown> => {
    const kinds = await kindsOf(customerId);
    return (verification) => ({
      ...verificationView(verification, rooms.now().toISOString()),
      offers: offered(verification, kinds),
    });
  };
}

function opening(deps: VerificationWork): Handle<typeof routes.openVerification, Customer> {
  const open = createOpenVerification({ ...deps.rooms, newId: deps.newId });
  const showerOf = shower(deps);
  return async ({ who: { customerId }, body, answer, remember }) => {
    const show = await showerOf(customerId);
    const opened = await open({
      ...body,
      customerId,
      together: (verification) => [remember(answer(show(verification)))],
    });
    deps.telemetry.log('verification_opened', { action: body.action, outcome: opened.outcome });
    switch (opened.outcome) {
      case 'opened':
      case 'running':
        return answer(show(opened.verification));
      case 'repeated':
        return 'repeated';
      case 'not_yours':
        return refuse('not-found');
      case 'closed':
        return refuse('card-closed');
      case 'concluded':
        return refuse('concluded-as-fraud');
      case 'nothing_to_lift':
        return refuse('nothing-to-lift');
    }
  };
}

function reading(deps: VerificationWork): Handle<typeof routes.readVerification, Customer> {
  const showerOf = shower(deps);
  return async ({ who: { customerId }, parts, answer }) => {
    const stored = await deps.rooms.verifications.get(parts.verificationId);
    if (stored?.body.customerId !== customerId) return refuse('not-found');
    return answer((await showerOf(customerId))(stored.body));
  };
}

function sendingCode(deps: VerificationWork): Handle<typeof routes.sendCode, Customer> {
  const order = createOrderCode(deps.rooms);
  const showerOf = shower(deps);
  return async ({ who: { customerId }, parts, answer, remember }) => {
    const show = await showerOf(customerId);
    const ordered = await order({
      verificationId: parts.verificationId,
      customerId,
      together: (verification) => [remember(answer(show(verification)))],
    });
    deps.telemetry.log('code_ordered', { outcome: ordered.outcome });
    switch (ordered.outcome) {
      case 'ordered':
        return answer(show(ordered.verification));
      case 'repeated':
        return 'repeated';
      case 'not_yours':
        return refuse('not-found');
      case 'over':
        return refuse('verification-over');
      case 'phone_not_accepted':
        return refuse('phone-not-accepted');
      case 'too_many':
        return refuse('too-many-codes');
    }
  };
}

/** A guess: right, or refused with the one answer that tells nothing (H14). */
function trying(deps: VerificationWork, kind: 'sim' | 'totp'): Handle<typeof routes.checkCode, Customer> {
  const { rooms, codeKeys, totpCipher, newId, newTicketNumber } = deps;
  const tryFactor = createTryFactor({
    ...rooms,
    codeKeys,
    compare: {
      sim: createCompareCode({ ...rooms, codeKeys }),
      totp: createCompareTotp({ ...rooms, secretOf: totpCipher.decrypt }),
    },
    newTicketIds: () => ({ ticketId: newId(), number: newTicketNumber() }),
  });
  const showerOf = shower(deps);
  return async ({ who: { customerId }, parts, body, key, answer, remember }) => {
    const show = await showerOf(customerId);
    const respond = (tried: Tried) =>
      tried.outcome === 'passed' ? answer(show(tried.verification)) : refuse('not-accepted');
    const tried = await tryFactor({
      verificationId: parts.verificationId,
      customerId,
      kind,
      code: body.code,
      key,
      together: (result) => [remember(respond(result))],
    });
    deps.telemetry.log('factor_tried', { kind, outcome: tried.outcome });
    if (tried.outcome === 'repeated') return 'repeated';
    return tried.outcome === 'not_yours' ? refuse('not-found') : respond(tried);
  };
}

function unfreezing(deps: VerificationWork): Handle<typeof routes.unfreezeCard, Customer> {
  const release = createReleaseCard({ ...deps.rooms, readSituation, stillThere, endVerification });
  return async ({ who: { customerId }, parts, body, answer, remember }) => {
    const released = await release({
      customerId,
      cardToken: parts.cardToken,
      verificationId: body.verificationId,
      together: (card) => [remember(answer({ card: cardView(card) }))],
    });
    deps.telemetry.log('release_requested', { outcome: released.outcome });
    switch (released.outcome) {
      case 'released':
        return answer({ card: cardView(released.card) });
      case 'repeated':
        return 'repeated';
      case 'not_yours':
        return refuse('not-found');
      case 'not_proven':
        return refuse('not-verified');
      case 'over':
        return refuse('verification-over');
      case 'changed_since':
        return refuse('verification-void');
      case 'concluded':
        return refuse('concluded-as-fraud');
      case 'nothing_to_lift':
        return refuse('nothing-to-lift');
    }
  };
}

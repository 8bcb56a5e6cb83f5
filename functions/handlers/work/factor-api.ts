import * as routes from '../../api/factor-routes.ts';
import { noteContactChange } from '../../card/note-contact-change.ts';
import type { PhoneCipher } from '../../notification/phone-cipher.ts';
import { createRequestContactChange } from '../../verification/contact-change.ts';
import { deviceView } from '../../verification/device.ts';
import {
  createAskEnrolment,
  createEnrolDevice,
  createRemoveDevice,
} from '../../verification/device-enrol.ts';
import type { PasskeyPort } from '../../verification/device-port.ts';
import { createAskDevice, createProveDevice, type DeviceTried } from '../../verification/device-proof.ts';
import type { TotpCipher } from '../../verification/totp-cipher.ts';
import { createConfirmTotp, createOfferTotp } from '../../verification/totp-enrol.ts';
import type { NoProof } from '../../verification/use-proof.ts';
import { type Customer, createServeCustomers } from '../customer-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from '../http.ts';
import type { Handle } from '../serve.ts';
import { shower, type VerificationWork } from './verification-api.ts';

export interface FactorWork extends Omit<VerificationWork, 'totpCipher'> {
  readonly totpCipher: TotpCipher;
  readonly phoneCipher: Pick<PhoneCipher, 'encrypt'>;
  readonly passkey: PasskeyPort;
  readonly newChallenge: () => string;
  readonly newSecret: () => string;
  readonly bankName: string;
}

/** The routes by which customers prove themselves with a device, enrol factors, and ask for another contact. */
export function factorApi(deps: FactorWork): readonly HttpRoute[] {
  const { rooms, requests, limits, telemetry } = deps;
  const serve = createServeCustomers({ contacts: rooms.contacts, requests, limits, telemetry });
  const ports = {
    ...rooms,
    ...deps,
    noteContactChange: (...change: Noted) => noteContactChange(rooms, ...change),
  };
  return [
    serve(routes.askDevice, askingDevice(ports)),
    serve(routes.proveDevice, provingDevice(ports)),
    serve(routes.listDevices, async ({ who: { customerId }, answer }) => {
      const devices = await rooms.devices.ofCustomer(customerId);
      return answer({
        asOf: rooms.now().toISOString(),
        devices: devices.map(({ body }) => deviceView(body)),
      });
    }),
    serve(routes.askEnrolment, askingEnrolment(ports)),
    serve(routes.enrolDevice, enrolling(ports)),
    serve(routes.removeDevice, removing(ports)),
    serve(routes.offerTotp, offeringTotp(ports)),
    serve(routes.confirmTotp, confirmingTotp(ports)),
    serve(routes.requestContactChange, changingContact(ports)),
  ];
}

type Noted = readonly [change: Parameters<typeof noteContactChange>[1], now: Date];
type Ports = FactorWork &
  FactorWork['rooms'] & {
    readonly noteContactChange: (...change: Noted) => ReturnType<typeof noteContactChange>;
  };

function refused(outcome: NoProof): HttpAnswer {
  switch (outcome) {
    case 'not_yours':
      return refuse('not-found');
    case 'not_proven':
      return refuse('not-verified');
    case 'over':
      return refuse('verification-over');
    case 'changed_since':
      return refuse('verification-void');
  }
}

const publicKey = (options: Readonly<Record<string, unknown>>) => ({ publicKey: options });

function askingDevice(ports: Ports): Handle<typeof routes.askDevice, Customer> {
  const ask = createAskDevice(ports);
  return async ({ who: { customerId }, parts, answer, remember }) => {
    const asked = await ask({
      ...parts,
      customerId,
      together: (options) => [remember(answer(publicKey(options)))],
    });
    if (asked.outcome === 'asked') return answer(publicKey(asked.options));
    if (asked.outcome === 'repeated') return 'repeated';
    return asked.outcome === 'no_device' ? refuse('no-device') : refused(asked.outcome);
  };
}

function provingDevice(ports: Ports): Handle<typeof routes.proveDevice, Customer> {
  const prove = createProveDevice(ports);
  const showerOf = shower(ports);
  return async ({ who: { customerId }, parts, body, answer, remember }) => {
    const show = await showerOf(customerId);
    const respond = (tried: DeviceTried) =>
      tried.outcome === 'passed' ? answer(show(tried.verification)) : refuse('not-accepted');
    const tried = await prove({
      ...parts,
      customerId,
      answer: body.response,
      together: (result) => [remember(respond(result))],
    });
    const reason = tried.outcome === 'refused' ? tried.reason : undefined;
    ports.telemetry.log('factor_tried', { kind: 'device', outcome: tried.outcome, reason });
    if (tried.outcome === 'passed' || tried.outcome === 'refused') return respond(tried);
    return tried.outcome === 'repeated' ? 'repeated' : refused(tried.outcome);
  };
}

function askingEnrolment(ports: Ports): Handle<typeof routes.askEnrolment, Customer> {
  const ask = createAskEnrolment(ports);
  return async ({ who: { customerId }, body, answer, remember }) => {
    const asked = await ask({
      ...body,
      customerId,
      together: (options) => [remember(answer(publicKey(options)))],
    });
    if (asked.outcome === 'asked') return answer(publicKey(asked.options));
    if (asked.outcome === 'repeated') return 'repeated';
    return asked.outcome === 'too_many_devices' ? refuse('too-many-devices') : refused(asked.outcome);
  };
}

function enrolling(ports: Ports): Handle<typeof routes.enrolDevice, Customer> {
  const enrol = createEnrolDevice(ports);
  return async ({ who: { customerId }, body, answer, remember }) => {
    const { verificationId, name, response } = body;
    const enrolled = await enrol({
      ...{ verificationId, customerId, name, answer: response },
      together: (device) => [remember(answer({ device: deviceView(device) }))],
    });
    ports.telemetry.log('factor_enrolled', { kind: 'device', outcome: enrolled.outcome });
    switch (enrolled.outcome) {
      case 'enrolled':
        return answer({ device: deviceView(enrolled.device) });
      case 'repeated':
        return 'repeated';
      case 'too_many_devices':
        return refuse('too-many-devices');
      case 'refused':
      case 'credential_taken':
        return refuse('not-accepted');
      default:
        return refused(enrolled.outcome);
    }
  };
}

function removing(ports: Ports): Handle<typeof routes.removeDevice, Customer> {
  const remove = createRemoveDevice(ports);
  return async ({ who: { customerId }, parts, answer, remember }) => {
    const removed = await remove({
      ...parts,
      customerId,
      together: (device) => [remember(answer({ device: deviceView(device) }))],
    });
    ports.telemetry.log('factor_removed', { kind: 'device', outcome: removed.outcome });
    if (removed.outcome === 'removed') return answer({ device: deviceView(removed.device) });
    return removed.outcome === 'repeated' ? 'repeated' : refuse('not-found');
  };
}

function offeringTotp(ports: Ports): Handle<typeof routes.offerTotp, Customer> {
  const offer = createOfferTotp(ports);
  // The answer is not remembered: it holds the secret, which is kept nowhere in clear.
  return async ({ who: { customerId }, body, answer }) => {
    const offered = await offer({ ...body, customerId });
    return offered.outcome === 'offered' ? answer({ uri: offered.uri }) : refused(offered.outcome);
  };
}

function confirmingTotp(ports: Ports): Handle<typeof routes.confirmTotp, Customer> {
  const confirm = createConfirmTotp(ports);
  return async ({ who: { customerId }, body, answer, remember }) => {
    const done = answer({ outcome: 'enrolled' });
    const { outcome } = await confirm({ ...body, customerId, together: () => [remember(done)] });
    ports.telemetry.log('factor_enrolled', { kind: 'totp', outcome });
    if (outcome === 'enrolled') return done;
    if (outcome === 'repeated') return 'repeated';
    return outcome === 'refused' ? refuse('not-accepted') : refused(outcome);
  };
}

function changingContact(ports: Ports): Handle<typeof routes.requestContactChange, Customer> {
  const request = createRequestContactChange(ports);
  return async ({ who: { customerId }, body, answer, remember }) => {
    const { verificationId, phone, email } = body;
    const done = answer({ outcome: 'requested' });
    const { outcome } = await request({
      ...{ verificationId, customerId, wanted: { phone, email } },
      together: () => [remember(done)],
    });
    ports.telemetry.log('contact_change_requested', { outcome });
    if (outcome === 'requested') return done;
    return outcome === 'repeated' ? 'repeated' : refused(outcome);
  };
}

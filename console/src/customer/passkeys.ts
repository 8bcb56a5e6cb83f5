import type { Body } from '../shared/route.ts';
import type { routes } from './routes.ts';

export type AssertionJson = Body<typeof routes.proveDevice>['response'];
export type RegistrationJson = Body<typeof routes.enrolDevice>['response'];

/** Whether this browser reads and writes the JSON forms of WebAuthn (Level 3). */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** Asks the device; undefined where its owner turned away, or it has no such key. */
export async function askPasskey(options: unknown): Promise<AssertionJson | undefined> {
  try {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as PublicKeyCredentialRequestOptionsJSON,
    );
    const credential = await navigator.credentials.get({ publicKey });
    return credential instanceof PublicKeyCredential ? jsonOf<AssertionJson>(credential) : undefined;
  } catch {
    return undefined;
  }
}

export async function makePasskey(options: unknown): Promise<RegistrationJson | undefined> {
  try {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as PublicKeyCredentialCreationOptionsJSON,
    );
    const credential = await navigator.credentials.create({ publicKey });
    return credential instanceof PublicKeyCredential ? jsonOf<RegistrationJson>(credential) : undefined;
  } catch {
    return undefined;
  }
}

/** Browsers differ in what they leave null; the API takes absent only. */
function jsonOf<T>(credential: PublicKeyCredential): T {
  const { id, rawId, type, response, clientExtensionResults, authenticatorAttachment } = credential.toJSON();
  return withoutNull({ id, rawId, type, response, clientExtensionResults, authenticatorAttachment }) as T;
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([name, one]) => [name, withoutNull(one)]),
  );
}

import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type PhoneKeys, parsePhoneKeys } from './phone-keys.ts';

const freshMs = 5 * 60_000;
/** Old keys stay valid for lookups while rotation runs, so a short outage of the secret store need not stop replies (H22). */
const usableMs = 60 * 60_000;

/**
 * Gives the phone keys, read again after 5 minutes. When the secret cannot be read, the last ones serve for an hour
 * more; `onStale` is told each time. Throws when there never were any.
 */
export function createPhoneKeyStore(deps: {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** What the secret is called in errors; `phone keys` unless given. */
  readonly name?: string;
  readonly now: () => Date;
  readonly onStale?: (error: unknown) => void;
}): () => Promise<PhoneKeys> {
  let last: { readonly keys: PhoneKeys; readonly readAt: number } | undefined;
  let reading: Promise<PhoneKeys> | undefined;

  const read = async (): Promise<PhoneKeys> => {
    const answer = await deps.client.send(new GetSecretValueCommand({ SecretId: deps.secretArn }));
    if (answer.SecretString === undefined)
      throw new Error(`${deps.name ?? 'phone keys'} secret: it holds no text`);
    const keys = parsePhoneKeys(answer.SecretString, deps.name);
    last = { keys, readAt: deps.now().getTime() };
    return keys;
  };

  return async () => {
    const age = last === undefined ? Number.POSITIVE_INFINITY : deps.now().getTime() - last.readAt;
    if (last !== undefined && age < freshMs) return last.keys;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      return await reading;
    } catch (error) {
      if (last === undefined || age >= usableMs) throw error;
      deps.onStale?.(error);
      return last.keys;
    }
  };
}

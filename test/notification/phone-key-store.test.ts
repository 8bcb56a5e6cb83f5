import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createPhoneKeyStore } from '../../functions/notification/phone-key-store.ts';

const secret = (current: string) => JSON.stringify({ current, key1: 'a'.repeat(32), key2: 'b'.repeat(32) });

function setUp() {
  const state = { at: 0, secret: secret('1'), down: false, reads: 0 };
  const stale: unknown[] = [];
  const keys = createPhoneKeyStore({
    client: {
      send: async (command: unknown) => {
        expect(command).toBeInstanceOf(GetSecretValueCommand);
        state.reads += 1;
        if (state.down) throw new Error('down');
        return { SecretString: state.secret };
      },
    } as never,
    secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:phones',
    now: () => new Date(state.at),
    onStale: (error) => stale.push(error),
  });
  return { state, stale, keys };
}

describe('phone key store', () => {
  it('reads the secret once for 5 minutes, also when asked many times at once', async () => {
    const { state, keys } = setUp();
    await Promise.all([keys(), keys(), keys()]);
    state.at = 4 * 60_000;
    await keys();
    expect(state.reads).toBe(1);
    state.secret = secret('2');
    state.at = 5 * 60_000;
    expect((await keys()).current).toBe('2');
    expect(state.reads).toBe(2);
  });

  it('H22: goes on with the keys it has while the secret store is down, and says so; an hour at most', async () => {
    const { state, stale, keys } = setUp();
    await keys();
    state.down = true;
    state.at = 30 * 60_000;
    expect((await keys()).current).toBe('1');
    expect(stale).toHaveLength(1);
    state.at = 60 * 60_000;
    await expect(keys()).rejects.toThrow('down');
  });

  it('fails when it never had any, and tries again the next time', async () => {
    const { state, keys } = setUp();
    state.down = true;
    await expect(keys()).rejects.toThrow('down');
    state.down = false;
    expect((await keys()).current).toBe('1');
  });
});

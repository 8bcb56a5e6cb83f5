import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type SmsMessage, SmsNotSent, type SmsPort } from '../../functions/notification/sms.ts';

/** What a provider's service may do with a request. */
export type ProviderMood =
  | 'accepts'
  | 'names no id'
  | 'opted out'
  | 'invalid number'
  | 'throttles'
  | 'fails inside'
  | 'hangs up'
  | 'is silent'
  | 'is not there';

/** An answer on the wire, or none. */
export type Wire = { readonly status: number; readonly body: string } | 'hang up' | 'silence';

export interface ProviderUnderTest {
  readonly name: string;
  /** The adapter, speaking to a service at this address; it gives up on it within a second. */
  readonly port: (url: string) => SmsPort;
  /** How the provider's own wire protocol says it. */
  readonly wire: (mood: Exclude<ProviderMood, 'is not there'>) => Wire;
}

export const message: SmsMessage = {
  to: '+8613800138000',
  country: 'CN',
  provider: 'any',
  text: '【示例银行】尾号4417的卡：“星巴克”1,288.00元。本人回1，非本人回2。',
  template: {
    id: 'question.none.one',
    language: 'zh-CN',
    parameters: [
      { name: 'lastFour', type: 'text', value: '4417' },
      { name: 'amount', type: 'money', value: '1,288.00元' },
      { name: 'merchant', type: 'text', value: '星巴克' },
    ],
  },
  kind: 'question',
  maxPriceUsd: '0.30',
};

/** What every adapter of the port must do, over its real wire protocol; a second provider is held to the same. */
export function describeSmsPort(provider: ProviderUnderTest): void {
  describe(`${provider.name} as a provider of texts`, () => {
    let server: Server | undefined;
    const requests: IncomingMessage[] = [];
    afterEach(() => {
      server?.closeAllConnections();
      server?.close();
      requests.length = 0;
    });

    async function portOn(mood: ProviderMood): Promise<SmsPort> {
      const wire = mood === 'is not there' ? 'silence' : provider.wire(mood);
      server = createServer((request, response) => {
        requests.push(request);
        request.resume().on('end', () => {
          if (wire === 'hang up') request.socket.destroy();
          else if (wire !== 'silence') response.writeHead(wire.status).end(wire.body);
        });
      });
      await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      if (mood === 'is not there') await new Promise<void>((resolve) => server?.close(() => resolve()));
      return provider.port(`http://127.0.0.1:${port}`);
    }

    test('an accepted text has the id by which its delivery status will name it', async () => {
      const sent = await (await portOn('accepts')).send(message);
      expect(sent).toEqual({ outcome: 'accepted', messageId: expect.stringMatching(/^\S{1,128}$/) });
      expect(requests).toHaveLength(1);
    });

    test.each([
      ['opted out', 'opted_out'],
      ['invalid number', 'invalid_number'],
    ] as const)('%s: refused with the reason, nothing personal in it (H12, I10)', async (mood, reason) => {
      const sent = await (await portOn(mood)).send(message);
      expect(sent).toMatchObject({ outcome: 'refused', reason });
      expect(JSON.stringify(sent)).not.toMatch(/138|星巴克/);
      expect(requests).toHaveLength(1);
    });

    test.each(['throttles', 'is not there'] as const)(
      '%s: nothing was sent, and the caller may try again; the error names a code only (I10)',
      async (mood) => {
        const port = await portOn(mood);
        const error: unknown = await port.send(message).catch((fault: unknown) => fault);
        expect(error).toBeInstanceOf(SmsNotSent);
        expect(String(error)).not.toMatch(/138|星巴克/);
        expect(requests.length).toBeLessThanOrEqual(1);
      },
    );

    test.each(['names no id', 'fails inside', 'hangs up', 'is silent'] as const)(
      '%s: it may have gone out, so it is unknown, and never tried again (ADR 10)',
      async (mood) => {
        expect(await (await portOn(mood)).send(message)).toMatchObject({ outcome: 'unknown' });
        expect(requests).toHaveLength(1);
      },
    );
  });
}

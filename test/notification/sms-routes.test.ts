import { describe, expect, test } from 'vitest';
import { readRoutes, routeTo } from '../../functions/notification/sms-routes.ts';

const defaults = { provider: 'sns', maxPriceUsd: '0.30', countries: ['US', 'CN', 'GB', 'IN'] };

describe('the way of a text', () => {
  test('what a stage sets holds everywhere, and a country may differ in anything', () => {
    const routes = readRoutes('GB sender=EXBANK price=0.10; CN provider=other', ['sns', 'other']);
    const all = { ...defaults, senderId: 'BANK', originationNumber: '+12065550100', routes };
    expect(routeTo('GB', all)).toEqual({
      ok: true,
      route: {
        provider: 'sns',
        maxPriceUsd: '0.10',
        senderId: 'EXBANK',
        originationNumber: '+12065550100',
      },
    });
    expect(routeTo('CN', all)).toMatchObject({ ok: true, route: { provider: 'other', maxPriceUsd: '0.30' } });
  });

  test('H12: a country whose carriers take no text without a number or sender id is refused with the reason', () => {
    expect(routeTo('US', defaults)).toEqual({ ok: false, reason: 'no_number' });
    expect(routeTo('CA', { ...defaults, senderId: 'BANK' })).toEqual({ ok: false, reason: 'no_number' });
    expect(routeTo('IN', defaults)).toEqual({ ok: false, reason: 'no_sender_id' });
    expect(routeTo('GB', defaults)).toMatchObject({ ok: true });
    const routes = readRoutes('US number=+12065550100', ['sns']);
    expect(routeTo('US', { ...defaults, routes })).toMatchObject({ ok: true });
  });

  test.each([
    'England sender=X',
    'GB sender=TWELVELETTERS',
    'GB colour=red',
    'CN provider=nobody',
    'US number=12',
  ])('"%s" is refused when the function starts', (settings) => {
    expect(() => readRoutes(settings, ['sns'])).toThrow(/sms routes/);
  });

  test('nothing set is no difference', () => {
    expect(readRoutes('', ['sns'])).toEqual({});
  });
});

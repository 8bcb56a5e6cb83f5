/**
 * Which provider a country's texts go by, from which sender, at which price (H12, H20). A stage sets what differs from
 * its defaults: `-c smsRoutes=GB sender=EXBANK price=0.10; US number=+12065550100; CN provider=…`.
 */
export interface SmsRoute {
  readonly provider: string;
  /** Most one text may cost, USD. */
  readonly maxPriceUsd: string;
  readonly senderId?: string;
  /** Number the text comes from, E.164. */
  readonly originationNumber?: string;
}

export interface RouteDefaults extends SmsRoute {
  /** Countries we text at all, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** What differs, by country. */
  readonly routes?: Readonly<Record<string, Partial<SmsRoute>>>;
}

/**
 * What a country's carriers ask for: without it they drop the text, and it was paid for. The United States, its
 * territories and Canada know no sender ids; India takes registered ones only.
 */
const senderNeeded: Readonly<Record<string, 'number' | 'sender_id'>> = {
  US: 'number',
  PR: 'number',
  GU: 'number',
  VI: 'number',
  CA: 'number',
  IN: 'sender_id',
};

export type RouteRefusal = 'no_number' | 'no_sender_id';

/** How a text goes to a country we text, or what is missing for it to arrive. */
export function routeTo(
  country: string,
  defaults: RouteDefaults,
): { readonly ok: true; readonly route: SmsRoute } | { readonly ok: false; readonly reason: RouteRefusal } {
  const { provider, maxPriceUsd, senderId, originationNumber } = defaults;
  const route = { provider, maxPriceUsd, senderId, originationNumber, ...defaults.routes?.[country] };
  const needed = senderNeeded[country];
  if (needed === 'number' && !route.originationNumber) return { ok: false, reason: 'no_number' };
  if (needed === 'sender_id' && !route.senderId) return { ok: false, reason: 'no_sender_id' };
  return { ok: true, route };
}

const fields = {
  provider: { as: 'provider', is: /^[a-z][a-z0-9-]*$/ },
  sender: { as: 'senderId', is: /^[A-Za-z0-9]{1,11}$/ },
  number: { as: 'originationNumber', is: /^\+[1-9]\d{5,14}$/ },
  price: { as: 'maxPriceUsd', is: /^\d+(\.\d{1,5})?$/ },
} as const;

/** Reads the setting. Throws on a country, field, value or provider there is not: a misspelt route would be none. */
export function readRoutes(
  settings: string,
  providers: readonly string[],
): Readonly<Record<string, Partial<SmsRoute>>> {
  const lines = settings.split(';').map((line) => line.trim());
  return Object.fromEntries(lines.filter((line) => line !== '').map((line) => routeOfLine(line, providers)));
}

function routeOfLine(line: string, providers: readonly string[]): [string, Partial<SmsRoute>] {
  const [country = '', ...settings] = line.split(/\s+/);
  if (!/^[A-Z]{2}$/.test(country)) throw new Error(`sms routes: "${line}" does not begin with a country`);
  const route: Record<string, string> = {};
  for (const setting of settings) {
    const [name = '', value = ''] = setting.split('=');
    const field = Object.entries(fields).find(([known]) => known === name)?.[1];
    const isKnown = name !== 'provider' || providers.includes(value);
    if (!field?.is.test(value) || !isKnown)
      throw new Error(`sms routes: "${country} ${setting}" means nothing`);
    route[field.as] = value;
  }
  return [country, route];
}

/**
 * ISO 4217 currencies a purchase can be in. The list of codes is the runtime's own (`Intl`), read on first
 * use only because it costs about 10 ms. Funds and metals (XDR, XAU, XXX …) have no minor unit in the
 * standard, so no amount can be told in them: of the X codes only the circulating ones pass.
 */
const circulatingX = new Set(['XAF', 'XCD', 'XCG', 'XOF', 'XPF']);
/** The ten most traded and our neighbours': spares nearly every process the list. */
const common = new Set('CNY USD EUR JPY GBP AUD CAD CHF HKD SGD MOP TWD KRW THB'.split(' '));
let known: ReadonlySet<string> | undefined;

/** True for an ISO 4217 code (upper case) in which a card can be charged. */
export function isCurrency(code: string): boolean {
  if (common.has(code)) return true;
  known ??= new Set(Intl.supportedValuesOf('currency'));
  return known.has(code) && (!code.startsWith('X') || circulatingX.has(code));
}

/**
 * Minor units differ from two decimals only here (ISO 4217 list one). `Intl` cannot be asked: it follows
 * common display (CLDR), where IDR, HUF, COP and a dozen more have 0 although their amounts arrive with 2.
 */
const decimalsOther: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((c) => [c, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3] as const),
  ...'CLF UYW'.split(' ').map((c) => [c, 4] as const),
]);

/** Decimals of the currency's minor unit: CNY 2, JPY 0, KWD 3. */
export function minorUnitDecimals(currency: string): number {
  return decimalsOther.get(currency) ?? 2;
}

/**
 * A short, fast digest for "have we seen this device or merchant on this card": FNV-1a with a final mix
 * (murmur3). Not secret and not collision-proof: a clash, 1 in 4 thousand million for a device, makes a new
 * one look known. Decisions and repeats are found by SHA-256 instead.
 */
export function smallDigest(text: string): number {
  let digest = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) digest = Math.imul(digest ^ text.charCodeAt(i), 0x01000193);
  digest = Math.imul(digest ^ (digest >>> 16), 0x85ebca6b);
  digest = Math.imul(digest ^ (digest >>> 13), 0xc2b2ae35);
  return (digest ^ (digest >>> 16)) >>> 0;
}

/** Three bytes of {@link smallDigest}. */
export function merchantDigest(merchantId: string): number {
  return smallDigest(merchantId) & 0xff_ffff;
}

/** A two-letter country as one number from 1. */
export function countryNumber(country: string): number {
  return (country.charCodeAt(0) - 65) * 26 + country.charCodeAt(1) - 65 + 1;
}

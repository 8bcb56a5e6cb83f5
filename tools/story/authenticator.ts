import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What an authenticator sees of the page that asks. */
export interface Place {
  readonly origin: string;
  readonly rpId: string;
}
/** How an answer may be wrong. */
export interface Quirks {
  readonly origin?: string;
  readonly rpId?: string;
  /** No PIN and no finger: the user was only there. */
  readonly unverified?: true;
  /** What the device counts; by default one more each time. */
  readonly signCount?: number;
  readonly signedBy?: Authenticator;
}

export interface Authenticator {
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly key: KeyObject;
  register(challenge: string, quirks?: Quirks): ReturnType<typeof registration>;
  assert(challenge: string, quirks?: Quirks): ReturnType<typeof assertion>;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/**
 * A passkey in software, by the letter of WebAuthn Level 3: an ES256 key, attestation `none`, authenticator data and
 * client data as §6.1 and §5.8.1 lay them out. What it gives is what a browser would post.
 */
export function createAuthenticator(place: Place, given: { counts?: boolean } = {}): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const cose = coseOf(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'));
  const counts = given.counts ?? true;
  let signCount = 0;
  const next = (quirks: Quirks): number => {
    if (counts) signCount += 1;
    return quirks.signCount ?? signCount;
  };
  const own = { credentialId, cose, key: privateKey, place };
  return {
    credentialId: credentialId.toString('base64url'),
    publicKey: cose.toString('base64url'),
    key: privateKey,
    register: (challenge, quirks = {}) => registration(own, challenge, quirks, counts ? signCount : 0),
    assert: (challenge, quirks = {}) => assertion(own, challenge, quirks, next(quirks)),
  };
}

interface Own {
  readonly credentialId: Buffer;
  readonly cose: Buffer;
  readonly key: KeyObject;
  readonly place: Place;
}

function registration(own: Own, challenge: string, quirks: Quirks, signCount: number) {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(own.credentialId.length);
  const attested = Buffer.concat([Buffer.alloc(16), length, own.credentialId, own.cose]);
  const authData = Buffer.concat([authenticatorData(own, quirks, signCount, HAS_CREDENTIAL), attested]);
  const object = cborMap([
    [cborText('fmt'), cborText('none')],
    [cborText('attStmt'), cborMap([])],
    [cborText('authData'), cborBytes(authData)],
  ]);
  return {
    ...credential(own),
    response: {
      clientDataJSON: clientData('webauthn.create', challenge, quirks.origin ?? own.place.origin),
      attestationObject: object.toString('base64url'),
      transports: ['internal'],
    },
  };
}

function assertion(own: Own, challenge: string, quirks: Quirks, signCount: number) {
  const authData = authenticatorData(own, quirks, signCount, 0);
  const clientDataJSON = clientData('webauthn.get', challenge, quirks.origin ?? own.place.origin);
  const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
  return {
    ...credential(own),
    response: {
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, quirks.signedBy?.key ?? own.key).toString('base64url'),
    },
  };
}

function credential({ credentialId }: Own) {
  const id = credentialId.toString('base64url');
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;
}

/** §6.1: hash of the relying party, flags, counter. */
function authenticatorData(own: Own, quirks: Quirks, signCount: number, more: number): Buffer {
  const flags = USER_PRESENT | (quirks.unverified ? 0 : USER_VERIFIED) | more;
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(signCount);
  return Buffer.concat([sha256(Buffer.from(quirks.rpId ?? own.place.rpId)), Buffer.from([flags]), counter]);
}

const clientData = (type: string, challenge: string, origin: string): string =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** RFC 9053 §7.1.1: an EC2 key of P-256 for ES256. */
const coseOf = (x: Buffer, y: Buffer): Buffer =>
  cborMap([
    [cborInt(1), cborInt(2)],
    [cborInt(3), cborInt(-7)],
    [cborInt(-1), cborInt(1)],
    [cborInt(-2), cborBytes(x)],
    [cborInt(-3), cborBytes(y)],
  ]);

/** RFC 8949 §3: the initial byte with lengths up to 65,535. */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}
const cborInt = (value: number): Buffer => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string): Buffer =>
  Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
const cborMap = (pairs: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([cborHead(5, pairs.length), ...pairs.flat()]);

/**
 * Types a file may be of, by what its first bytes are: the name and the type a browser gives are only claims. Four
 * rows, so no library of hundreds of types, which would be asked to guess what may then not be taken.
 */
export const mediaTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/heic'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Bytes from the start that tell every type apart. */
export const HEAD_BYTES = 16;

const startsWith = (head: Uint8Array, bytes: readonly number[], from = 0): boolean =>
  bytes.every((byte, index) => head[from + index] === byte);
const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** Major brands of still pictures coded as HEVC (ISO 23008-12, Annex B); `mif1` is what some phones write. */
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'mif1'];

const signatures: Readonly<Record<MediaType, (head: Uint8Array) => boolean>> = {
  'application/pdf': (head) => startsWith(head, ascii('%PDF-')),
  'image/jpeg': (head) => startsWith(head, [0xff, 0xd8, 0xff]),
  'image/png': (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  // A box of type `ftyp` comes first, its brand after it.
  'image/heic': (head) =>
    startsWith(head, ascii('ftyp'), 4) && heicBrands.some((brand) => startsWith(head, ascii(brand), 8)),
};

/** Whether a file that begins so is of this type. */
export const isOfType = (mediaType: MediaType, head: Uint8Array): boolean => signatures[mediaType](head);

const extensions: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
};

/** Longest name that is kept. */
const NAME_CHARACTERS = 80;

/**
 * A file's name as it may be shown and saved under: one line, no path, no control, bidi or invisible character, and the
 * extension of what the file is. Already masked: people put card numbers into names, too.
 */
export function cleanFileName(name: string, mediaType: MediaType): string {
  const stem = name
    .slice(0, 400)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu, '')
    .replace(/["*:<>?|;%]/gu, ' ')
    .replace(/\.[a-z\d]{1,5}$/iu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const cut = Array.from(stem)
    .slice(0, NAME_CHARACTERS)
    .join('')
    .replace(/[.\s]+$/u, '');
  return `${cut === '' ? 'file' : cut}.${extensions[mediaType]}`;
}

import type * as routes from '../../../functions/api/evidence-routes.ts';
import type { Answer, Body, Route } from './route.ts';

type AskUpload = Route<typeof routes.askUpload>;
export type Announced = Body<AskUpload>;
export type Upload = Answer<AskUpload>['upload'];

const MOST_BYTES = 10 * 1024 * 1024;
/** Some machines have no type for what their own camera makes. */
const typeOfEnd: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  heic: 'image/heic',
};
const taken = Object.values(typeOfEnd);
/** What a file chooser offers. */
export const ACCEPT = [...new Set([...taken, '.heic'])].join(',');

export type Unfit = 'tooLarge' | 'wrongType' | 'empty';

/** The file as it is announced, by its hash; or why there is no use in sending it. */
export async function announce(file: File): Promise<Announced | Unfit> {
  const end = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  const mediaType = file.type === '' ? (typeOfEnd[end] ?? '') : file.type;
  if (!taken.includes(mediaType)) return 'wrongType';
  if (file.size === 0) return 'empty';
  if (file.size > MOST_BYTES) return 'tooLarge';
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name: file.name.slice(-255), mediaType, bytes: file.size, sha256 };
}

/** Sends the file where it was told to, and says how far it is, 0 to 100; false: it did not arrive. */
export function putFile(
  { url, headers }: Upload,
  file: File,
  progress: (percent: number) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    // The only way to hear how far an upload is.
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(Math.floor((100 * loaded) / total));
    request.onload = () => resolve(request.status === 200);
    request.onerror = () => resolve(false);
    request.ontimeout = () => resolve(false);
    request.send(file);
  });
}

/** What the local stack has beside the API: phones, mailboxes, the bank's events. Nothing of it exists on AWS. */
export interface Text {
  readonly direction: 'in' | 'out';
  readonly at: string;
  readonly text: string;
}
export interface PhoneShown {
  readonly number: string;
  readonly people: readonly string[];
  readonly texts: number;
}
export interface Mail {
  readonly at: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly note: string;
  readonly phone?: string;
  readonly email?: string;
}
export interface CardShown {
  readonly cardToken: string;
  readonly lastFour: string;
  readonly name: string;
}
export interface Screened {
  readonly transactionId?: string;
  readonly outcome?: 'clear' | 'alert' | 'freeze' | 'repeated' | 'conflict';
  readonly reasons?: readonly string[];
  readonly ticketNumber?: string;
}

export interface People {
  readonly customers: readonly Person[];
  readonly agents: readonly Person[];
  readonly cards: readonly CardShown[];
}

type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

async function ask<T>(path: string, body?: unknown): Promise<Told<T>> {
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    return response.ok ? { ok: true, value: answer } : { ok: false, message: String(answer.message) };
  } catch {
    return { ok: false, message: '…' };
  }
}

export const readPeople = () => ask<People>('/local/people');
export const readPhones = () => ask<{ phones: readonly PhoneShown[] }>('/local/phone');
export const readTexts = (number: string) =>
  ask<{ messages: readonly Text[] }>(`/local/phone/${encodeURIComponent(number)}`);
export const reply = (number: string, text: string) =>
  ask<unknown>(`/local/phone/${encodeURIComponent(number)}/replies`, { text });
export interface Ringing {
  readonly contactId: string;
  readonly number: string;
  readonly state: 'ringing' | 'menu' | 'queued' | 'connected';
  readonly heard: readonly string[];
}
export const readCalls = () => ask<{ calls: readonly Ringing[] }>('/local/calls');
export const handleCall = (contactId: string, act: 'pick-up' | 'decline' | 'hang-up') =>
  ask<unknown>(`/local/calls/${contactId}/${act}`, {});
export const readMails = (address: string) =>
  ask<{ mails: readonly Mail[] }>(`/local/mail/${encodeURIComponent(address)}`);
export const inject = (event: Readonly<Record<string, unknown>>) => ask<Screened>('/local/events', event);

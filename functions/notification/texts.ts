import type { Language } from './merchant-name.ts';
import { countParts, type SmsSize, toGsm7 } from './sms-parts.ts';
import type { TextKind, TextOrder } from './text-facts.ts';
import { type Room, rooms, type Template } from './text-template.ts';
import { english } from './texts-en.ts';
import { chinese } from './texts-zh.ts';

export { countParts } from './sms-parts.ts';
export { type TextFacts, type TextKind, type TextOrder, textOrder } from './text-facts.ts';

export interface Speaker {
  readonly language: Language;
  /** The bank's name as customers read it, without 【】. */
  readonly bank: { readonly zh: string; readonly en: string };
  /** IANA zone of the issuer, e.g. `Asia/Shanghai`. */
  readonly zone: string;
  readonly twoWay: boolean;
}

export interface RenderedText extends SmsSize {
  readonly text: string;
}

/**
 * Makes the words of a text: signed, in one part wherever it can be (160 GSM-7, 70 UCS-2; parts are billed), with
 * no link, no number to call but "the number on your card", and never a request for a code, PIN or card number.
 * To fit, the merchant's name is cut first, then the time, then the words against coaching are left out.
 */
export function renderText(input: Speaker & TextOrder): RenderedText {
  let best: RenderedText | undefined;
  for (const room of rooms) {
    const text = write(input, room);
    const size = countParts(text);
    if (best === undefined || size.parts < best.parts) best = { text, ...size };
    if (size.parts === 1) break;
  }
  if (best === undefined) throw new Error('no room to render a text in');
  return best;
}

function write<Kind extends TextKind>(input: Speaker & TextOrder<Kind>, room: Room): string {
  const { templates, sign } = input.language === 'en' ? english : chinese;
  const bank = input.language === 'en' ? input.bank.en : input.bank.zh;
  const template: Template<Kind> = templates[input.kind];
  const text = sign(bank, template(input.facts, { bank, zone: input.zone, twoWay: input.twoWay }, room));
  return input.language === 'en' ? toGsm7(text) : text;
}

import * as z from 'zod/mini';
import { formatAmount } from './amount.ts';
import { cleanMerchantName, type Language } from './merchant-name.ts';
import { publicStatuses, publicWording } from './public-wording.ts';
import { type TextOrder, textFacts } from './text-facts.ts';
import { localTime } from './text-template.ts';

/**
 * A text as a provider with registered templates sends it (+86): which template, and what stands in its gaps. Some
 * carriers take nothing else; the words are then theirs, registered from `texts-zh.ts`.
 */
export interface SmsTemplate {
  /** Kind and variant, e.g. `question.confirmed.several.tag`: each is a template of its own. */
  readonly id: string;
  readonly language: Language;
  /** In the order of the facts' schema, which is the order of the gaps. */
  readonly parameters: readonly SmsParameter[];
}

export interface SmsParameter {
  readonly name: string;
  readonly type: 'text' | 'number' | 'money' | 'time';
  /** Cleaned, on one line, at most 35 characters: what template providers take. */
  readonly value: string;
}

const LONGEST_PARAMETER = 35;
const LONGEST_MERCHANT = 20;
const money = z.object({ minor: z.int(), currency: z.string() });
const choices = z.array(z.object({ lastFour: z.string(), tag: z.optional(z.string()) }));
const time = z.iso.datetime();
const status = z.enum(publicStatuses);
/** Facts that choose among wordings rather than stand in them. */
const choosesWords = new Set(['hold', 'what', 'action']);

/** Template and parameters of a text. */
export function templateOf(
  order: TextOrder,
  speaker: { readonly language: Language; readonly zone: string },
): SmsTemplate {
  const variants: string[] = [];
  const parameters: SmsParameter[] = [];
  const facts = new Map<string, unknown>(Object.entries(order.facts));
  for (const name of Object.keys(textFacts[order.kind].def.shape)) {
    const value = facts.get(name);
    if (value === undefined || value === false) continue;
    if (value === true) variants.push(name);
    else if (choosesWords.has(name)) variants.push(String(value));
    else if (name === 'count') {
      variants.push(value === 1 ? 'one' : 'several');
      if (value !== 1) parameters.push({ name, type: 'number', value: String(value) });
    } else {
      // A gap that is there only sometimes makes another template.
      if (name === 'tag') variants.push(name);
      parameters.push(parameterOf(name, value, speaker));
    }
  }
  return { id: [order.kind, ...variants].join('.'), language: speaker.language, parameters };
}

function parameterOf(
  name: string,
  value: unknown,
  { language, zone }: { language: Language; zone: string },
): SmsParameter {
  const amount = money.safeParse(value);
  if (amount.success) return { name, type: 'money', value: cut(formatAmount(amount.data, language)) };
  const several = choices.safeParse(value);
  if (several.success) {
    const names = several.data.map((choice) => choice.tag ?? choice.lastFour);
    return { name, type: 'text', value: cut(names.join(' ')) };
  }
  if (name === 'merchant') {
    const cleaned = cleanMerchantName({ name: String(value), language, limit: LONGEST_MERCHANT });
    return { name, type: 'text', value: cleaned };
  }
  if (time.safeParse(value).success) {
    const { day, month, clock } = localTime(String(value), zone);
    return { name, type: 'time', value: language === 'en' ? `${day} ${month} ${clock}` : `${day}日${clock}` };
  }
  const shown = status.safeParse(value);
  if (name === 'status' && shown.success) {
    return { name, type: 'text', value: publicWording[shown.data][language] };
  }
  return { name, type: typeof value === 'number' ? 'number' : 'text', value: cut(String(value)) };
}

const cut = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').slice(0, LONGEST_PARAMETER);

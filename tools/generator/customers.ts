import type { Calendar } from './calendar.ts';
import { createChance } from './chance.ts';
import type { BankLine, Generated } from './events.ts';
import { utc } from './events.ts';
import type { Card } from './people.ts';
import { HOME_CURRENCY } from './places.ts';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const givenNames = [
  '伟',
  '芳',
  '秀英',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '欣怡',
  '子涵',
  '浩然',
];
const englishNames = [
  'Alice Brown',
  'Thomas Clark',
  'Maria Lopez',
  'David Kim',
  'Sophie Martin',
  'James Lee',
];
const SPEAKS_ENGLISH = 0.05;

/** Area codes of North America; there 555-0100 to 555-0199 are kept for fiction, so that no text can reach a stranger. */
const areaCodes = (
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 ' +
  '253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320'
).split(' ');

/** The n-th number of fiction; null when there are no more (customers without a telephone: H12). */
function fictionalPhone(index: number): string | null {
  const area = areaCodes[index % areaCodes.length];
  const line = Math.floor(index / areaCodes.length);
  return area === undefined || line > 99 ? null : `+1${area}55501${String(line).padStart(2, '0')}`;
}

/** What the bank says of a card and of its holder, when the card is issued; whom it knows already is not told again. */
export function createRegister(seed: number, calendar: Calendar) {
  const known = new Map<string, number>();
  return (card: Card): Generated[] => {
    const { holder, issuedDay, index } = card;
    const at = calendar.startOf(issuedDay) + (issuedDay < 0 ? index % 86_400 : 0) * 1000;
    const lines: BankLine[] = [];
    if (!known.has(holder.customerId)) {
      known.set(holder.customerId, known.size);
      const chance = createChance(seed, 'contact', holder.customerId);
      const speaksEnglish = chance.happens(SPEAKS_ENGLISH);
      lines.push({
        type: 'CustomerContactChanged',
        detail: {
          schemaVersion: 1,
          customerId: holder.customerId,
          sourceVersion: 1,
          occurredAt: utc(at),
          name: speaksEnglish ? chance.pick(englishNames) : chance.pick(surnames) + chance.pick(givenNames),
          phone: fictionalPhone(known.size - 1),
          email: `${holder.customerId}@example.com`,
          language: speaksEnglish ? 'en' : 'zh-CN',
        },
      });
    }
    lines.push({
      type: 'CardIssued',
      detail: {
        schemaVersion: 1,
        cardToken: card.token,
        lastFour: card.lastFour,
        cardholderId: holder.customerId,
        accountOwnerId: card.accountOwnerId,
        issuedAt: utc(at),
        sourceVersion: 1,
        billingCurrency: HOME_CURRENCY,
      },
    });
    return lines.map((line) => ({ at, line }));
  };
}

import type { Both } from '../shared/language.ts';
import type { Release } from './bulk-offers.ts';

/** Words about the release in bulk of what one version of the rules holds. */
export const bulkWords = {
  heading: { 'zh-CN': '批量解除', en: 'Release in bulk' },
  intro: {
    'zh-CN': '解除这个版本冻结、客户尚未回答的卡片；停用的版本也可以。需要另一位主管在一小时内复核。',
    en: 'Lifts what this version froze and nobody answered, also after it was rolled back. Another supervisor approves within an hour.',
  },
  propose: { 'zh-CN': '提议批量解除', en: 'Propose the release' },
  approve: { 'zh-CN': '复核并解除', en: 'Approve and release' },
  reason: { 'zh-CN': '为何解除', en: 'Why they are released' },
  nothingHeld: { 'zh-CN': '这个版本没有冻结着的卡片', en: 'This version holds no card' },
  found: { 'zh-CN': '提议时冻结的卡片', en: 'Cards held when it was asked for' },
  released: { 'zh-CN': '已解除', en: 'Released' },
  failed: { 'zh-CN': '失败，会再试', en: 'Failed, tried again' },
  proposedBy: { 'zh-CN': '提议人', en: 'Proposed by' },
  approvedBy: { 'zh-CN': '复核人', en: 'Approved by' },
  until: { 'zh-CN': '等待复核至', en: 'Waits for approval until' },
  progress: { 'zh-CN': '进度', en: 'Progress' },
} as const satisfies Readonly<Record<string, Both>>;

export const bulkStates = {
  proposed: { 'zh-CN': '等待另一位主管复核', en: 'Waits for another supervisor' },
  lapsed: { 'zh-CN': '无人复核，已过期', en: 'Nobody approved in time' },
  running: { 'zh-CN': '正在解除', en: 'Releasing' },
  done: { 'zh-CN': '已完成', en: 'Done' },
} as const satisfies Readonly<Record<Release['status'] | 'lapsed', Both>>;

/** Why a card was left as it was. */
export const leftWords = {
  answered: { 'zh-CN': '客户已回答', en: 'Answered meanwhile' },
  fraud: { 'zh-CN': '客户否认或已认定盗用', en: '“Not mine”, or fraud' },
  other_hold: { 'zh-CN': '另有冻结原因', en: 'Held for another reason' },
  closed: { 'zh-CN': '卡片已注销', en: 'Card closed' },
} as const satisfies Readonly<Record<keyof Release['left'], Both>>;

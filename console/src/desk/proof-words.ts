import type { Both, Language } from '../shared/language.ts';
import type { Proven } from './answers.ts';

export const actionWords: Readonly<Record<Proven['action'], Both>> = {
  unfreeze: { 'zh-CN': '解冻', en: 'Unfreeze' },
  enrol_device: { 'zh-CN': '登记设备', en: 'Enrol a device' },
  enrol_totp: { 'zh-CN': '登记验证器', en: 'Set up an authenticator' },
  change_contact: { 'zh-CN': '更改联系方式', en: 'Change of contact' },
  close_replace: { 'zh-CN': '销卡换卡', en: 'Close and replace' },
  export_ticket: { 'zh-CN': '导出工单', en: 'Export' },
  hear_transactions: { 'zh-CN': '读出交易', en: 'Hear transactions' },
};
const statuses: Readonly<Record<Proven['status'], Both>> = {
  pending: { 'zh-CN': '进行中', en: 'under way' },
  passed: { 'zh-CN': '已通过', en: 'passed' },
  used: { 'zh-CN': '已使用', en: 'used' },
  failed: { 'zh-CN': '未通过', en: 'failed' },
  expired: { 'zh-CN': '已过期', en: 'ran out' },
  locked: { 'zh-CN': '次数用完', en: 'tries used up' },
};
const factors: Readonly<Record<Proven['factors'][number]['kind'], Both>> = {
  sim: { 'zh-CN': '手机', en: 'phone' },
  device: { 'zh-CN': '设备', en: 'device' },
  totp: { 'zh-CN': '验证器', en: 'authenticator' },
  staff: { 'zh-CN': '我行人员', en: 'our staff' },
};

export const actionName = (action: Proven['action'], language: Language): string =>
  actionWords[action][language];
export const statusName = (status: Proven['status'], language: Language): string =>
  statuses[status][language];
export const factorName = (kind: Proven['factors'][number]['kind'], language: Language): string =>
  factors[kind][language];

import type { Both, Language } from '../shared/language.ts';

const roles: Readonly<Record<string, Both>> = {
  'desk-teller': { 'zh-CN': '柜员', en: 'teller' },
  'desk-agent': { 'zh-CN': '坐席', en: 'agent' },
  'desk-supervisor': { 'zh-CN': '主管', en: 'supervisor' },
  'desk-analyst': { 'zh-CN': '分析师', en: 'analyst' },
  'desk-auditor': { 'zh-CN': '审计', en: 'auditor' },
};

/** What somebody is at the desk; a role nobody has words for is told by its own name. */
export const rolesText = (names: readonly string[], language: Language): string =>
  names.map((name) => roles[name]?.[language] ?? name).join(' · ');

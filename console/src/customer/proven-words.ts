import type { Both } from '../shared/language.ts';

/** What is done with a proof beside lifting a freeze. */
export const provenWords = {
  export: { 'zh-CN': '把工单存为文件', en: 'Save the ticket as a file' },
  exportWhy: {
    'zh-CN': '文件里有您的全部记录，所以需要两种不同的验证方式。',
    en: 'All that was said and done is in it, so it takes two different ways to prove that it is you.',
  },
  exportNow: { 'zh-CN': '下载文件', en: 'Download the file' },
  exported: { 'zh-CN': '已下载：', en: 'Downloaded:' },
  exportHint: {
    'zh-CN': '文件里的每一条记录都带有校验值，事后改动一个字也能查出来。',
    en: 'Every entry in it carries a hash: a single letter changed later is found.',
  },
  replace: { 'zh-CN': '销卡换卡', en: 'Close and replace' },
  replaceWhy: {
    'zh-CN': '销卡后这张卡不能再用，所以需要两种不同的验证方式。',
    en: 'A closed card cannot be used again, so it takes two different ways to prove that it is you.',
  },
  replaceNow: { 'zh-CN': '申请销卡换卡', en: 'Ask to close and replace it' },
  replaced: {
    'zh-CN': '已收到您的换卡申请。进展请看工单。',
    en: 'We have your wish for another card. The ticket tells how it goes on.',
  },
  back: { 'zh-CN': '查看工单', en: 'See the ticket' },
} as const satisfies Readonly<Record<string, Both>>;

export type Language = 'zh-CN' | 'en';
export type Both = Readonly<Record<Language, string>>;

export const languages: readonly Language[] = ['zh-CN', 'en'];

/** What somebody chose before, else what their browser asks for. */
export function firstLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (stored === 'zh-CN' || stored === 'en') return stored;
  return wanted[0]?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

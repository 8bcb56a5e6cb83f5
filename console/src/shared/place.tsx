import { usePage } from './page.tsx';

/** A country by its name; letters nobody knows stay letters. */
export function Place({ code }: { code: string }) {
  const { language } = usePage();
  try {
    return <>{new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code}</>;
  } catch {
    return <>{code}</>;
  }
}

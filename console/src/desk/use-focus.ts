import { useEffect, useRef } from 'react';
import { createFocusClock } from './focus-clock.ts';

/**
 * How long this page was before somebody's eyes, in whole seconds since it was taken last. Time counts while the window is in
 * front and has the focus; what is left over is kept for the next time.
 */
export function useFocusSeconds(): () => number {
  const clock = useRef(createFocusClock(() => performance.now()));
  useEffect(() => {
    const look = () => clock.current.look(!document.hidden && document.hasFocus());
    const kinds = ['focus', 'blur'] as const;
    for (const kind of kinds) window.addEventListener(kind, look);
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return clock.current.take;
}

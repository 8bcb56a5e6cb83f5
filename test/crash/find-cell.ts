import type { FaultableCall } from '../../infra/local/front/faults.ts';
import { type Cell, MARK, requestGuards } from './cells.ts';

/** Whose call it is. Ids a function makes up are learnt from the first write that names them beside a mark. */
export interface CellFinder {
  register(cell: Cell): void;
  /** The mark of the cell a call or a stored item (as JSON) is about. */
  markIn(json: string): string | undefined;
  markOf(call: FaultableCall): string | undefined;
}

const IDS =
  /\b(?:ALERT|TICKET|CONTACT|PHONE|NO|QUARANTINE|VER|EXPORT|SMSID|APPROVAL#\w+|SMSCAP#\w+#phone)#([\w.-]{8,})|\btickets\/([\w-]{8,})\/|"(?:alertId|ticketId|verificationId|messageId|phoneDigest|digest|owner)":(?:\{"S":)?"([\w.-]{8,})"/g;
const PHONES = /\+86138\d{8}/;

export function createCellFinder(): CellFinder {
  const marks = new Map<string, string>();

  function markIn(json: string): string | undefined {
    const mark = MARK.exec(json)?.[0] ?? marks.get(PHONES.exec(json)?.[0] ?? '') ?? markInBytes(json);
    const ids = [...json.matchAll(IDS)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
    if (mark === undefined) {
      const guard = /IN#api#([0-9a-f]{64})/.exec(json)?.[1];
      return marks.get([...ids, guard ?? ''].find((id) => marks.has(id)) ?? '');
    }
    for (const id of ids) marks.set(id, mark);
    return mark;
  }

  return {
    markIn,
    markOf: ({ input, s3 }) => markIn(JSON.stringify([input, s3?.key, s3?.query])),
    register(cell) {
      marks.set(cell.phone, cell.mark);
      for (const guard of requestGuards(cell)) marks.set(guard, cell.mark);
    },
  };
}

/** A quarantined message is kept as bytes. */
function markInBytes(json: string): string | undefined {
  const bytes = /QUARANTINE#/.test(json) ? /"B":"([^"]+)"/.exec(json)?.[1] : undefined;
  return bytes === undefined ? undefined : MARK.exec(Buffer.from(bytes, 'base64').toString())?.[0];
}

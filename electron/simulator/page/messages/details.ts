import { DETAIL_NAMES, type DetailName, type MessageDetails } from '../../message-details';
import { MsgKey } from '../core/msg-key';
import { createWid, serializedOf, Wid } from '../core/wid';

/** Lists of numbers on the wire, bytes in the page. */
const BYTES: ReadonlySet<DetailName> = new Set(['waveform', 'messageSecret']);

/** What the page calls the details of a message: ids, keys and bytes as WhatsApp Web has them. */
export function attributesOfDetails(details: MessageDetails | undefined): Record<string, unknown> {
  if (details === undefined) return {};
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, inPage(name as DetailName, value)]));
}

/** The details among the attributes of a message, as JSON; everything else a caller passes along stays behind. */
export function detailsOf(attributes: Readonly<Record<string, unknown>>): MessageDetails | undefined {
  const found = DETAIL_NAMES.flatMap((name) => {
    const value = attributes[name];
    return value === undefined || value === null || value === '' ? [] : [[name, onWire(value)] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Without methods: an id would turn into a text on its way into an event, and the library reads its fields there. */
export function plainId({ server, user, _serialized }: Wid): object {
  return { server, user, _serialized };
}

function inPage(name: DetailName, value: unknown): unknown {
  if (BYTES.has(name)) return new Uint8Array(value as readonly number[]);
  if (name === 'latestEditMsgKey') return MsgKey.fromString(String(value));
  if (name === 'groupMentions') {
    return (value as NonNullable<MessageDetails['groupMentions']>).map(({ groupSubject, groupJid }) => ({
      groupSubject,
      groupJid: plainId(createWid(groupJid)),
    }));
  }
  return value;
}

function onWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Wid || value instanceof MsgKey) return value.toString();
  if (Array.isArray(value)) return value.map(onWire);
  if (typeof value !== 'object' || value === null) return value;
  const id = serializedOf(value);
  if (id !== undefined) return id;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) =>
      entry === undefined || entry === null ? [] : [[name, onWire(entry)]],
    ),
  );
}

import type { MsgModel } from './msg-model';

/** A message in one line, for a person who looks at the page. */
export function shownText(message: MsgModel): string {
  if (message.type === 'chat' || message.isNotification) return message.body ?? '';
  const words = ['caption', 'filename', 'pollName', 'eventName', 'vcardFormattedName', 'loc', 'title', 'orderTitle']
    .map((name) => message.get(name))
    .find((value): value is string => typeof value === 'string' && value !== '');
  return `[${message.type.replaceAll('_', ' ')}] ${words ?? ''}`.trim();
}

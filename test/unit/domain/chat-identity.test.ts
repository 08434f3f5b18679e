import { describe, expect, it } from 'vitest';
import { fallbackChatName, kindOfChat, phoneOfChat } from '../../../electron/domain/chat-identity';
import { chatId } from '../../fakes/entities';

describe('what the id of a chat tells', () => {
  it.each([
    ['551140020022@c.us', 'direct', '+551140020022', '+551140020022'],
    ['98765@lid', 'direct', undefined, '98765'],
    ['120363-1@g.us', 'group', undefined, '120363-1'],
    ['1203@newsletter', 'channel', undefined, '1203'],
    ['status@broadcast', 'broadcast', undefined, 'Status'],
  ] as const)('%s is a %s', (id, kind, phone, name) => {
    expect(kindOfChat(chatId(id))).toBe(kind);
    expect(phoneOfChat(chatId(id))).toBe(phone);
    expect(fallbackChatName(chatId(id))).toBe(name);
  });
});

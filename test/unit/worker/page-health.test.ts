import { afterEach, describe, expect, it, vi } from 'vitest';
import { findMissing, readOwnId, readStart } from '../../../electron/worker/driver/page-health';

afterEach(() => vi.unstubAllGlobals());

const some = (): undefined => undefined;
const whole: Readonly<Record<string, unknown>> = {
  WAWebSocketModel: { Socket: { state: 'CONNECTED' } },
  WAWebCmd: { Cmd: { on: some } },
  WAWebConnModel: { Conn: { serialize: some, pushname: 'Sales' } },
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => ({ _serialized: '551140020022@c.us' }) },
  WAWebCollections: {
    Msg: { get: some, on: some },
    Chat: { get: some, getModelsArray: some },
    Contact: { get: some },
  },
  WAWebMsgKey: Object.assign((): undefined => undefined, { newId: some }),
  WAWebWidFactory: { createWid: some },
  WAWebFindChatAction: { findOrCreateLatestChat: some },
  WAWebChatLoadMessages: { loadEarlierMsgs: some },
  WAWebSendMsgChatAction: { addAndSendMsgToChat: some },
  WAWebUpdateUnreadChatAction: { sendSeen: some },
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: some },
  WALinkify: { findLinks: some },
};
const page = (changes: Readonly<Record<string, unknown>> = {}, text = ''): void => {
  const modules = { ...whole, ...changes };
  vi.stubGlobal('require', (name: string) => {
    if (modules[name] === undefined) throw new Error(`Requiring unknown module "${name}"`);
    return modules[name];
  });
  vi.stubGlobal('document', { body: { innerText: text } });
};

describe('the canary', () => {
  it('finds nothing missing in a page that has everything', () => {
    page();
    expect(findMissing()).toEqual([]);
  });

  it('names the module that is gone and the function that is gone', () => {
    page({ WAWebSendMsgChatAction: undefined, WAWebMsgKey: some, WAWebCmd: { Cmd: null } });
    expect(findMissing()).toEqual(['WAWebCmd.Cmd.on', 'WAWebMsgKey.newId', 'WAWebSendMsgChatAction']);
  });

  it('is found by the person, too, as far as the page still says who it is', () => {
    page();
    expect(readOwnId()).toEqual({ wid: '551140020022@c.us', pushName: 'Sales' });
    page({ WAWebUserPrefsMeUser: undefined });
    expect(readOwnId()).toBeUndefined();
  });
});

describe('a page that is not linked', () => {
  const unlinked = { WAWebSocketModel: { Socket: { state: 'UNPAIRED' } } };

  it('is seen to ask for a passkey by its words', () => {
    page(unlinked, 'Use your Passkey to continue');
    expect(readStart()).toEqual({ state: 'UNPAIRED', passkey: true, banned: false });
  });

  it('is seen to be banned by its words', () => {
    page(unlinked, 'This account is not allowed to use WhatsApp');
    expect(readStart()).toMatchObject({ banned: true });
  });

  it('is not confused with what customers write on a linked one', () => {
    page({}, 'your account is banned, send me the passkey');
    expect(readStart()).toEqual({ state: 'CONNECTED', passkey: false, banned: false });
  });
});

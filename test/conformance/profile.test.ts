import { beforeEach, expect, test } from 'vitest';
import wwebjs from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const { MessageMedia } = wwebjs;
/** A red square of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describeConformance('own profile and settings', (target) => {
  const bench = target.linkedOnce();
  const phone = () => bench.control.phone(PHONE);

  beforeEach(() => bench.library.forget());

  test('ClientInfo: who this is, as the phone says', () => {
    expect(bench.client.info).toMatchObject({ pushname: 'Sales', platform: 'android' });
    expect(bench.client.info.wid._serialized).toBe(ME);
    expect(bench.client.info.me).toEqual(bench.client.info.wid);
    // Linked devices of today are told nothing about the phone itself.
    expect(bench.client.info.phone).toBeUndefined();
  });

  test('ClientInfo.getBatteryStatus, change_battery: nothing, until control says that the phone tells', async () => {
    expect(await bench.client.info.getBatteryStatus()).toEqual({});
    await bench.control.people.changePhone(PHONE, { battery: 71, plugged: true });
    expect(await bench.library.until('change_battery')).toEqual([{ battery: 71, plugged: true }]);
    expect(await bench.client.info.getBatteryStatus()).toEqual({ battery: 71, plugged: true });
  });

  test('Client.getWWebVersion: the version of the page', async () => {
    expect(await bench.client.getWWebVersion()).toMatch(/^2\.3000\.\d+$/);
  });

  test('Client.setStatus: changes the about text', async () => {
    await bench.client.setStatus('Back on Monday');
    expect((await phone()).about).toBe('Back on Monday');
    expect(await (await bench.client.getContactById(ME)).getAbout()).toBe('Back on Monday');
  });

  test('Client.setDisplayName: changes the name that others see', async () => {
    expect(await bench.client.setDisplayName('Sales team')).toBe(true);
    expect((await phone()).pushname).toBe('Sales team');
    expect((await bench.client.getContactById(ME)).pushname).toBe('Sales team');
  });

  test('Client.setDisplayName: the name of a business changes on its phone only', async () => {
    await bench.control.people.changePhone(PHONE, { platform: 'smba' });
    await eventually('the platform', async () => !(await bench.client.setDisplayName('Other')));
    await bench.control.people.changePhone(PHONE, { platform: 'android' });
    await eventually('the platform', () => bench.client.setDisplayName('Sales team'));
  });

  test('Client.setProfilePicture, Client.deleteProfilePicture: others see it, and no longer', async () => {
    expect(await bench.client.deleteProfilePicture()).toBeUndefined();
    expect(await bench.client.setProfilePicture(new MessageMedia('image/png', PIXEL))).toBe(true);
    expect((await phone()).hasPicture).toBe(true);
    expect(await bench.client.getProfilePicUrl(ME)).toMatch(/^data:image\/jpeg;base64,/);
    expect(await bench.client.deleteProfilePicture()).toBe(true);
    expect((await phone()).hasPicture).toBe(false);
    expect(await bench.client.getProfilePicUrl(ME)).toBeUndefined();
  });

  test('Client.setProfilePicture: what is no image is refused', async () => {
    await expect(bench.client.setProfilePicture(new MessageMedia('text/plain', 'aGk='))).rejects.toThrow(
      'not an image',
    );
  });

  test('Client.sendPresenceAvailable, Client.sendPresenceUnavailable: the device shows itself or not', async () => {
    const available = async () => (await phone()).devices[0]?.available;
    await bench.client.sendPresenceAvailable();
    expect(await available()).toBe(true);
    await bench.client.sendPresenceUnavailable();
    expect(await available()).toBe(false);
  });

  test('Client.setAutoDownloadAudio, …Documents, …Photos, …Videos: kept in this browser', async () => {
    await bench.client.setAutoDownloadAudio(true);
    await bench.client.setAutoDownloadDocuments(true);
    await bench.client.setAutoDownloadPhotos(false);
    await bench.client.setAutoDownloadVideos(true);
    const flags = await bench.library.inPage(() => {
      const page = globalThis as unknown as { require(name: string): Record<string, () => boolean> };
      const general = page.require('WAWebUserPrefsGeneral');
      return ['Audio', 'Documents', 'Photos', 'Videos'].map((kind) => general[`getAutoDownload${kind}`]?.());
    });
    expect(flags).toEqual([true, true, false, true]);
  });

  test('Client.setBackgroundSync: answers with the choice', async () => {
    expect([await bench.client.setBackgroundSync(true), await bench.client.setBackgroundSync(true)]).toEqual([
      true,
      true,
    ]);
    expect(await bench.client.setBackgroundSync(false)).toBe(false);
  });

  test.skipIf(target.isRenamed)(
    'Client.interface: opens chats, drawers, searches and messages in the window',
    async () => {
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'look here' });
      const [message] = (await bench.library.until('message')) as [wwebjs.Message];
      const shown = (selector: string) =>
        bench.library.inPage((wanted) => document.querySelector(wanted)?.textContent ?? '', selector);
      const ui = bench.client.interface as unknown as Record<string, (id?: string) => Promise<unknown>>;
      expect(await ui['openChatWindow']?.(ANNA_CHAT)).toBe(true);
      expect(await shown('.open')).toContain('Anna Weber');
      await ui['openChatDrawer']?.(ANNA_CHAT);
      expect(await shown('.drawer')).toContain(ANNA_CHAT);
      await ui['openChatSearch']?.(ANNA_CHAT);
      expect(await shown('.drawer')).toContain('Search in Anna Weber');
      await ui['openMessageDrawer']?.(message.id._serialized);
      expect(await shown('.drawer')).toContain('look here');
      await ui['closeRightDrawer']?.();
      expect(await shown('.drawer')).toBe('');
      await ui['openChatWindowAt']?.(message.id._serialized);
      expect(await shown('.open [aria-current]')).toBe('look here');
    },
  );

  test('Client.interface: features are refused, as WhatsApp Web has none of them any more', async () => {
    const ui = bench.client.interface as unknown as Record<string, (id?: unknown) => Promise<unknown>>;
    for (const name of ['getFeatures', 'checkFeatureStatus', 'enableFeatures', 'disableFeatures']) {
      await expect(ui[name]?.(['MD_BACKEND'])).rejects.toThrow('does not support features');
    }
  });

  test('presence: a customer who types is seen typing in the window', async () => {
    await bench.control.writeAs(ANNA, { phone: PHONE, body: 'wait' });
    await bench.library.until('message');
    const ui = bench.client.interface as unknown as Record<string, (id?: string) => Promise<unknown>>;
    const title = async () => {
      await ui['openChatWindow']?.(ANNA_CHAT);
      return bench.library.inPage(() => document.querySelector('.open h2')?.textContent);
    };
    await bench.control.people.presence(ANNA, { phone: PHONE, state: 'composing' });
    await eventually('typing', async () => (await title()) === 'Anna Weber · typing…');
    await bench.control.people.presence(ANNA, { phone: PHONE, state: 'unavailable' });
    await eventually('silence', async () => (await title()) === 'Anna Weber');
  });
});

describeConformance('labels and notes of WhatsApp Business', (target) => {
  const bench = target.linkedOnce({
    prepare: async (control) => {
      await control.people.changePhone(PHONE, { platform: 'smba' });
    },
  });
  // Made by being asked for; labels are for chats that are there.
  beforeEach(() => bench.client.getChatById(ANNA_CHAT));
  const names = async () => (await bench.client.getChatLabels(ANNA_CHAT)).map((label) => label.name);

  test('Client.getLabels, Client.getLabelById: those that WhatsApp Business begins with', async () => {
    const labels = await bench.client.getLabels();
    expect(labels.map((label) => label.name)).toEqual([
      'New customer',
      'New order',
      'Pending payment',
      'Paid',
      'Order complete',
    ]);
    expect(await bench.client.getLabelById('2')).toMatchObject({ id: '2', name: 'New order', hexColor: '#FFD279' });
    await expect(bench.client.getLabelById('99')).rejects.toThrow();
  });

  test('Client.addOrRemoveLabels, Client.getChatLabels, Client.getChatsByLabelId, Label.getChats: exactly those', async () => {
    await bench.client.addOrRemoveLabels(['1', '3'], [ANNA_CHAT]);
    expect(await names()).toEqual(['New customer', 'Pending payment']);
    expect((await bench.client.getChatsByLabelId('3')).map((chat) => chat.name)).toEqual(['Anna Weber']);
    expect((await (await bench.client.getLabelById('1')).getChats()).map((chat) => chat.name)).toEqual(['Anna Weber']);
    await bench.client.addOrRemoveLabels(['4'], [ANNA_CHAT]);
    expect(await names()).toEqual(['Paid']);
    expect(await bench.client.getChatsByLabelId('3')).toEqual([]);
    expect((await bench.control.chatsOf(PHONE))[0]?.labels).toEqual(['4']);
  });

  test('Chat.getLabels, Chat.changeLabels: the same from the chat', async () => {
    const chat = await bench.client.getChatById(ANNA_CHAT);
    await chat.changeLabels([5]);
    expect((await chat.getLabels()).map((label) => label.name)).toEqual(['Order complete']);
    await chat.changeLabels([]);
    expect(await chat.getLabels()).toEqual([]);
  });

  test('Client.getLabels: labels that are made, put on and deleted on the phone arrive here', async () => {
    const { id } = await bench.control.people.createLabel(PHONE, { name: 'VIP', hexColor: '#112233' });
    await eventually('the label', async () => (await bench.client.getLabels()).some((label) => label.name === 'VIP'));
    await bench.control.people.setLabels(PHONE, ANNA, [id]);
    await eventually('it on the chat', async () => (await names()).includes('VIP'));
    await bench.control.people.deleteLabel(PHONE, id);
    await eventually('none', async () => (await names()).length === 0 && (await bench.client.getLabels()).length === 5);
  });

  test('Client.addOrEditCustomerNote, Client.getCustomerNote: one note per customer', async () => {
    expect(await bench.client.getCustomerNote(ANNA_CHAT)).toBeNull();
    await bench.client.addOrEditCustomerNote(ANNA_CHAT, 'Prefers oak');
    const first = await bench.client.getCustomerNote(ANNA_CHAT);
    expect(first).toMatchObject({ chatId: ANNA_CHAT, content: 'Prefers oak', type: 'unstructured' });
    await bench.client.addOrEditCustomerNote(ANNA_CHAT, 'Prefers ash');
    expect(await bench.client.getCustomerNote(ANNA_CHAT)).toMatchObject({ id: first.id, content: 'Prefers ash' });
    expect(await bench.control.people.notes(PHONE)).toMatchObject([{ chatId: ANNA_CHAT, content: 'Prefers ash' }]);
  });

  test('Chat.addOrEditCustomerNote, Chat.getCustomerNote: the same from the chat', async () => {
    const chat = await bench.client.getChatById(ANNA_CHAT);
    await chat.addOrEditCustomerNote('Tall');
    expect(await chat.getCustomerNote()).toMatchObject({ content: 'Tall' });
  });

  test('Client.addOrRemoveLabels: other accounts have no labels and no notes', async () => {
    await bench.control.people.changePhone(PHONE, { platform: 'android' });
    await eventually('the platform', async () => (await bench.client.getCustomerNote(ANNA_CHAT)) === null);
    await expect(bench.client.addOrRemoveLabels(['1'], [ANNA_CHAT])).rejects.toBe('[LT01] Only Whatsapp business');
  });
});

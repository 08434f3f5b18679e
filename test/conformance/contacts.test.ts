import { beforeEach, expect, test } from 'vitest';
import type { BusinessContact, Contact } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const STRANGER = '5511912345678';
const STRANGER_CHAT = `${STRANGER}@c.us`;
const SHOP = '442079460123';
const NOBODY = '4930000000';

describeConformance('contacts and numbers', (target) => {
  const bench = target.linkedOnce({
    prepare: async (control) => {
      await control.createCustomer({ number: STRANGER, name: 'Rafael', saved: false });
      await control.createCustomer({ number: SHOP, name: 'Corner Shop', about: 'Open till late' });
      await control.people.setBusiness(SHOP, { email: 'shop@example.org', category: 'Grocery Store' });
    },
  });
  const contact = (id = ANNA_CHAT): Promise<Contact> => bench.client.getContactById(id);

  beforeEach(() => bench.library.forget());

  test('Client.getContacts: everybody in the address book, and the account itself', async () => {
    const contacts = await bench.client.getContacts();
    const names = contacts.map((one) => one.name).filter((name) => name !== undefined);
    expect(names.toSorted()).toEqual(['Anna Weber', 'Corner Shop']);
    expect(contacts.find((one) => one.isMe)?.id._serialized).toBe(ME);
    expect(contacts.find((one) => one.name === 'Corner Shop')?.constructor.name).toBe('BusinessContact');
  });

  test('Client.getContactById: a saved person with both names', async () => {
    const anna = await contact();
    expect(anna.constructor.name).toBe('PrivateContact');
    expect(anna).toMatchObject({
      name: 'Anna Weber',
      shortName: 'Anna',
      pushname: 'Anna Weber',
      number: ANNA,
      isMyContact: true,
      isWAContact: true,
      isUser: true,
      isGroup: false,
      isBusiness: false,
      isEnterprise: false,
      isBlocked: false,
      isMe: false,
      labels: [],
      statusMute: false,
      type: 'in',
    });
    expect(anna.sectionHeader).toBeUndefined();
  });

  test('Client.getContactById: a stranger has no saved name, and somebody whom nobody knows has no name at all', async () => {
    const stranger = await contact(STRANGER_CHAT);
    expect([stranger.name, stranger.pushname, stranger.isMyContact]).toEqual([undefined, 'Rafael', false]);
    const nobody = await contact(`${NOBODY}@c.us`);
    expect([nobody.name, nobody.pushname, nobody.number]).toEqual([undefined, '', NOBODY]);
  });

  test('BusinessContact: comes with the profile of the business', async () => {
    const shop = (await contact(`${SHOP}@c.us`)) as BusinessContact;
    expect(shop.isBusiness).toBe(true);
    expect(shop.businessProfile).toMatchObject({
      description: 'Open till late',
      email: 'shop@example.org',
      categories: [{ id: 'GROCERY_STORE', localized_display_name: 'Grocery Store' }],
      profileOptions: { cartEnabled: false },
    });
  });

  test('BusinessContact: an enterprise is verified by name', async () => {
    await bench.control.createCustomer({ number: '442079460124', name: 'Big Bank', kind: 'enterprise' });
    expect(await contact('442079460124@c.us')).toMatchObject({
      isEnterprise: true,
      verifiedName: 'Big Bank',
      verifiedLevel: 2,
    });
  });

  test('Client.getNumberId, Client.isRegisteredUser: known numbers have an id, unknown ones none', async () => {
    expect(await bench.client.getNumberId(ANNA)).toMatchObject({ server: 'c.us', user: ANNA, _serialized: ANNA_CHAT });
    expect(await bench.client.getNumberId(NOBODY)).toBeNull();
    expect([await bench.client.isRegisteredUser(ANNA_CHAT), await bench.client.isRegisteredUser(NOBODY)]).toEqual([
      true,
      false,
    ]);
  });

  test('Client.getNumberId: a Brazilian number is found with and without its ninth digit', async () => {
    expect((await bench.client.getNumberId('551112345678'))?.user).toBe(STRANGER);
    expect((await bench.client.getNumberId(STRANGER))?.user).toBe(STRANGER);
  });

  test('Client.getFormattedNumber, Contact.getFormattedNumber: written as in its country', async () => {
    expect(await bench.client.getFormattedNumber(STRANGER)).toBe('+55 11 91234-5678');
    expect(await bench.client.getFormattedNumber('14155550106@c.us')).toBe('+1 415-555-0106');
    expect(await (await contact(`${SHOP}@c.us`)).getFormattedNumber()).toBe('+44 20 7946 0123');
  });

  test('Client.getCountryCode, Contact.getCountryCode: the calling code', async () => {
    expect(await bench.client.getCountryCode('+1 4155550106')).toBe('1');
    expect(await (await contact(STRANGER_CHAT)).getCountryCode()).toBe('55');
    expect(await bench.client.getCountryCode('353871230203')).toBe('353');
  });

  test('Client.getContactDeviceCount: how many devices somebody uses', async () => {
    await bench.control.changeCustomer(ANNA, { devices: 3 });
    expect(await bench.client.getContactDeviceCount(ANNA_CHAT)).toBe(3);
    // The phone, and this page.
    expect(await bench.client.getContactDeviceCount(ME)).toBe(2);
    expect(await bench.client.getContactDeviceCount(`${NOBODY}@c.us`)).toBe(0);
  });

  test('Client.getContactLidAndPhone: both ids of a person from either of them', async () => {
    const [first] = await bench.client.getContactLidAndPhone([ANNA_CHAT]);
    expect(first).toMatchObject({ pn: ANNA_CHAT, lid: expect.stringMatching(/^\d+@lid$/) });
    expect(await bench.client.getContactLidAndPhone([first?.lid ?? '', `${NOBODY}@c.us`])).toEqual([first, {}]);
  });

  test('Client.getProfilePicUrl, Contact.getProfilePicUrl: a picture that can be fetched, none from strangers', async () => {
    const url = await bench.client.getProfilePicUrl(ANNA_CHAT);
    expect(url).toMatch(/^data:image\/png;base64,/);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(await (await contact()).getProfilePicUrl()).toBe(url);
    expect(await bench.client.getProfilePicUrl(STRANGER_CHAT)).toBeUndefined();
    await bench.control.changeCustomer(STRANGER, { privacy: 'everyone' });
    expect(await bench.client.getProfilePicUrl(STRANGER_CHAT)).toMatch(/^data:image/);
    await bench.control.changeCustomer(ANNA, { hasPicture: false });
    expect(await bench.client.getProfilePicUrl(ANNA_CHAT)).toBeUndefined();
    await bench.control.people.setPicture(ANNA, 'data:image/gif;base64,R0lGODlhAQABAAAAACw=');
    expect(await bench.client.getProfilePicUrl(ANNA_CHAT)).toBe('data:image/gif;base64,R0lGODlhAQABAAAAACw=');
  });

  test('Contact.getAbout: the text, or null where it is hidden', async () => {
    await bench.control.changeCustomer(ANNA, { about: 'At the lake' });
    expect(await (await contact()).getAbout()).toBe('At the lake');
    await bench.control.changeCustomer(ANNA, { privacy: 'nobody' });
    expect(await (await contact()).getAbout()).toBeNull();
    await bench.control.changeCustomer(ANNA, { privacy: 'contacts' });
  });

  test('Client.getCommonGroups, Contact.getCommonGroups: the groups that both are in', async () => {
    const group = await bench.control.createGroup({ phone: PHONE, subject: 'Both', participants: [ANNA] });
    await bench.control.writeAs(ANNA, { phone: PHONE, group: group.id, body: 'here' });
    await bench.library.until('message');
    const ids = (await bench.client.getCommonGroups(ANNA_CHAT)).map(({ _serialized }) => _serialized);
    expect(ids).toEqual([group.id]);
    expect(await (await contact(`${SHOP}@c.us`)).getCommonGroups()).toEqual([]);
  });

  test('Contact.getChat: the chat with a person, none with oneself', async () => {
    expect((await (await contact()).getChat()).id._serialized).toBe(ANNA_CHAT);
    expect(await (await contact(ME)).getChat()).toBeNull();
  });

  test('Contact.block, Client.getBlockedContacts, Contact.unblock: nothing gets through either way in between', async () => {
    const anna = await contact();
    expect(await anna.block()).toBe(true);
    expect((await contact()).isBlocked).toBe(true);
    expect((await bench.client.getBlockedContacts()).map(({ id }) => id._serialized)).toEqual([ANNA_CHAT]);
    expect(await bench.control.people.blockedBy(PHONE)).toEqual([ANNA]);
    await bench.control.writeAs(ANNA, { phone: PHONE, body: 'do you hear me?' });
    await bench.client.sendMessage(ANNA_CHAT, 'not for you', { waitUntilMsgSent: true });
    expect(await anna.unblock()).toBe(true);
    expect(await bench.client.getBlockedContacts()).toEqual([]);
    await bench.control.writeAs(ANNA, { phone: PHONE, body: 'and now?' });
    await bench.library.until('message');
    expect(bench.library.all('message')).toHaveLength(1);
    expect((await bench.control.receivedBy(ANNA)).map(({ body }) => body)).not.toContain('not for you');
    expect((await bench.control.ledger({ phone: PHONE })).filter(({ kind }) => kind === 'blocked')).toHaveLength(1);
  });

  test('Contact.block: groups cannot be blocked', async () => {
    const group = await bench.control.createGroup({ phone: PHONE, subject: 'Not me', participants: [ANNA] });
    await bench.control.writeAs(ANNA, { phone: PHONE, group: group.id, body: 'x' });
    await bench.library.until('message');
    const other = await contact(group.id);
    expect([other.isGroup, await other.block(), await other.unblock()]).toEqual([true, false, false]);
  });

  test('Contact.isBlocked: whom the phone has blocked is blocked here', async () => {
    await bench.control.people.block(PHONE, SHOP, true);
    await eventually('the block', async () => (await contact(`${SHOP}@c.us`)).isBlocked);
    await bench.control.people.block(PHONE, SHOP, false);
    await eventually('the end of it', async () => !(await contact(`${SHOP}@c.us`)).isBlocked);
  });

  test.skipIf(target.isRenamed)(
    'message_ack: a message to somebody who has blocked the account stays at one tick',
    async () => {
      await bench.control.people.blockAs(ANNA, PHONE, true);
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'hello?', { waitUntilMsgSent: true });
      expect(await bench.client.getProfilePicUrl(ANNA_CHAT)).toBeUndefined();
      await bench.control.people.blockAs(ANNA, PHONE, false);
      const next = await bench.client.sendMessage(ANNA_CHAT, 'better');
      const ack = async (id: string) =>
        (await bench.control.messagesOf(PHONE, ANNA_CHAT)).find((message) => message.id === id)?.ack;
      await eventually('the next to be read', async () => (await ack(next.id.id)) === 3);
      expect(await ack(sent.id.id)).toBe(1);
    },
  );

  test('Client.saveOrEditAddressbookContact, Client.deleteAddressbookContact: the address book of this account', async () => {
    await bench.client.saveOrEditAddressbookContact(STRANGER, 'Rafael', 'Souza', true);
    await eventually('the name', async () => (await contact(STRANGER_CHAT)).name === 'Rafael Souza');
    expect((await bench.client.getChatById(STRANGER_CHAT)).name).toBe('Rafael Souza');
    await bench.client.deleteAddressbookContact(STRANGER);
    await eventually('the number again', async () => (await contact(STRANGER_CHAT)).name === undefined);
    expect((await bench.client.getChatById(STRANGER_CHAT)).name).toBe('+55 11 91234-5678');
  });

  test('contact_changed: somebody has a new number', async () => {
    await bench.control.createCustomer({ number: '4915100000001', name: 'Old' });
    await bench.control.writeAs('4915100000001', { phone: PHONE, body: 'hi' });
    await bench.library.until('message');
    await bench.control.people.changeNumber('4915100000001', '4915100000002');
    const [, oldId, newId, isContact] = await bench.library.until('contact_changed');
    expect([oldId, newId, isContact]).toEqual(['4915100000001@c.us', '4915100000002@c.us', true]);
    expect(await bench.client.isRegisteredUser('4915100000001')).toBe(false);
    expect((await contact('4915100000002@c.us')).name).toBe('Old');
  });

  test('Chat.name: a customer who is saved under another name on the phone is renamed here', async () => {
    await bench.control.people.saveContact(PHONE, ANNA, 'Anna (VIP)');
    const name = async () => (await bench.client.getChatById(ANNA_CHAT)).name;
    await eventually('the new name', async () => (await name()) === 'Anna (VIP)');
    await bench.control.people.saveContact(PHONE, ANNA, 'Anna Weber');
    await eventually('the old name', async () => (await name()) === 'Anna Weber');
  });
});

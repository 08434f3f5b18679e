import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chatId } from '../fakes/entities';
import { actionsOf } from '../fixtures/live-actions';
import { LiveDriver, SALES } from '../fixtures/live-driver';

const ANNA = '4915112345678';
const CLEO = '4915133333333';
const RAFAEL = '5511912345678';
const SHOP = '442079460123';
const NOBODY = '4930000000';
const GIF = 'R0lGODlhAQABAAAAACw=';
const anna = chatId(`${ANNA}@c.us`);

for (const build of ['classic', 'renamed'] as const) {
  describe(`contacts of the page on the ${build} build`, () => {
    let live: LiveDriver;
    const { act, refusal } = actionsOf(() => live);

    beforeAll(async () => {
      live = await LiveDriver.prepare(build);
      const { control } = live;
      await control.createCustomer({ number: ANNA, name: 'Anna Weber', about: 'At the lake' });
      await control.createCustomer({ number: RAFAEL, name: 'Rafael', saved: false });
      await control.createCustomer({ number: SHOP, name: 'Corner Shop' });
      await control.people.setBusiness(SHOP, { email: 'shop@example.org' });
      await control.createCustomer({ number: CLEO, name: 'Cleo', appearsAs: 'lid' });
      await control.people.setPicture(ANNA, `data:image/gif;base64,${GIF}`);
      await live.start();
    });
    afterAll(() => live.stop());

    test('the list has everybody once, by name, and pages meet without a gap', async () => {
      const { contacts, total } = await act('contacts.list', { saved: true });
      expect(contacts.map(({ name }) => name)).toEqual(['Anna Weber', 'Cleo', 'Corner Shop']);
      expect(total).toBe(3);
      const back = await act('contacts.list', { saved: true, sortOrder: 'desc', limit: 2 });
      expect(back.contacts.map(({ name }) => name)).toEqual(['Corner Shop', 'Cleo']);
      const { nextCursor = '' } = back;
      const rest = await act('contacts.list', { saved: true, sortOrder: 'desc', limit: 2, cursor: nextCursor });
      expect(rest.contacts.map(({ name }) => name)).toEqual(['Anna Weber']);
      expect(rest.nextCursor).toBeUndefined();
      const second = await act('contacts.list', { saved: true, offset: 1, limit: 1 });
      expect(second).toMatchObject({ contacts: [{ name: 'Cleo' }], total: 3, nextCursor: expect.any(String) });
      const ids = (await act('contacts.list', { sortBy: 'id' })).contacts.map(({ id }) => id);
      expect(ids).toEqual(ids.toSorted());
      expect(new Set(ids).size).toBe(ids.length);
    });

    test('the list is searched by parts of names and by digits of numbers', async () => {
      expect((await act('contacts.list', { query: 'corner' })).contacts.map(({ name }) => name)).toEqual([
        'Corner Shop',
      ]);
      const byNumber = await act('contacts.list', { query: '+49 151 1234' });
      expect(byNumber.contacts.map(({ id }) => id)).toEqual([anna]);
      expect((await act('contacts.list', { query: 'nobody at all' })).total).toBe(0);
      expect(await refusal('contacts.list', { cursor: 'rubbish' })).toMatchObject({ code: 'VALIDATION_ERROR' });
    });

    test('a contact has its names and number, a business says so, and somebody unsaved is found by number', async () => {
      expect((await act('contacts.get', { contactId: anna })).contact).toEqual({
        id: anna,
        phone: `+${ANNA}`,
        name: 'Anna Weber',
        pushName: 'Anna Weber',
        isSaved: true,
        isBusiness: false,
        isBlocked: false,
        isMe: false,
      });
      const { contact: shop } = await act('contacts.get', { contactId: chatId(`${SHOP}@c.us`) });
      expect(shop).toMatchObject({ isBusiness: true });
      const { contact: rafael } = await act('contacts.get', { contactId: chatId(`${RAFAEL}@c.us`) });
      expect(rafael).toMatchObject({ pushName: 'Rafael', isSaved: false });
      expect(rafael.name).toBeUndefined();
      expect((await act('contacts.get', { contactId: chatId(`${SALES}@c.us`) })).contact.isMe).toBe(true);
    });

    test('who is not there is not found, whatever the page makes of the id', async () => {
      for (const id of [`${NOBODY}@c.us`, '99999999999@lid', '120363000000009999@g.us', 'status@broadcast']) {
        const contactId = chatId(id);
        expect(await refusal('contacts.get', { contactId }), id).toMatchObject({
          code: 'CONTACT_NOT_FOUND',
          effect: 'none',
          message: expect.stringContaining('contactId'),
        });
        expect(await refusal('contacts.getAbout', { contactId }), id).toMatchObject({ code: 'CONTACT_NOT_FOUND' });
        expect(await refusal('contacts.block', { contactId }), id).toMatchObject({ code: 'CONTACT_NOT_FOUND' });
      }
    });

    test('a number is checked as people write it, and answered with the id to write to', async () => {
      expect(await act('contacts.checkNumber', { phone: '+49 (151) 1234-5678' })).toEqual({
        exists: true,
        contactId: anna,
      });
      expect(await act('contacts.checkNumber', { phone: '551112345678' })).toEqual({
        exists: true,
        contactId: `${RAFAEL}@c.us`,
      });
      expect(await act('contacts.checkNumber', { phone: NOBODY })).toEqual({ exists: false });
      expect(await act('contacts.checkNumber', { phone: CLEO })).toMatchObject({ exists: true });
    });

    test('the about text is read, and absent where it is hidden', async () => {
      expect(await act('contacts.getAbout', { contactId: anna })).toEqual({ about: 'At the lake' });
      await live.control.changeCustomer(ANNA, { privacy: 'nobody' });
      expect(await act('contacts.getAbout', { contactId: anna })).toEqual({});
      await live.control.changeCustomer(ANNA, { privacy: 'contacts' });
    });

    test('the picture comes with its bytes, and not where it is hidden or there is none', async () => {
      for (const refresh of [false, true]) {
        expect(await act('contacts.getPicture', { contactId: anna, refresh })).toEqual({
          picture: { mimetype: 'image/gif', size: Buffer.from(GIF, 'base64').length, data: GIF },
        });
      }
      expect(await refusal('contacts.getPicture', { contactId: chatId(`${RAFAEL}@c.us`) })).toMatchObject({
        code: 'PICTURE_NOT_FOUND',
        message: expect.stringContaining('sales'),
      });
      await live.control.changeCustomer(ANNA, { hasPicture: false });
      await live.control.changeCustomer(ANNA, { privacy: 'nobody' });
      expect(await refusal('contacts.getPicture', { contactId: anna, refresh: true })).toMatchObject({
        code: 'PICTURE_NOT_FOUND',
      });
      await live.control.changeCustomer(ANNA, { privacy: 'contacts' });
    });

    test('blocking blocks on the phone, twice is once, and unblocking ends it', async () => {
      for (const _again of [1, 2]) {
        expect((await act('contacts.block', { contactId: anna })).contact).toMatchObject({ id: anna, isBlocked: true });
      }
      expect(await live.control.people.blockedBy(SALES)).toEqual([ANNA]);
      expect((await act('contacts.unblock', { contactId: anna })).contact).toMatchObject({ isBlocked: false });
      expect(await live.control.people.blockedBy(SALES)).toEqual([]);
      expect(await refusal('contacts.block', { contactId: chatId(`${SALES}@c.us`) })).toMatchObject({
        code: 'PAGE_REFUSED',
      });
    });

    test('somebody who is met by hidden id is blocked by number', async () => {
      const cleo = chatId(`${CLEO}@c.us`);
      expect((await act('contacts.block', { contactId: cleo })).contact.isBlocked).toBe(true);
      expect(await live.control.people.blockedBy(SALES)).toEqual([CLEO]);
      expect((await act('contacts.unblock', { contactId: cleo })).contact.isBlocked).toBe(false);
    });
  });
}

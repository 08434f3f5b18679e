import { expect, test } from 'vitest';
import type { Channel, Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import { mediaOf, samplePng } from '../fixtures/sample-media';

const BRUNO = '351912345678';
const BRUNO_CHAT = `${BRUNO}@c.us`;

describeConformance('channels', (target) => {
  const bench = target.linkedOnce({
    prepare: (control) => control.createCustomer({ number: BRUNO, name: 'Bruno' }),
  });

  const idOf = (nid: unknown): string => (nid as { readonly _serialized: string })._serialized;
  const get = async (id: string) => (await bench.client.getChatById(id)) as unknown as Channel;
  const own = async (name: string, options = {}): Promise<Channel> => {
    const made = await bench.client.createChannel(name, options);
    if (typeof made === 'string') throw new Error(made);
    return get(idOf(made.nid));
  };
  /** A channel of Anna's that the account follows. */
  const followed = async (name: string): Promise<Channel> => {
    const { id } = await bench.control.channels.create({ by: ANNA, name, description: `About ${name}` });
    expect(await bench.client.subscribeToChannel(id)).toBe(true);
    return get(id);
  };
  const post = async (body: string) => {
    const [message] = await bench.library.until('message', ([one]) => (one as Message).body === body);
    return message as Message;
  };

  test('Client.createChannel: makes the channel and tells its id, link and date', async () => {
    const made = await bench.client.createChannel('News', {
      description: 'What is new',
      picture: mediaOf('image/png', samplePng()),
    });
    if (typeof made === 'string') throw new Error(made);
    const id = idOf(made.nid);
    expect(id).toMatch(/^\d{18}@newsletter$/);
    expect(made.title).toBe('News');
    const known = await bench.control.channels.get(id);
    expect(made.inviteLink).toBe(`https://whatsapp.com/channel/${known.inviteCode}`);
    expect(Math.abs(made.createdAtTs * 1000 - Date.now())).toBeLessThan(60_000);
    expect(known).toMatchObject({ name: 'News', description: 'What is new' });
    expect(known.followers[PHONE]?.role).toBe('owner');
    expect(await get(id)).toMatchObject({
      name: 'News',
      description: 'What is new',
      isChannel: true,
      isGroup: false,
      isReadOnly: false,
      isMuted: false,
      unreadCount: 0,
    });
    expect(await bench.client.getProfilePicUrl(id)).toMatch(/^data:image\/jpeg/);
  });

  test('Client.createChannel: a name that is too long is answered with the error text', async () => {
    expect(await bench.client.createChannel('x'.repeat(101))).toBe(
      'CreateChannelError: An error occupied while creating a channel',
    );
  });

  test('Client.getChannels and getChatById: what is followed, as Channel objects beside the chats', async () => {
    const channel = await followed('Listed');
    const id = channel.id._serialized;
    const listed = (await bench.client.getChannels()).find((one) => one.id._serialized === id);
    expect(listed?.constructor.name).toBe('Channel');
    expect(listed).toMatchObject({ name: 'Listed', description: 'About Listed', isReadOnly: true, isChannel: true });
    expect((await bench.client.getChats()).some((chat) => chat.id._serialized === id)).toBe(false);
    expect(await bench.client.getChatById('120300000000000001@newsletter')).toBeUndefined();
  });

  test('Client.getChannelByInviteCode: finds a channel that is not followed, and nothing behind a wrong code', async () => {
    const { id, inviteCode } = await bench.control.channels.create({ by: ANNA, name: 'By code', crowd: 1200 });
    const found = (await bench.client.getChannelByInviteCode(inviteCode)) as Channel & {
      readonly channelMetadata: object;
    };
    expect(found.id._serialized).toBe(id);
    expect(found.channelMetadata).toMatchObject({ membershipType: 'guest', size: 1201, inviteCode });
    expect(await bench.client.getChannelByInviteCode('wrong')).toBeUndefined();
  });

  test('Client.searchChannels: by text, country, view and limit, without those that are followed', async () => {
    const make = (name: string, more: object) => bench.control.channels.create({ by: ANNA, name, ...more });
    await make('Zebra small', { country: 'BR', crowd: 5 });
    await make('Zebra large', { country: 'BR', crowd: 5000 });
    await make('Zebra checked', { country: 'BR', verified: true });
    const abroad = await make('Zebra abroad', { country: 'DE' });
    const mine = await make('Zebra mine', { country: 'BR', crowd: 70 });
    await bench.client.subscribeToChannel(mine.id);
    const names = async (options: object) =>
      (await bench.client.searchChannels({ searchText: 'zebra', ...options })).map(({ name }) => name);
    expect(await names({})).toEqual(['Zebra checked', 'Zebra large', 'Zebra mine', 'Zebra small']);
    expect(await names({ view: 2 })).toEqual(['Zebra large', 'Zebra mine', 'Zebra small', 'Zebra checked']);
    expect(await names({ view: 2, limit: 1 })).toEqual(['Zebra large']);
    expect(await names({ view: 2, skipSubscribedNewsletters: true })).not.toContain('Zebra mine');
    expect(await names({ countryCodes: ['DE', 'XX'] })).toEqual(['Zebra abroad']);
    expect(await names({ searchText: 'nothing of the kind' })).toEqual([]);
    expect((await get(abroad.id)).name).toBe('Zebra abroad');
  });

  test('Client.subscribeToChannel and unsubscribeFromChannel: posts come from then on, and end', async () => {
    const { id } = await bench.control.channels.create({ by: ANNA, name: 'Coming and going' });
    await bench.control.channels.post(id, { body: 'Too early' });
    expect(await bench.client.subscribeToChannel(id)).toBe(true);
    expect((await get(id)).unreadCount).toBe(0);
    bench.library.forget();
    await bench.control.channels.post(id, { body: 'In time' });
    await post('In time');
    expect(await bench.client.unsubscribeFromChannel(id)).toBe(true);
    expect((await bench.control.channels.get(id)).followers[PHONE]).toBeUndefined();
    expect((await bench.client.getChannels()).some((one) => one.id._serialized === id)).toBe(false);
    await bench.client.subscribeToChannel(id);
    expect(await bench.client.unsubscribeFromChannel(id, { deleteLocalModels: false })).toBe(true);
    expect((await bench.client.getChannels()).some((one) => one.id._serialized === id)).toBe(true);
    await bench.control.channels.post(id, { body: 'Too late' });
    expect(bench.library.all('message').map(([one]) => (one as Message).body)).toEqual(['In time']);
  });

  test('Client.subscribeToChannel and unsubscribeFromChannel: false for the owner and for what is not there', async () => {
    const { id } = await own('Mine anyway');
    expect(await bench.client.subscribeToChannel(id._serialized)).toBe(false);
    expect(await bench.client.unsubscribeFromChannel(id._serialized)).toBe(false);
    expect(await bench.client.subscribeToChannel('120300000000000001@newsletter')).toBe(false);
  });

  test.skipIf(target.isRenamed)(
    'message: a post comes from the channel, without an author, and counts as unread until seen',
    async () => {
      const channel = await followed('Posts');
      const id = channel.id._serialized;
      bench.library.forget();
      await bench.control.channels.post(id, { body: 'Good morning' });
      const message = await post('Good morning');
      expect(message).toMatchObject({ from: id, to: ME, fromMe: false, type: 'chat' });
      expect(message.author).toBeUndefined();
      const now = (await message.getChat()) as unknown as Channel;
      expect(now).toMatchObject({ name: 'Posts', unreadCount: 1, isChannel: true });
      expect(now.lastMessage?.body).toBe('Good morning');
      expect(await now.sendSeen()).toBe(true);
      expect((await get(id)).unreadCount).toBe(0);
      expect((await bench.control.channels.get(id)).followers[PHONE]?.seen).toBe(1);
    },
  );

  test.skipIf(target.isRenamed)('Channel.sendMessage: the owner’s post is stored, numbered and delivered', async () => {
    const channel = await own('Speaking');
    const id = channel.id._serialized;
    await bench.control.channels.follow(id, ANNA);
    const sent = await channel.sendMessage('Hello everybody');
    expect(sent).toMatchObject({ to: id, fromMe: true, body: 'Hello everybody', ack: 1, type: 'chat' });
    expect((sent.rawData as { readonly serverId: number }).serverId).toBe(100);
    expect(await bench.control.channels.posts(id)).toMatchObject([
      { id: sent.id.id, author: PHONE, body: 'Hello everybody' },
    ]);
    const delivered = (await bench.control.ledger({ customer: ANNA })).filter((entry) => entry.chatId === id);
    expect(delivered).toMatchObject([{ kind: 'delivered', body: 'Hello everybody' }]);
    expect((await bench.client.getMessageById(sent.id._serialized)).body).toBe('Hello everybody');
    expect((await get(id)).lastMessage?.body).toBe('Hello everybody');
  });

  test.skipIf(target.isRenamed)('Channel.sendMessage: a picture with a caption', async () => {
    const channel = await own('Pictures');
    const sent = await channel.sendMessage(mediaOf('image/png', samplePng()), { caption: 'Two by two' });
    expect(sent).toMatchObject({ type: 'image', hasMedia: true, body: 'Two by two' });
    expect(await bench.control.channels.posts(channel.id._serialized)).toMatchObject([{ type: 'image' }]);
    expect((await sent.downloadMedia()).mimetype).toMatch(/^image\//);
  });

  test('Channel.sendMessage: who only follows cannot post', async () => {
    const channel = await followed('Not mine');
    await channel.sendMessage('Let me');
    expect(await bench.control.channels.posts(channel.id._serialized)).toEqual([]);
  });

  test.skipIf(target.isRenamed)('Message.react and Message.edit on a post: reach everybody who follows', async () => {
    const channel = await own('Lively');
    const id = channel.id._serialized;
    await bench.control.channels.follow(id, ANNA);
    const sent = await channel.sendMessage('First words');
    await sent.react('👍');
    await bench.control.channels.reactToPost(id, sent.id.id, { person: ANNA, text: '❤️' });
    await sent.reload();
    expect((await sent.getReactions()).map(({ aggregateEmoji }) => aggregateEmoji)).toEqual(['👍']);
    expect((await sent.edit('Better words'))?.body).toBe('Better words');
    expect(await bench.control.channels.posts(id)).toMatchObject([{ body: 'Better words' }]);
    await channel.setReactionSetting(0);
    await expect(sent.react('👍')).rejects.toThrow(/does not allow/);
    const theirs = await followed('Livelier');
    bench.library.forget();
    const { id: first } = await bench.control.channels.post(theirs.id._serialized, { body: 'Draft' });
    await post('Draft');
    await bench.control.channels.editPost(theirs.id._serialized, first, 'Final');
    const [edited, now, before] = await bench.library.until('message_edit');
    expect([(edited as Message).id.id, now, before]).toEqual([first, 'Final', 'Draft']);
  });

  test('Message.delete on a post: rejects, because the library looks for the channel among the chats', async () => {
    const channel = await own('Kept');
    const sent = await channel.sendMessage('Said is said');
    await expect(sent.delete(true)).rejects.toThrow();
    expect(await bench.control.channels.posts(channel.id._serialized)).toHaveLength(1);
  });

  test('Channel.fetchMessages: the posts that are here, and older ones when asked for', async () => {
    const { id } = await bench.control.channels.create({ by: ANNA, name: 'History' });
    for (let count = 1; count <= 5; count += 1) await bench.control.channels.post(id, { body: `post ${count}` });
    await bench.client.subscribeToChannel(id);
    const channel = await get(id);
    const bodies = async (limit: number) => (await channel.fetchMessages({ limit })).map(({ body }) => body);
    expect(await bodies(50)).toEqual(['post 1', 'post 2', 'post 3', 'post 4', 'post 5']);
    expect(await bodies(5)).toHaveLength(5);
    expect(await channel.fetchMessages({ limit: 5, fromMe: true })).toEqual([]);
  });

  test('Channel.setSubject, setDescription, setReactionSetting and setProfilePicture: change it for everybody', async () => {
    const channel = await own('Old name');
    const id = channel.id._serialized;
    expect(await channel.setSubject('New name')).toBe(true);
    expect(await channel.setDescription('New text')).toBe(true);
    expect(await channel.setReactionSetting(0)).toBe(true);
    expect(await channel.setReactionSetting(7)).toBe(false);
    expect(await channel.setProfilePicture(mediaOf('image/png', samplePng()))).toBe(true);
    expect(channel).toMatchObject({ name: 'New name', description: 'New text' });
    expect(await bench.control.channels.get(id)).toMatchObject({
      name: 'New name',
      description: 'New text',
      reactionCodes: 3,
    });
    expect(await get(id)).toMatchObject({ name: 'New name', description: 'New text' });
    expect(await bench.client.getProfilePicUrl(id)).toMatch(/^data:image\/jpeg/);
  });

  test('Channel.setSubject and its like: false for who only follows', async () => {
    const channel = await followed('Anna’s own');
    expect(await channel.setSubject('Mine')).toBe(false);
    expect(await channel.setDescription('Mine')).toBe(false);
    expect(await channel.setReactionSetting(2)).toBe(false);
    expect(await channel.setProfilePicture(mediaOf('image/png', samplePng()))).toBe(false);
    expect((await get(channel.id._serialized)).name).toBe('Anna’s own');
  });

  test('what others change about a channel reaches the account', async () => {
    const channel = await followed('Changing');
    const id = channel.id._serialized;
    await bench.control.channels.change(id, { name: 'Changed', description: 'Anew' });
    const now = await eventually('the new name', async () => {
      const found = await get(id);
      return found.name === 'Changed' ? found : undefined;
    });
    expect(now.description).toBe('Anew');
  });

  test('Channel.mute and unmute: silent for ever, and back', async () => {
    const channel = await followed('Loud');
    const id = channel.id._serialized;
    expect(await channel.mute()).toBe(true);
    expect(channel).toMatchObject({ isMuted: true, muteExpiration: -1 });
    expect(await get(id)).toMatchObject({ isMuted: true, muteExpiration: -1 });
    expect((await bench.control.channels.get(id)).followers[PHONE]?.muted).toBe(true);
    expect(await channel.unmute()).toBe(true);
    expect(await get(id)).toMatchObject({ isMuted: false, muteExpiration: 0 });
  });

  test('Channel.mute: false for a channel that is not followed', async () => {
    const { id } = await bench.control.channels.create({ by: ANNA, name: 'Unfollowed' });
    expect(await (await get(id)).mute()).toBe(false);
  });

  test('Channel.getSubscribers: the followers that are in the address book, with their roles', async () => {
    const channel = await own('Followed');
    const id = channel.id._serialized;
    await bench.control.createCustomer({ number: '351910000002', name: 'Stranger', saved: false });
    for (const number of [ANNA, BRUNO, '351910000002']) await bench.control.channels.follow(id, number);
    const seen = (await channel.getSubscribers()).map(({ contact, role }) => [contact.id._serialized, role]);
    expect(seen).toEqual([
      [ME, 'owner'],
      [ANNA_CHAT, 'subscriber'],
      [BRUNO_CHAT, 'subscriber'],
    ]);
    expect(await channel.getSubscribers(2)).toHaveLength(2);
  });

  test('Client.deleteChannel: gone for everybody; false for who is not its owner', async () => {
    const channel = await own('Short-lived');
    const id = channel.id._serialized;
    expect(await channel.deleteChannel()).toBe(true);
    await expect(bench.control.channels.get(id)).rejects.toThrow(/404/);
    expect(await bench.client.getChatById(id)).toBeUndefined();
    expect((await bench.client.getChannels()).some((one) => one.id._serialized === id)).toBe(false);
    const other = await followed('To stay');
    expect(await other.deleteChannel()).toBe(false);
    expect(await bench.client.deleteChannel('120300000000000001@newsletter')).toBe(false);
  });

  test('Client.deleteChannel: a channel that its owner deletes is gone from the account', async () => {
    const channel = await followed('Anna gives up');
    const id = channel.id._serialized;
    await bench.control.channels.delete(id);
    await eventually('the channel to go', async () =>
      (await bench.client.getChatById(id)) === undefined ? true : undefined,
    );
    expect((await bench.client.getChannels()).some((one) => one.id._serialized === id)).toBe(false);
  });

  test('Channel.sendChannelAdminInvite and revokeChannelAdminInvite: the invitation arrives as a message, until revoked', async () => {
    const channel = await own('Team');
    const id = channel.id._serialized;
    expect(await channel.sendChannelAdminInvite(ANNA_CHAT, { comment: 'Join me' })).toBe(true);
    const message = (await bench.control.messagesOf(PHONE, ANNA_CHAT)).at(-1);
    expect(message).toMatchObject({ type: 'newsletter_admin_invite', body: 'Join me', fromMe: true });
    expect((await bench.control.channels.get(id)).invitations).toMatchObject([{ to: ANNA }]);
    expect(await channel.revokeChannelAdminInvite(ANNA_CHAT)).toBe(true);
    expect(await channel.revokeChannelAdminInvite(ANNA_CHAT)).toBe(false);
    await expect(bench.control.channels.acceptAdmin(id, ANNA)).rejects.toThrow(/404/);
    const { id: group } = await bench.control.groups.create({ by: PHONE, subject: 'No person', participants: [ANNA] });
    expect(await bench.client.sendChannelAdminInvite(group, id)).toBe(false);
  });

  test('Channel.acceptChannelAdminInvite: who is invited may post; nobody else becomes an admin', async () => {
    const channel = await followed('Shared');
    const id = channel.id._serialized;
    expect(await channel.acceptChannelAdminInvite()).toBe(false);
    bench.library.forget();
    await bench.control.channels.inviteAdmin(id, { to: PHONE });
    const [invitation] = await bench.library.until('message', ([one]) => (one as Message).from === ANNA_CHAT);
    expect(invitation).toMatchObject({ type: 'newsletter_admin_invite' });
    expect(await bench.client.acceptChannelAdminInvite(id)).toBe(true);
    expect((await get(id)).isReadOnly).toBe(false);
    await channel.sendMessage('As an admin');
    expect(await bench.control.channels.posts(id)).toMatchObject([{ author: PHONE, body: 'As an admin' }]);
  });

  test('Channel.demoteChannelAdmin: an admin becomes a follower again, by the owner or by their own wish', async () => {
    const channel = await own('Demoting');
    const id = channel.id._serialized;
    await bench.control.channels.inviteAdmin(id, { to: ANNA });
    await bench.control.channels.acceptAdmin(id, ANNA);
    expect(await channel.demoteChannelAdmin(ANNA_CHAT)).toBe(true);
    expect((await bench.control.channels.get(id)).followers[ANNA]?.role).toBe('subscriber');
    expect(await channel.demoteChannelAdmin(ANNA_CHAT)).toBe(false);
    const hers = await followed('Hers');
    await bench.control.channels.inviteAdmin(hers.id._serialized, { to: PHONE });
    await hers.acceptChannelAdminInvite();
    expect(await bench.client.demoteChannelAdmin(hers.id._serialized, ME)).toBe(true);
    expect((await get(hers.id._serialized)).isReadOnly).toBe(true);
  });

  test('Channel.transferChannelOwnership: to an admin only, and with it one’s own role when wished', async () => {
    const channel = await own('Handed over');
    const id = channel.id._serialized;
    await bench.control.channels.follow(id, BRUNO);
    expect(await channel.transferChannelOwnership(BRUNO_CHAT)).toBe(false);
    await bench.control.channels.inviteAdmin(id, { to: BRUNO });
    await bench.control.channels.acceptAdmin(id, BRUNO);
    expect(await channel.transferChannelOwnership(BRUNO_CHAT)).toBe(true);
    const role = async (number: string) => (await bench.control.channels.get(id)).followers[number]?.role;
    expect([await role(BRUNO), await role(PHONE)]).toEqual(['owner', 'admin']);
    await bench.control.channels.handOver(id, PHONE);
    expect(await channel.transferChannelOwnership(BRUNO_CHAT, { shouldDismissSelfAsAdmin: true })).toBe(true);
    expect([await role(BRUNO), await role(PHONE)]).toEqual(['owner', 'subscriber']);
  });

  test.skipIf(target.isRenamed)('channels are there after a restart of the browser, with their posts', async () => {
    const channel = await followed('Lasting');
    await bench.control.channels.post(channel.id._serialized, { body: 'Before the restart' });
    await post('Before the restart');
    const second = await bench.linkedClient(PHONE);
    const found = (await second.client.getChannels()).find((one) => one.name === 'Lasting');
    expect(found?.unreadCount).toBe(1);
    expect(found?.lastMessage?.body).toBe('Before the restart');
    bench.library.forget();
    const mine = await own('Two pages');
    await mine.sendMessage('Seen by both');
    const [message] = await second.until('message_create', ([one]) => (one as Message).body === 'Seen by both');
    expect(message).toMatchObject({ fromMe: true, to: mine.id._serialized });
  });
});

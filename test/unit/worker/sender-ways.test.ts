import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ana, messageId } from '../../fakes/entities';
import { PageStandIn } from './page-stand-in';
import { createSenderBench, type SenderBench } from './sender-bench';

const first = messageId('3EB0000000000000000001');
const second = messageId('3EB0000000000000000002');

let bench: SenderBench;
let page: PageStandIn;

beforeEach(() => {
  bench = createSenderBench();
  ({ page } = bench);
});

afterEach(() => {
  vi.useRealTimers();
  page.remove();
});

const ids = () => bench.ids();
const send: SenderBench['send'] = (...given) => bench.send(...given);

describe('a message to a chat that the page has', () => {
  const third = messageId('3EB0000000000000000003');

  beforeEach(async () => {
    await send(ana, first, 'one');
    page.visits.length = 0;
  });

  it('is asked about and made in one visit to the page', async () => {
    await expect(send(ana, second, 'two')).resolves.toMatchObject({ id: second });
    expect(page.visits).toEqual([ana]);
    expect(ids()).toEqual([first, second]);
  });

  it('meets WhatsApp’s limits on its way, which are read first', async () => {
    page.modules['WAWebReachoutTimelockUtils'] = {
      isUserReachoutTimelocked: () => true,
      canSendMsgWhileTimelocked: () => false,
    };
    await expect(send(ana, second, 'two')).rejects.toMatchObject({
      code: 'LIMITED_BY_WHATSAPP',
      effect: 'none',
      data: { limit: 'timelock' },
    });
    expect(bench.limitsRead).toBe(1);
    expect(ids()).toEqual([first]);
    page.modules['WAWebReachoutTimelockUtils'] = {};
    await send(ana, second, 'two');
    expect(ids()).toEqual([first, second]);
  });

  it('leaves once when the library has taken the page over anew', async () => {
    page.takeOverAnew();
    await expect(send(ana, second, 'two')).resolves.toMatchObject({ id: second });
    await expect(send(ana, third, 'three')).resolves.toMatchObject({ id: third });
    expect(ids()).toEqual([first, second, third]);
    expect(page.visits.slice(-1)).toEqual([ana]);
  });

  it('leaves once when the page was loaded anew', async () => {
    page.remove();
    page.modules['WAWebSendMsgChatAction'] = new PageStandIn().modules['WAWebSendMsgChatAction'];
    const other = new PageStandIn();
    other.install();
    page.modules['WAWebCollections'] = other.modules['WAWebCollections'];
    other.created = (raw) => bench.noteCreated(raw);
    await expect(send(ana, second, 'two')).resolves.toMatchObject({ id: second });
    expect(other.stored.map(({ id }) => id.id)).toEqual([second]);
    other.remove();
  });

  it('may have left when the page went away under it, whatever the next page knows', async () => {
    page.afterStoring = async () => {
      page.remove();
      page.stored.length = 0;
      page.install();
      throw new Error('Execution context was destroyed, most likely because of a navigation.');
    };
    await expect(send(ana, second, 'two')).rejects.toMatchObject({ code: 'SEND_UNCONFIRMED', effect: 'unknown' });
    expect(ids()).toEqual([]);
  });

  it('is found in the next page when the page went away under it', async () => {
    page.afterStoring = async () => {
      page.remove();
      page.install();
      throw new Error('Execution context was destroyed, most likely because of a navigation.');
    };
    page.created = () => {};
    await expect(send(ana, second, 'two')).resolves.toMatchObject({ id: second });
    expect(ids()).toEqual([first, second]);
  });

  it('never leaves later when it was given up', async () => {
    vi.useFakeTimers();
    const hang = Promise.withResolvers<void>();
    page.beforeStoring = () => hang.promise;
    const outcome = Promise.allSettled([send(ana, second, 'two')]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SEND_FAILED', effect: 'none' } }]);
    hang.resolve();
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toEqual([first]);
  });

  it('never leaves later when it was given up before the page had looked at it', async () => {
    vi.useFakeTimers();
    const hang = Promise.withResolvers<boolean>();
    page.modules['WAWebReachoutTimelockUtils'] = { isUserReachoutTimelocked: () => hang.promise };
    const outcome = Promise.allSettled([send(ana, second, 'two')]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject([{ reason: { effect: 'none' } }]);
    hang.resolve(false);
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toEqual([first]);
  });
});

describe('a link in a text', () => {
  const lookedUp: unknown[] = [];
  const preview = (answer: () => unknown) => {
    lookedUp.length = 0;
    page.modules['WAWebLinkPreviewChatAction'] = {
      getLinkPreview: (link: unknown) => {
        lookedUp.push(link);
        return answer();
      },
    };
  };
  const lookUp = () =>
    (
      page.modules['WAWebLinkPreviewChatAction'] as { getLinkPreview: (link: unknown) => Promise<unknown> }
    ).getLinkPreview('https://example.com');

  it('is asked to show what is behind it, unless the sender does not want that', async () => {
    preview(() => ({ data: { title: 'Example' } }));
    await send(ana, first, 'see https://example.com');
    expect(page.options.at(-1)).toMatchObject({ linkPreview: true });
    await send(ana, second, '', { content: { kind: 'text', body: 'see https://example.com', linkPreview: false } });
    expect(page.options.at(-1)).toMatchObject({ linkPreview: false });
    await expect(lookUp()).resolves.toEqual({ data: { title: 'Example' } });
    expect(lookedUp).toEqual(['https://example.com']);
  });

  it('costs its preview and not the message where a site fails or hangs', async () => {
    const answers = [() => Promise.reject(new Error('no such site')), () => new Promise(() => {})];
    preview(() => answers.shift()?.());
    await send(ana, first, 'see https://example.com');
    await expect(lookUp()).resolves.toBeUndefined();
    vi.useFakeTimers();
    const hanging = lookUp();
    await vi.advanceTimersByTimeAsync(4_000);
    await expect(hanging).resolves.toBeUndefined();
    expect(lookedUp).toHaveLength(2);
  });

  it('is asked for on the way that needs no visit before, too', async () => {
    preview(() => ({}));
    await send(ana, first, 'hello');
    await send(ana, second, 'see https://example.com');
    expect(page.options).toMatchObject([{ linkPreview: false }, { linkPreview: true }]);
    expect(page.visits.filter((visit) => visit === 'prepareSend')).toHaveLength(1);
  });

  it('is not looked up in a page where the lookup cannot be bounded', async () => {
    page.modules['WAWebLinkPreviewChatAction'] = Object.freeze({ getLinkPreview: async () => ({}) });
    await send(ana, first, 'see https://example.com');
    expect(page.options.at(-1)).toMatchObject({ linkPreview: false });
  });
});

import type { Status } from '../../../contract/entities/status';
import { OperationError } from '../../../contract/errors';
import type { statusOperations } from '../../../contract/operations/statuses';
import { widOf } from '../../raw-page';
import { translateStatus } from '../../translate-status';
import { evaluate } from '../page-access';
import { readChats } from '../page-functions';
import { findOwnStatus } from '../page-status';
import { untilSeen } from '../until-seen';
import type { PageActions } from './page-actions';

export const statusActions: PageActions<typeof statusOperations> = {
  'statuses.list': async ({ client }, { contactId, offset, limit }) => {
    const me = widOf(client.info.wid);
    const found = (await client.getBroadcasts()).flatMap(({ id, msgs }) =>
      (msgs ?? []).map(({ rawData }) => translateStatus(rawData, widOf(id) ?? '', me, Date.now())),
    );
    const known = new Map(found.filter((one) => one !== undefined).map((one) => [`${one.contactId} ${one.id}`, one]));
    const wanted = [...known.values()]
      .filter((one) => contactId === undefined || one.contactId === contactId)
      .toSorted((one, other) => other.timestampMs - one.timestampMs || (one.id < other.id ? -1 : 1));
    const statuses = wanted.slice(offset, offset + limit);
    const { names } = await evaluate(client, readChats, [[], [...new Set(statuses.map((one) => one.contactId))]]);
    const named = (status: Status): Status => {
      const contactName = names[status.contactId];
      return contactName === undefined ? status : { ...status, contactName };
    };
    return { statuses: statuses.map(named), total: wanted.length };
  },
  'statuses.remove': async ({ accountId, client }, { messageId }) => {
    const { key, isOthers } = await evaluate(client, findOwnStatus, [messageId]);
    if (key === undefined) {
      const why = isOthers ? 'it is somebody else’s' : 'it is not there, or no longer';
      const text = `Account ${accountId} has no own status ${messageId} (messageId): ${why}.`;
      throw new OperationError('MESSAGE_NOT_FOUND', text, { data: { messageId } });
    }
    await client.revokeStatusMessage(key);
    const left = await untilSeen(
      () => evaluate(client, findOwnStatus, [messageId]),
      (seen) => seen.key === undefined,
    );
    if (left.key === undefined) return {};
    const text = `WhatsApp Web was told to take back the status ${messageId} of account ${accountId} and still shows it. Look at the phone.`;
    throw new OperationError('PAGE_REFUSED', text, { effect: 'unknown' });
  },
};

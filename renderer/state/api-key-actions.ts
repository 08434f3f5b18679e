import type { ApiKeyId } from '../../electron/contract/entities/api-key';
import type { OperationInput } from '../../electron/contract/registry';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { ApiKeyList } from './console-state';
import type { StoreAccess } from './console-store';

export interface ApiKeyActions {
  /** Reads the keys of the local API. What is known already stays on the screen meanwhile. */
  readApiKeys(): Promise<void>;
  closeApiKeys(): void;
  /** Makes a key and answers its secret, which exists nowhere else. A refusal is thrown. */
  makeApiKey(given: OperationInput<'apiKeys.create'>): Promise<string>;
  /** The key stops working at once. A refusal is thrown. */
  revokeApiKey(keyId: ApiKeyId): Promise<void>;
}

const unread: ApiKeyList = { entries: [], phase: 'loading', error: undefined };

export const createApiKeyActions = ({ set }: StoreAccess, call: Call): ApiKeyActions => {
  const change = (next: (list: ApiKeyList) => ApiKeyList): void =>
    set((state) => (state.apiKeys === undefined ? state : { ...state, apiKeys: next(state.apiKeys) }));

  /** Number of the newest reading or change: the answer to an earlier reading is out of date. */
  let newest = 0;

  return {
    readApiKeys: async () => {
      newest += 1;
      const mine = newest;
      set((state) => ({ ...state, apiKeys: state.apiKeys ?? unread }));
      try {
        const { apiKeys } = await call('apiKeys.list', {});
        if (mine === newest) change(() => ({ entries: apiKeys, phase: 'ready', error: undefined }));
      } catch (thrown) {
        if (mine === newest) change((list) => ({ ...list, phase: 'failed', error: messageOf(thrown) }));
      }
    },
    closeApiKeys: () => {
      newest += 1;
      set((state) => ({ ...state, apiKeys: undefined }));
    },
    makeApiKey: async (given) => {
      const { apiKey, secret } = await call('apiKeys.create', given);
      newest += 1;
      change((list) => ({ ...list, entries: [apiKey, ...list.entries.filter(({ id }) => id !== apiKey.id)] }));
      return secret;
    },
    revokeApiKey: async (keyId) => {
      await call('apiKeys.revoke', { keyId });
      newest += 1;
      change((list) => ({ ...list, entries: list.entries.filter(({ id }) => id !== keyId) }));
    },
  };
};

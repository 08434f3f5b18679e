import { OperationError } from '../../contract/errors';
import type { apiKeyOperations } from '../../contract/operations/api-keys';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createApiKeyHandlers = ({ accounts, apiKeys }: HandlerPorts): HandlersOf<typeof apiKeyOperations> => ({
  'apiKeys.list': () => ({ apiKeys: [...apiKeys.list()] }),

  'apiKeys.create': async ({ name, scopes, accountIds }, caller) => {
    for (const accountId of accountIds ?? []) accounts.get(accountId);
    // A key must not make itself a stronger one.
    const stronger = scopes.find((scope) => !caller.scopes.includes(scope));
    if (stronger !== undefined) {
      throw new OperationError(
        'FORBIDDEN',
        `Make an API key: ${caller.name} may not give the right “${stronger}”, which it does not have.`,
      );
    }
    return apiKeys.create({ name, scopes, accountIds });
  },

  'apiKeys.revoke': async ({ keyId }) => {
    await apiKeys.revoke(keyId);
    return {};
  },
});

export const presenceOperations = {};

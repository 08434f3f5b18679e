export const messageActionOperations = {};

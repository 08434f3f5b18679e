export const chatActionOperations = {};

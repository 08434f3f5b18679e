// One binary, two lives: the console, or the browser of one account. The browser never loads the console's code.
if (process.argv.includes('--account-browser')) {
  const { runAccountBrowser } = await import('../browser');
  runAccountBrowser();
} else {
  const { runConsole } = await import('./console');
  // Not awaited: Electron gets ready only after this file has run, and the console waits for that.
  void runConsole();
}

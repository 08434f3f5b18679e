// The floor of every start: one Electron window with one line of text, painted.
import { app, BrowserWindow } from 'electron';

const open = async () => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  await window.loadURL('data:text/html,<p>Hello</p>');
  await window.webContents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  );
  process.stdout.write('usable\n');
};

app.once('ready', () => void open());

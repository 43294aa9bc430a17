// What the clients of the tour have in common: a WebSocket that prints why it failed. It takes Node.js 20 or newer and nothing else.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

// Opens a socket. `receive(frame, end)` gets every frame; `end(code)` closes the socket and ends the program with that code.
export function open(address, parameters, receive, opened = () => {}) {
  withWebSocket(() => connect(address, parameters, receive, opened));
}

// Runs `main` where there is a WebSocket.
export function withWebSocket(main) {
  if (typeof WebSocket === 'function') {
    main();
  } else if (process.execArgv.includes('--experimental-websocket')) {
    console.error(`Node.js ${process.version} has no WebSocket: version 20 or newer is needed.`);
    process.exit(1);
  } else {
    // Node.js 20 has the browser's WebSocket behind a flag, later versions have it without.
    const child = spawn(process.execPath, ['--experimental-websocket', '--no-warnings', ...process.argv.slice(1)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code) => process.exit(code ?? 1));
  }
}

// What stands as NAME=VALUE on the command line, as the members of a frame.
export function members(words, convert = (name, value) => value) {
  return Object.fromEntries(words.map((word) => {
    const [name, value] = [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)];
    return [name, convert(name, value)];
  }));
}

function connect(address, parameters, receive, opened) {
  // Frame numbers are remembered per client: each run is a new client, so it may number its frames from 1.
  const query = new URLSearchParams({ ...parameters, client: randomUUID() });
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}?${query}`);
  const end = (code) => { process.exitCode = code; socket.close(); };

  socket.onopen = () => opened(socket);
  socket.onmessage = (message) => receive(JSON.parse(message.data), end);
  socket.onerror = () => { process.exitCode ||= 1; console.error('The connection failed: is the server up, and is the token right?'); };
  socket.onclose = ({ code, reason }) => {
    if (code !== 1000) console.error(`Closed by the server: ${code} ${reason}`);
    process.exit();
  };
}

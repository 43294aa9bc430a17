#!/usr/bin/env node
// A small client of a room's WebSocket, for the tour in README.md. It takes Node.js 20 or newer and nothing else.
//
//   room.mjs watch URL ROOM USER TOKEN                       prints what has happened and what happens, until a film is rated
//   room.mjs say   URL ROOM USER TOKEN TYPE [NAME=VALUE...]  sends one frame and prints the answer to it
import { members, open } from './socket.mjs';

const [mode, url, room, user, token, type, ...words] = process.argv.slice(2);
if (!['watch', 'say'].includes(mode) || !token || (mode === 'say' && !type)) {
  console.error('usage: room.mjs watch URL ROOM USER TOKEN | say URL ROOM USER TOKEN TYPE [NAME=VALUE...]');
  process.exit(2);
}

// Since 0: everything there ever was comes first.
const parameters = mode === 'watch' ? { token, since: 0 } : { token };
open(`${url}/ws/${room}/${user}`, parameters, mode === 'watch' ? watch : hear, (socket) => { if (mode === 'say') say(socket); });

function say(socket) {
  const frame = JSON.stringify({ type, ...members(words, (name, value) => name === 'rating' ? Number(value) : value), id: 1 });
  console.log(`  -> ${frame}`);
  socket.send(frame);
}

function hear(frame, end) {
  // What happens in the room comes in between; the answer is the frame that carries our number.
  if (frame.id !== 1) return;
  console.log(`  <- ${JSON.stringify(frame)}`);
  end(frame.type === 'error' ? 1 : 0);
}

function watch(frame, end) {
  const text = tell(frame);
  if (text) console.log(`    ${text}`);
  if (frame.type === 'history_update' && frame.action === 'rated') end(0);
}

function tell(frame) {
  const { type, user_name: name, title, action, item } = frame;
  switch (type) {
    case 'presence': return `[${frame.seq}] here now: ${frame.users.join(', ')}`;
    case 'user_joined': return `${name} is here`;
    case 'user_left': return `${name} is gone`;
    case 'vote_update': return `${name} votes ${frame.vote}: ${frame.upvotes} up, ${frame.downvotes} down`;
    case 'queue_update': return `${title}: ${action}${item.year ? ` (${item.year}, ${item.genres.join(', ')})` : ''}`;
    case 'selection': return `The room picks ${title}. ${frame.explanation}`;
    case 'history_update': return action === 'rated' ? `Rated: ${JSON.stringify(frame.entry.ratings)}` : '';
    default: return '';
  }
}

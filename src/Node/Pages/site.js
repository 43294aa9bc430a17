'use strict';

// Asks /health every few seconds and shows the answer; says so when the server cannot be reached.
const everyMilliseconds = 5000;
const patienceMilliseconds = 4000;
const chosenEveryMilliseconds = 60000;
const chosenMax = 5;
let next;
let nextChosen;
const place = (id) => document.getElementById(id);

function show(state, text) {
  const pill = place('health');
  if (pill.dataset.state !== state || place('health-text').textContent !== text) {
    pill.dataset.state = state;
    place('health-text').textContent = text;
  }
  place('state').textContent = text;
}

function readable(value) {
  if (value === undefined || value === null || value === '') return 'not told';
  if (typeof value === 'object') return readable(value.status ?? value.state);
  return String(value).replaceAll('_', ' ');
}

function filmSource(value) {
  if (value === 'tmdb') return 'TMDB';
  if (value === 'built_in') return 'built-in catalogue';
  return readable(value);
}

function chosenLine(film) {
  const line = document.createElement('li');
  const title = document.createElement('span');
  title.textContent = film.year ? `${film.title} (${film.year})` : film.title;
  const wins = document.createElement('small');
  const last = new Date(film.last_chosen_at).toLocaleDateString(undefined, { dateStyle: 'medium' });
  wins.textContent = film.wins === 1 ? `won once, on ${last}` : `won ${film.wins} times, last on ${last}`;
  line.append(title, wins);
  return line;
}

// The films that won here; the box stays hidden until there is one.
async function askChosen() {
  try {
    const signal = AbortSignal.timeout(patienceMilliseconds);
    const answer = await fetch(`/api/movies/chosen?limit=${chosenMax}`, { cache: 'no-store', signal });
    if (answer.ok) {
      const { movies } = await answer.json();
      place('chosen-films').replaceChildren(...movies.map(chosenLine));
      place('chosen').hidden = movies.length === 0;
    }
  } catch {
    // What is shown stays; the box above says that the server does not answer.
  }
  clearTimeout(nextChosen);
  if (!document.hidden) nextChosen = setTimeout(askChosen, chosenEveryMilliseconds);
}

async function ask() {
  try {
    const answer = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(patienceMilliseconds) });
    const health = await answer.json();
    const status = readable(health.status);
    const isWell = answer.ok && ['ok', 'healthy', 'up'].includes(status.toLowerCase());
    show(isWell ? 'good' : 'bad', isWell ? 'Up and well' : `Up, but ${status}`);
    place('database').textContent = readable(health.database);
    place('films').textContent = filmSource(health.films);
    place('version').textContent = readable(health.version);
  } catch {
    show('bad', navigator.onLine ? 'The server does not answer' : 'You are offline');
    place('database').textContent = 'unknown';
  }
  clearTimeout(next);
  if (!document.hidden) next = setTimeout(ask, everyMilliseconds);
}

// A hidden page asks nothing; it asks at once when it is looked at again.
document.addEventListener('visibilitychange', () => { if (!document.hidden) { ask(); askChosen(); } });
window.addEventListener('online', ask);
window.addEventListener('offline', ask);
place('address').textContent = location.origin;
const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
place(isLocal ? 'share-local' : 'share-network').hidden = false;
ask();
askChosen();

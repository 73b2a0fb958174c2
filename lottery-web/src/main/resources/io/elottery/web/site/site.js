// What the pages do beyond forms: times in the reader's zone, countdowns, pickers, and purchases
// whose outcome is asked for until it is known. Everything else works without this file.
'use strict';
(() => {
  const owner = document.body.dataset.owner;
  const csrf = document.body.dataset.csrf;
  const STORE = 'elottery.purchase.';
  const PAUSES = [300, 600, 1000, 2000, 3000]; // Milliseconds between two askings.

  // ---- Times -------------------------------------------------------------------------------
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

  function localise(root) {
    root.querySelectorAll('time[datetime]').forEach((time) => {
      const at = new Date(time.dateTime);
      if (!isNaN(at)) {
        time.textContent = format.format(at);
        time.title = time.dateTime;
      }
    });
  }

  function left(millis) {
    const seconds = Math.max(0, Math.floor(millis / 1000));
    const two = (n) => String(n).padStart(2, '0');
    const days = Math.floor(seconds / 86400);
    const rest = two(Math.floor((seconds % 3600) / 60)) + ':' + two(seconds % 60);
    const hours = Math.floor((seconds % 86400) / 3600);
    return (days ? days + 'd ' : '') + (days || hours ? two(hours) + ':' : '') + rest;
  }

  function tick() {
    document.querySelectorAll('[data-countdown]').forEach((place) => {
      const millis = new Date(place.dataset.countdown) - Date.now();
      place.textContent = millis > 0 ? 'closes in ' + left(millis) : 'closing now';
      place.classList.toggle('soon', millis < 60000);
    });
  }

  // ---- Pickers -----------------------------------------------------------------------------
  function random(bound) { // Unbiased: what would favour small numbers is thrown away.
    const limit = Math.floor(0x100000000 / bound) * bound;
    const draw = new Uint32Array(1);
    do { crypto.getRandomValues(draw); } while (draw[0] >= limit);
    return draw[0] % bound;
  }

  function count(pool) {
    const pick = Number(pool.dataset.pick);
    const boxes = [...pool.querySelectorAll('input')];
    const chosen = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => { box.disabled = !box.checked && chosen >= pick; });
    pool.classList.toggle('full', chosen === pick);
    pool.querySelector('.count').textContent = chosen + ' of ' + pick;
  }

  function fill(pool) {
    const boxes = [...pool.querySelectorAll('input')];
    boxes.forEach((box) => { box.checked = false; box.disabled = false; });
    for (let left = Number(pool.dataset.pick); left > 0; left--) {
      const free = boxes.filter((box) => !box.checked);
      free[random(free.length)].checked = true;
    }
    count(pool);
  }

  function clear(pool) {
    pool.querySelectorAll('input').forEach((box) => { box.checked = false; });
    count(pool);
  }

  function totals() {
    const buy = document.getElementById('buy');
    const total = buy && buy.querySelector('.total');
    if (total) {
      const amount = buy.querySelectorAll('.line').length * Number(buy.dataset.price) / 100;
      total.textContent = buy.dataset.each.replace(/[0-9.,]+/, amount.toLocaleString('en',
        { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
    }
  }

  function pickers() {
    document.querySelectorAll('.pool').forEach((pool) => {
      pool.addEventListener('change', () => count(pool));
      count(pool);
    });
    document.querySelectorAll('.tools').forEach((tools) => {
      tools.hidden = false;
      tools.addEventListener('click', (event) => {
        const tool = event.target.dataset.tool;
        if (tool) {
          const pools = tools.closest('.line').querySelectorAll('.pool');
          pools.forEach(tool === 'fill' ? fill : clear);
        }
      });
    });
    totals();
  }

  // ---- Purchases ---------------------------------------------------------------------------
  // The key and the body are kept before anything is sent. Until an answer says sealed or refused
  // the same body goes out under the same key: that can never buy twice.
  function freshKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  }

  function kept() {
    const found = [];
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i);
      if (name.startsWith(STORE)) {
        try {
          const purchase = JSON.parse(localStorage.getItem(name));
          if (purchase.owner === owner) { found.push(purchase); }
        } catch (broken) { localStorage.removeItem(name); }
      }
    }
    return found;
  }

  function show(place, kind, title, text) {
    const box = document.createElement('div');
    box.className = 'notice ' + kind;
    box.setAttribute('role', kind === 'bad' ? 'alert' : 'status');
    const strong = document.createElement('strong');
    strong.textContent = title;
    const words = document.createElement('p');
    words.textContent = text;
    box.append(strong, words);
    place.replaceChildren(box);
    place.hidden = false;
  }

  async function ask(purchase) {
    const body = new URLSearchParams(purchase.body);
    body.set('csrf', csrf);
    const answer = await fetch(purchase.action, {
      method: 'POST', body, credentials: 'same-origin', headers: { 'X-Part': '1' },
      signal: AbortSignal.timeout(15000),
    });
    return { status: answer.status, html: await answer.text() };
  }

  async function resolve(purchase, place) {
    for (let attempt = 0; ; attempt++) {
      let answer = null;
      try { answer = await ask(purchase); } catch (lost) { /* Asked again below. */ }
      if (answer && answer.status === 401) {
        show(place, 'bad', 'You are signed out', 'Sign in again to see what became of your purchase; it is kept on this device.');
        return false;
      }
      const known = answer && answer.status !== 202 && answer.status !== 429 && answer.status < 500;
      if (known) {
        localStorage.removeItem(STORE + purchase.key);
        place.innerHTML = answer.html;
        place.hidden = false;
        localise(place);
        return answer.status < 300;
      }
      const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
      show(place, 'wait', 'Pending…', answer
        ? 'The lottery has not confirmed your ticket yet. We ask again under the same key: it is bought once or not at all. You may leave this page.'
        : 'No connection. Your purchase is kept on this device; we ask again until its outcome is known.');
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  async function submit(event) {
    const form = event.target;
    event.preventDefault();
    const place = document.getElementById('outcome');
    const short = [...form.querySelectorAll('.pool:not(.full)')];
    if (short.length) {
      show(place, 'bad', 'Not all numbers are chosen', 'Every line needs all its numbers; "Fill this line for me" completes one.');
      short[0].scrollIntoView({ block: 'center' });
      return;
    }
    form.querySelectorAll('.pool input').forEach((box) => { box.disabled = false; });
    const data = new FormData(form);
    form.querySelectorAll('.pool').forEach(count);
    data.delete('csrf');
    const purchase = {
      owner, action: form.action, key: data.get('key'),
      body: new URLSearchParams(data).toString(),
    };
    localStorage.setItem(STORE + purchase.key, JSON.stringify(purchase));
    const button = form.querySelector('button.button');
    button.disabled = true;
    show(place, 'wait', 'Pending…', 'Your ticket is being sealed on several servers.');
    place.scrollIntoView({ block: 'nearest' });
    const sealed = await resolve(purchase, place);
    button.disabled = false;
    form.elements.namedItem('key').value = freshKey();
    if (sealed) {
      form.querySelectorAll('.pool').forEach(clear);
      balance();
    }
    place.scrollIntoView({ block: 'nearest' });
  }

  async function balance() {
    try {
      const answer = await fetch('/parts/balance', { credentials: 'same-origin' });
      if (!answer.ok) { return; }
      const amount = await answer.text();
      document.querySelectorAll('.balance').forEach((place) => { place.textContent = amount; });
    } catch (lost) { /* The next page shows it. */ }
  }

  function purchases() {
    document.querySelectorAll('form[data-purchase]').forEach((form) => {
      form.addEventListener('submit', submit);
    });
    if (!owner) { return; }
    const place = document.getElementById('unresolved');
    kept().forEach(async (purchase) => {
      const own = document.createElement('div');
      place.append(own);
      place.hidden = false;
      show(own, 'wait', 'Pending…', 'An earlier purchase of yours is being looked up.');
      await resolve(purchase, own);
      balance();
    });
  }

  // ---- Lists that go on --------------------------------------------------------------------
  // The server sends a row for each new event; a lost connection goes on after the last one.
  function streams() {
    document.querySelectorAll('[data-stream]').forEach((list) => {
      new EventSource(list.dataset.stream).onmessage = (event) => {
        const row = document.createElement('template');
        row.innerHTML = event.data;
        localise(row.content);
        list.prepend(row.content);
        while (list.rows.length > 500) { list.deleteRow(-1); }
      };
    });
  }

  // A page brought back by "Back" must not send an old key with new numbers.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      document.querySelectorAll('form[data-purchase]').forEach((form) => {
        form.elements.namedItem('key').value = freshKey();
      });
    }
  });

  localise(document);
  tick();
  setInterval(tick, 1000);
  pickers();
  purchases();
  streams();
  // A draw that closed while its page was open takes no more tickets.
  function closed() {
    const state = document.getElementById('state');
    const buy = document.getElementById('buy');
    if (state && buy && state.dataset.open === 'false' && !buy.dataset.closed) {
      buy.dataset.closed = 'true';
      buy.querySelectorAll('form').forEach((form) => { form.hidden = true; });
      const told = document.createElement('div');
      buy.append(told);
      show(told, 'info', 'Closed', 'This draw takes no more tickets; the result appears here.');
    }
  }

  document.body.addEventListener('htmx:afterSettle', () => {
    localise(document);
    tick();
    closed();
  });
})();
